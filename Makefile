# Every target says what it does and why it failed. Nothing is written outside this folder except Debian packages.

ROSTER := Rosters/emergency-department
DEMO_SECONDS := 60
FORECAST_SECONDS := 20
BENCH_SECONDS := 60
GROWTH_SECONDS := 120
BENCH_THREADS := 2
# The folder of the public shift-scheduling set, which is not part of this project.
DATA :=
# Options for Benchmarks/shift-scheduling/compare.py, such as --instances 1 2 3 --cap 60.
PEERS :=
PACKAGES := tzdata libglpk-dev libsqlite3-dev libxlsxwriter-dev libical-dev libssl-dev libcurl4-openssl-dev \
	libgmime-3.0-dev
# For a mail server on loopback: the demonstration of the daily report, and .ci/mail. Debian's Python has aiosmtpd.
MAIL_PACKAGES := python3-aiosmtpd openssl pkg-config
PYTHON := /usr/bin/python3
TRUST := Rosters/demo-trust
TRUST_DATE := 2025-11-21
SYSTEM := Rosters/north-star-ics
SYSTEM_FROM := 2027-01-12T07:30Z
SYSTEM_PORT := 8080
SYSTEM_BIN := .build/release
# For demonstrations: without the packages of the web, and with what a search takes its time for optimised, the rest not
# (see Package.swift). It is built in half the time and searches as fast; what reads exports is fifty times as slow.
QUICKLY := -c release --scratch-path .build/demo --product muster --disable-default-traits \
	-Xswiftc -Onone -Xswiftc -gnone -Xswiftc -no-emit-module-separately-wmo
# Symbols for a debugger, which no test reads, are a sixth of the cost of building them. (The index is needed: it is how
# SwiftPM finds the tests.)
TESTING := -Xswiftc -gnone
SWIFT_SOURCES := Package.swift Sources Tests
# Where `make install` puts muster: PREFIX/bin, below DESTDIR if that is set.
PREFIX := /usr/local
DESTDIR :=
# With the Swift runtime inside, so that it runs where there is no toolchain; Debian's libraries have to be there.
INSTALLED := -c release --scratch-path .build/install --product muster --disable-default-traits --static-swift-stdlib
# The program of the demonstrations, apart from the one that is used.
MUSTER := .build/demo/release/muster

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.SILENT:
.DEFAULT_GOAL := help
.PHONY: help deps mail-deps swift build quick release install demo demo-report demo-forecast demo-system test lint format bench \
	bench-peers clean

help:
	echo "make demo     from nothing to a printed rota: packages, build, solve, check"
	echo "make demo-report  from a trust's exports to the daily report: three messages as files, then by email to a local server"
	echo "make demo-forecast  forecast, judge the forecast, solve against it, and ask what if there were a surge"
	echo "make demo-system  five organisations in winter pressure side by side: one address, and a token for each role"
	echo "make test     build and run every test, or those of FILTER=NAME"
	echo "make build    build everything for debugging"
	echo "make release  build muster as it is used, all of it optimised"
	echo "make install PREFIX=$(PREFIX)  the same, to run without a toolchain, into PREFIX/bin"
	echo "make lint     report what breaks the code style; make format repairs most of it"
	echo "make bench    measure the rosters, $(BENCH_SECONDS) s each, and samples, $(GROWTH_SECONDS) s each, on a quiet machine"
	echo "make bench-peers DATA=FOLDER  Muster beside general solvers on the public shift-scheduling set, resumable"
	echo "make deps     install the Debian packages that are missing: $(PACKAGES)"
	echo "make clean    remove what was built and what the rosters' runs wrote"

swift:
	version=$$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+)\.([0-9]+).*/\1 \2/p' | head -n 1 || true)
	read -r major minor <<< "$${version:-0 0}"
	if (( major * 100 + minor < 601 )); then
	    echo "Swift 6.1 or later is needed. Found: $$(command -v swift || echo 'no swift in PATH')." >&2
	    echo "Install a toolchain (https://www.swift.org/install/linux/), put its usr/bin in PATH and try again." >&2
	    exit 1
	fi

deps:
	if ! command -v dpkg >/dev/null; then
	    echo "==> This is no Debian, so whether the libraries are there is not checked. If the build misses one," \
	        "install what your system calls $(PACKAGES)."
	    exit 0
	fi
	missing=()
	for package in $(PACKAGES); do
	    dpkg -s "$$package" 2>/dev/null | grep -q '^Status: install ok installed' || missing+=("$$package")
	done
	if (( $${#missing[@]} == 0 )); then
	    echo "==> All Debian packages are there: $(PACKAGES)"
	    exit 0
	fi
	fail() {
	    echo "$$1. As root, run: apt-get update && apt-get install -y $${missing[*]}" >&2
	    exit 1
	}
	command -v apt-get >/dev/null || fail "There is no apt-get to install packages with"
	root=()
	if (( EUID != 0 )); then
	    command -v sudo >/dev/null || fail "Installing packages needs root, and there is no sudo"
	    root=(sudo)
	fi
	update() { echo "==> Updating the package lists"; "$${root[@]}" apt-get update; }
	install() {
	    echo "==> Installing from Debian: $${missing[*]}"
	    "$${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$${missing[@]}"
	}
	apt-cache show "$${missing[@]}" >/dev/null 2>&1 || update || fail "The package lists could not be updated"
	install || { update && install; } || fail "Installing $${missing[*]} failed (see above)"

mail-deps:
	$(MAKE) --no-print-directory deps PACKAGES="$(MAIL_PACKAGES)"

build: swift deps
	echo "==> Building"
	swift build $(TESTING)

release: swift deps
	echo "==> Building muster for release"
	swift build -c release --product muster

install: swift deps
	echo "==> Building muster for release, with the Swift runtime inside"
	swift build $(INSTALLED)
	program="$(DESTDIR)$(PREFIX)/bin/muster"
	echo "==> Installing $$program"
	root=()
	place="$$program"
	while [[ ! -e "$$place" ]]; do place=$$(dirname "$$place"); done
	if [[ ! -w "$$place" ]]; then
	    command -v sudo >/dev/null || { echo "$$place: only root may write here, and there is no sudo" >&2; exit 1; }
	    root=(sudo)
	fi
	"$${root[@]}" install -D -m 755 .build/install/release/muster "$$program"

quick: swift deps
	echo "==> Building muster, with the search and the checker optimised; make release optimises all, in twice the time"
	swift build $(QUICKLY)

demo: quick
	echo "==> Solving $(ROSTER), $(DEMO_SECONDS) s"
	run() {
	    local status=0
	    "$$@" || status=$$?
	    case $$status in
	    0) echo "==> Done, nothing short" ;;
	    2) echo "==> Done, soft gaps remain: they are listed above" ;;
	    3) echo "A hard gap is open or a hard rule is broken (exit 3): $$*" >&2; exit 3 ;;
	    4) echo "No rota within the limit (exit 4): $$*" >&2; exit 4 ;;
	    *) echo "Failed (exit $$status, see above): $$*" >&2; exit "$$status" ;;
	    esac
	}
	run $(MUSTER) solve $(ROSTER) --seconds $(DEMO_SECONDS)
	echo "==> Checking the rota with the independent checker"
	run $(MUSTER) check $(ROSTER) --rota $(ROSTER)/out/rota.csv
	echo "==> The rota to print and pin up: file://$(CURDIR)/$(ROSTER)/out/rota.html"

demo-report: mail-deps quick
	out=$(TRUST)/out
	rm -rf "$$out"
	mkdir -p "$$out"
	report() { $(MUSTER) report --store "$$out/trust.sqlite" --date $(TRUST_DATE) "$$@"; }
	echo "==> Reading the exports of an invented trust; what cannot be read is said, with its line"
	$(MUSTER) import $(TRUST) --store "$$out/trust.sqlite"
	echo "==> The report as files, one for each recipient; no connection is opened"
	status=0
	report --dry-run --output "$$out/mail" || status=$$?
	(( status == 0 || status == 2 || status == 3 )) || { echo "The dry run failed (exit $$status, see above)" >&2; exit 1; }
	echo "==> Starting a mail server on loopback, with STARTTLS, a login and a certificate of its own"
	coproc SERVER { exec $(PYTHON) Tests/Mail/smtp_server.py "$$out/server"; }
	server=$$SERVER_PID
	trap 'kill $$server 2>/dev/null || true' EXIT
	read -r port <&"$${SERVER[0]}" || { echo "The mail server did not start (see above)" >&2; exit 1; }
	arrived() { find "$$out/server" -maxdepth 1 -name '*.eml' | wc -l; }
	echo "==> Sending"
	report --send --mail "$$out/server/mail.yaml"
	echo "==> The server on port $$port took $$(arrived) messages: $$out/server. The same command again:"
	before=$$(arrived)
	report --send --mail "$$out/server/mail.yaml"
	(( $$(arrived) == before )) || { echo "Something was sent twice" >&2; exit 1; }
	echo "==> Nothing was sent twice. To read: $$out/mail"

demo-forecast: quick
	folder=$(CURDIR)/.build/demo-forecast
	rm -rf "$$folder" && mkdir -p "$$folder"
	cp Rosters/urgent-care/*.yaml Rosters/urgent-care/*.csv "$$folder" && rm "$$folder/demand.csv"
	echo "==> Forecasting demand from activity.csv, and judging earlier forecasts"
	$(MUSTER) forecast "$$folder" --backtest
	echo "==> Solving against it, $(FORECAST_SECONDS) s, and beside it a winter surge, $(FORECAST_SECONDS) s"
	status=0
	$(MUSTER) solve "$$folder" --seconds $(FORECAST_SECONDS) --quiet --scenario "$$folder/surge.yaml" || status=$$?
	case $$status in
	0 | 2) echo "==> Done. Pages: file://$$folder/out/forecast.html and file://$$folder/out/rota.html" ;;
	*) echo "Failed (exit $$status, see above)" >&2; exit "$$status" ;;
	esac

demo-system: swift deps
	if [[ ! -x $(SYSTEM_BIN)/muster-server ]]; then
	    echo "==> Building muster-server for release: the web stack takes some minutes"
	    swift build -c release --product muster-server
	fi
	out=$(CURDIR)/.build/demo-system
	rm -rf "$$out" && mkdir -p "$$out"
	server() { $(SYSTEM_BIN)/muster-server "$$@"; }
	echo "==> Taking over $(SYSTEM): five invented organisations, and what each has sent"
	server setup $(SYSTEM) --store "$$out/system.sqlite"
	token() {
	    printf '%-46s ' "$$1"
	    server token create --store "$$out/system.sqlite" --by demo --label "$$1" --role "$${@:2}" 2>/dev/null
	}
	echo "==> Tokens to sign in with at http://localhost:$(SYSTEM_PORT)/sign-in"
	token "System co-ordination centre" system-coordinator
	token "Harbour, bank desk (manager; it is short)" organisation-manager --organisation NS2
	token "Northgate, bank desk (manager; it can lend)" organisation-manager --organisation NS1
	token "Dales, matron (viewer)" organisation-viewer --organisation NS3
	token "Administrator" administrator
	token "Anybody (public; needs no token either)" public
	echo "==> To see a gap closed on both sides: as the co-ordination centre choose \"Propose this to both\" for a move"
	echo "    from Northgate to Harbour on the page Pool suggestions; then accept it as Harbour and confirm it as"
	echo "    Northgate, both on the page Mutual aid. Only then is the gap gone from Harbour's page, the pages of both say"
	echo "    that somebody goes there, and the hours stand in the ledger."
	echo "    A notice stays until Northgate's own data say who goes, which is what muster aid confirm and muster push are for."
	echo "==> Starting at the morning of $(SYSTEM_FROM); Ctrl-C stops it"
	exec $(SYSTEM_BIN)/muster-server --store "$$out/system.sqlite" --port $(SYSTEM_PORT) --from $(SYSTEM_FROM)

test: swift deps
	echo "==> Building everything with its tests"
	swift build --build-tests $(TESTING)
	echo "==> Running the tests"
	swift test --skip-build --parallel $(if $(FILTER),--filter "$(FILTER)")

lint: swift
	echo "==> Checking the code style"
	swift format lint --strict --parallel --recursive $(SWIFT_SOURCES)

format: swift
	echo "==> Formatting the code"
	swift format --in-place --parallel --recursive $(SWIFT_SOURCES)

bench: swift deps
	echo "==> Building muster-bench for release"
	swift build -c release --product muster-bench
	measure() {
	    .build/release/muster-bench "$$@" --threads $(BENCH_THREADS) --date "$$(date +%F)" --output Benchmarks
	}
	echo "==> Measuring the rosters, $(BENCH_SECONDS) s each; what was measured at this commit stands"
	measure rosters --seconds $(BENCH_SECONDS)
	echo "==> Measuring samples of growing size, $(GROWTH_SECONDS) s each"
	measure growth --seconds $(GROWTH_SECONDS)
	echo "==> Measuring the import of trusts of growing size"
	.build/release/muster-bench trusts --date "$$(date +%F)" --output Benchmarks
	echo "==> The figures: Benchmarks/results.md"

bench-peers: swift deps
	if [[ ! -d "$(DATA)" ]]; then
	    python3 Benchmarks/shift-scheduling/compare.py
	    exit 0
	fi
	echo "==> Building muster for release"
	swift build -c release --product muster
	venv=.build/bench-peers
	if [[ ! -x $$venv/bin/python ]]; then
	    echo "==> Installing the peers from PyPI"
	    python3 -m venv "$$venv"
	    "$$venv/bin/pip" install --quiet --disable-pip-version-check ortools highspy pyscipopt numpy
	fi
	echo "==> Running what is not recorded yet: Benchmarks/shift-scheduling"
	"$$venv/bin/python" Benchmarks/shift-scheduling/compare.py "$(DATA)" --muster .build/release/muster $(PEERS)

clean:
	echo "==> Removing .build and Rosters/*/out"
	rm -rf .build Rosters/*/out

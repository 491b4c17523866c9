"""Each role's journey in a real browser: by keyboard, at 320 pixels, in print, without JavaScript, live."""
import json
import os
import pathlib
import re
import time
import unittest

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from system import FOLDER, ROLES, System, run

PAGES = ["/overview", "/pool", "/aid", "/escalation", "/situation", "/risks", "/virtual-wards", "/public",
         "/organisations/NS1"]
PICTURES = os.environ.get("PICTURES")
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# The forms on a page by which something is done: where to, and what would be sent.
FORMS = "forms => forms.map(form => [form.getAttribute('action'), Object.fromEntries(new FormData(form))])"
# Sends a form that the page does not have, with the key of this session: only the role can refuse it.
FORGE = """async ([action, fields]) => {
  fields.key = document.querySelector('form.who input[name="key"]').value;
  fields.reason = "It was forged";
  return (await fetch(action, {method: "POST", body: new URLSearchParams(fields)})).status;
}"""
# Where the keyboard is, and whether whoever looks sees it.
FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  // The calendar's button inside a field for dates is the browser's, and so is its ring.
  const ring = !one.matches(":focus") || style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 3;
  return {id: one.id, text: one.textContent.trim(), isSeen: one === document.body || inView && ring};
}"""


class JourneyTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.system = System()
        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()
        assert cls.system.stop() == 0

    def sign_in(self, role, **options):
        context = self.browser.new_context(**options)
        self.addCleanup(context.close)
        page = context.new_page()
        self.faults = []
        page.on("console", lambda message: message.type == "error" and self.faults.append(message.text))
        page.goto(self.system.url + "/sign-in")
        page.fill("#token", self.system.tokens[role])
        page.press("#token", "Enter")
        page.wait_for_url("**/public" if role == "public" else "**/overview")
        return page

    def wait_for_suggestions(self, page):
        page.goto(self.system.url + "/pool")
        expect(page.locator("main")).not_to_contain_text("being worked out", timeout=300_000)

    def test_every_page_is_accessible_and_fits_320_pixels(self):
        for width in (1280, 320):
            page = self.sign_in("coordinator", viewport={"width": width, "height": 800})
            self.wait_for_suggestions(page)
            for path in PAGES:
                page.goto(self.system.url + path)
                with self.subTest(f"{path} at {width}"):
                    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                    self.assertEqual(wide, 0)
                    found = Axe().run(page, options=WCAG)
                    said = [(one["id"], node["html"][:120]) for one in found["violations"] for node in one["nodes"]]
                    self.assertEqual(said, [])
                if PICTURES:
                    name = path.strip("/").replace("/", "-")
                    page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
            self.assertEqual(self.faults, [])

    def test_the_overview_says_the_essential_first_on_a_narrow_screen_and_has_all_of_it(self):
        page = self.sign_in("coordinator", viewport={"width": 320, "height": 640}, java_script_enabled=False)
        folded, beside = page.locator("details.folded"), page.locator(".beside")
        # Whoever has hard gaps is told in what is seen first, and all organisations on a few screens.
        self.assertIn("Harbour General Hospital", page.locator("main .lead").inner_text())
        self.assertLess(page.locator("main .lead").bounding_box()["y"], 640)
        self.assertLess(page.locator("main").bounding_box()["height"], 5 * 640)
        self.assertFalse(beside.is_visible())
        self.assertEqual(folded.count(), 5)
        for one in folded.all():
            one.locator("summary").click()
        # Every figure of the tables side by side, as it stands there; a stale mark or a lack stands once.
        cells = "all => all.map(one => one.innerText.trim())"
        told = "td:not(.lacking):not(.narrow)"
        shown = folded.locator(told).evaluate_all(cells)
        page.set_viewport_size({"width": 1280, "height": 800})
        self.assertTrue(beside.is_visible())
        self.assertFalse(folded.first.is_visible())
        self.assertEqual(sorted(shown), sorted(beside.locator(told).evaluate_all(cells)))
        page.set_viewport_size({"width": 320, "height": 640})
        page.emulate_media(media="print")
        self.assertTrue(beside.is_visible())
        self.assertFalse(folded.first.is_visible())

        page = self.sign_in("coordinator", viewport={"width": 320, "height": 640})
        page.evaluate("for (const one of document.querySelectorAll('details.folded')) one.open = true")
        self.assertEqual(page.evaluate("document.documentElement.scrollWidth"), 320)
        self.assertEqual(Axe().run(page, options=WCAG)["violations"], [])

    def test_a_desk_works_by_keyboard_alone(self):
        page = self.sign_in("coordinator")
        page.keyboard.press("Tab")
        self.assertEqual(page.evaluate("document.activeElement.textContent"), "Skip to main content")
        page.keyboard.press("Enter")
        self.assertEqual(page.evaluate("document.activeElement.id"), "main")
        seen = set()
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break
            where = page.evaluate("document.activeElement.textContent.trim()")
            seen.add(where)
            # Whoever looks sees where the keyboard is.
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            self.assertEqual(outline, "solid", where)
        self.assertIn("Northgate Hospitals", seen)

    def test_back_shows_nothing_once_somebody_has_signed_out(self):
        for javascript in (True, False):
            with self.subTest(f"JavaScript {javascript}"):
                page = self.sign_in("coordinator", java_script_enabled=javascript)
                for path in ("/overview", "/organisations/NS1", "/none"):
                    page.goto(self.system.url + path)
                page.goto(self.system.url + "/aid")
                self.assertIn("Calls that are open", page.inner_text("main"))
                page.click("text=Sign out")
                page.wait_for_url("**/public")
                for _ in range(4):
                    page.go_back()
                    said = page.inner_text("body")
                    self.assertIn("Sign in", said)
                    for secret in ("Sign out", "Calls that are open", "Northgate Hospitals", "Test system-coordinator"):
                        self.assertNotIn(secret, said, page.url)

    def tab_to(self, page, id=None, text=None, key="Tab"):
        """Goes on by keyboard until that has the focus; at each stop on the way it can be seen where the keyboard is."""
        for _ in range(300):
            page.keyboard.press(key)
            at = page.evaluate(FOCUS)
            self.assertTrue(at["isSeen"], at)
            if (at["id"] == id) if id else (at["text"] == text):
                return
        self.fail(f"The keyboard does not come to {id or text}")

    def test_a_risk_is_raised_and_closed_by_keyboard_alone(self):
        context = self.browser.new_context()
        self.addCleanup(context.close)
        page = context.new_page()
        page.goto(self.system.url + "/sign-in")
        keys = page.keyboard
        self.tab_to(page, id="token")
        keys.type(self.system.tokens["receiver"])
        self.tab_to(page, text="Sign in")
        keys.press("Space")
        page.wait_for_url("**/overview")
        self.tab_to(page, text="Risks")
        keys.press("Enter")
        page.wait_for_url("**/risks")
        self.tab_to(page, text="Raise a risk")
        keys.press("Enter")
        self.tab_to(page, id="raise-group")
        keys.type("Therapy")
        self.tab_to(page, id="raise-cause")
        keys.type("One therapist for two wards")
        self.tab_to(page, id="raise-likelihood")
        keys.press("ArrowDown")
        self.tab_to(page, id="raise-impact")
        keys.press("ArrowUp")
        self.tab_to(page, id="raise-owner")
        keys.press("ArrowDown")
        self.tab_to(page, id="raise-reason")
        keys.type("Nobody is left to ask")
        # Back, since the likelihood was too high, and on again.
        self.tab_to(page, id="raise-likelihood", key="Shift+Tab")
        keys.press("ArrowDown")
        keys.press("ArrowUp")
        self.tab_to(page, text="Raise the risk")
        keys.press("Enter")
        page.wait_for_url("**/risks?risk=*")
        [risk] = [one for one in self.system.json("/api/v1/risks?size=200", "receiver")["items"]
                  if one["cause"] == "One therapist for two wards"]
        self.assertEqual((risk["likelihood"], risk["impact"], risk["staff_group"]), (4, 2, "therapy"))
        expect(page.locator("li", has_text="One therapist for two wards").first).to_contain_text("likelihood 4")

        summary = page.locator(f'#x-{risk["id"]} > summary')
        while not summary.evaluate("one => one === document.activeElement"):
            self.tab_to(page, text="Close")
        keys.press("Space")
        self.tab_to(page, id=f'x-{risk["id"]}-reason')
        keys.type("Two more have come")
        self.tab_to(page, text="Close the risk")
        keys.press("Space")
        page.wait_for_url("**/risks")
        self.assertNotIn("One therapist for two wards", page.inner_text("main"))
        open_risks = self.system.json("/api/v1/risks?size=200", "receiver")["items"]
        self.assertNotIn(risk["id"], [one["id"] for one in open_risks])

    def test_pages_are_whole_without_javascript(self):
        page = self.sign_in("coordinator", java_script_enabled=False)
        for path in PAGES:
            page.goto(self.system.url + path)
            self.assertGreater(len(page.inner_text("main")), 100, path)
            self.assertEqual(page.locator("h1").count(), 1, path)

    def test_print_leaves_out_what_only_a_screen_can_do(self):
        page = self.sign_in("receiver")
        page.goto(self.system.url + "/aid")
        page.emulate_media(media="print")
        self.assertFalse(page.locator("header nav").is_visible())
        self.assertGreater(len(page.pdf()), 1000)

    def test_the_situation_prints_on_one_page(self):
        self.wait_for_suggestions(self.sign_in("coordinator"))
        for role in ("coordinator", "receiver", "viewer"):
            page = self.sign_in(role)
            page.goto(self.system.url + "/situation")
            pdf = page.pdf(format="A4", path=PICTURES and f"{PICTURES}/situation-{role}.pdf")
            sizes = re.findall(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)[.\d]*\]", pdf)
            self.assertEqual(sizes, [(b"595", b"842")], role)
            self.assertEqual(len(re.findall(rb"/Type /Page\b", pdf)), 1, role)

    def test_a_suggestion_closes_a_gap_on_both_sides(self):
        desk = self.sign_in("coordinator")
        self.wait_for_suggestions(desk)
        suggested = self.system.json("/api/v1/suggestions?size=200", "coordinator")["items"]
        move, lender = next(
            (move, one["offer"].split("/")[0]) for one in suggested for move in one["moves"]
            if move["vacancy"].startswith("NS2/") and one["offer"].startswith("NS1/"))
        gap = move["vacancy"]
        form = desk.locator(f'form:has(input[name="vacancy"][value="{gap}"])').first
        desk.locator(f'details:has(input[name="vacancy"][value="{gap}"]) > summary').first.click()
        form.locator('input[name="reason"]').fill("Winter pressure in the emergency department")
        form.locator("button").click()
        desk.wait_for_url("**/aid#*")

        def step(role, words):
            page = self.sign_in(role)
            page.goto(self.system.url + "/aid")
            page.locator("summary", has_text=words).first.click()
            details = page.locator("details[open]", has=page.locator("summary", has_text=words)).first
            details.locator('input[name="reason"]').fill("Agreed by telephone")
            details.locator("button").click()
            page.wait_for_load_state()
            return page

        missing = self.missing(gap)
        step("receiver", "Accept this offer")
        self.assertEqual(self.missing(gap), missing, "accepting closes nothing: the lender has still to check")
        page = step("lender", "Confirm: we have checked")
        self.assertEqual(self.missing(gap), missing, "promised is not covered: the lender's data do not say who goes")
        self.assertIn("Promised: the gap counts as open until the lender's data say who goes", page.inner_text("main"))
        page = self.sign_in("receiver")
        page.goto(self.system.url + "/overview")
        self.assertIn("are promised and nobody is named yet", page.inner_text("main"))
        for role in ("receiver", "lender"):
            booked = self.system.json("/api/v1/bookings", role)["items"]
            self.assertEqual([one["vacancy"] for one in booked], [gap])
            self.assertEqual(booked[0]["lender"], lender)

    def missing(self, gap):
        """Person-minutes that the gap and what is left of it are short of."""
        from datetime import datetime
        length = lambda one: datetime.fromisoformat(one["end"]) - datetime.fromisoformat(one["start"])
        found = [one["vacancy"] for one in self.system.json("/api/v1/vacancies?size=200", "receiver")["items"]
                 if one["id"] == gap or one["id"].startswith(gap + ".")]
        return sum(one["missing"] * length(one).total_seconds() / 60 for one in found)

    def push(self, organisation, ward):
        """Its data again, as of now, with that name for each ward."""
        [path] = pathlib.Path(FOLDER, "pushes").glob(f"*{organisation}*.json")
        push = json.loads(path.read_text())
        push["extracted_at"] = self.system.json("/api/v1/public", None)["as_of"]
        for unit in push["units"]:
            unit["name"] = ward
        token = self.system.token("organisation-manager", [organisation])
        status, _, body = self.system.ask("/api/v1/pushes", data=json.dumps(push).encode(), headers={
            "Content-Type": "application/json", "Authorization": f"Bearer {token}"})
        self.assertEqual(status, 201, body)

    def test_a_push_is_on_an_open_page_without_loading_it(self):
        page = self.sign_in("viewer")
        page.goto(self.system.url + "/organisations/NS3")
        expect(page.locator("#live")).to_contain_text("Live")
        self.assertEqual(page.locator("text=Ward that was just opened").count(), 0)
        began = time.monotonic()
        self.push("NS3", "Ward that was just opened")
        page.wait_for_selector("text=Ward that was just opened", state="attached")
        print(f"A push was on an open page after {time.monotonic() - began:.2f} s")

    def test_a_page_that_is_paused_stays_as_it_is_until_it_goes_on(self):
        page = self.sign_in("coordinator")
        page.goto(self.system.url + "/organisations/NS2")
        expect(page.locator("#live")).to_contain_text("Live")
        page.get_by_role("button", name="Pause updates").click()
        expect(page.locator("#live")).to_contain_text("Paused")
        seen = []
        page.on("request", lambda request: seen.append(request.url))
        self.push("NS2", "Ward that was renamed")
        # The revision has come, and nothing is fetched for it.
        other = self.sign_in("coordinator")
        other.goto(self.system.url + "/organisations/NS2")
        expect(other.locator("text=Ward that was renamed").first).to_be_attached()
        self.assertEqual(seen, [])
        page.get_by_role("button", name="Go on updating").click()
        page.wait_for_selector("text=Ward that was renamed", state="attached")

    def test_an_open_page_whose_session_is_over_leads_to_signing_in_and_asks_no_more(self):
        page = self.sign_in("viewer")
        asked = []

        def over(route):
            asked.append(route.request.url)
            page.context.clear_cookies()
            route.fulfill(status=401, body="over")

        page.route("**/events", over)
        page.clock.install()
        # It may leave again before all of it is loaded.
        page.goto(self.system.url + "/organisations/NS3", wait_until="commit")
        expect(page.locator("main").get_by_role("link", name="Sign in")).to_be_visible()
        page.clock.run_for(600_000)
        self.assertEqual(len(asked), 1)

    def test_a_page_goes_on_by_itself_after_the_server_was_away(self):
        page = self.sign_in("viewer")
        page.clock.install()
        page.route("**/events", lambda route: route.fulfill(status=502, body="away"))
        page.goto(self.system.url + "/overview")
        expect(page.locator("#live")).to_contain_text("Not live")
        page.unroute("**/events")
        page.clock.run_for(20_000)
        expect(page.locator("#live")).to_contain_text("Live: ")

    def test_a_form_that_is_refused_is_put_right_where_it_is_refused(self):
        page = self.sign_in("coordinator")
        page.goto(self.system.url + "/risks")
        page.locator("#raise summary").click()
        page.fill("#raise-cause", "Two wards with one nurse")
        page.select_option("#raise-impact", "5")
        page.fill("#raise-reason", "Dr Ann is away")
        page.get_by_role("button", name="Raise the risk").click()
        expect(page).to_have_title("Error: Not understood – Muster")
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/refused.png")
        self.assertEqual(Axe().run(page)["violations"], [])
        page.fill("#again-reason", "Somebody is away")
        page.get_by_role("button", name="Send again").click()
        page.wait_for_url("**/risks?risk=*")
        card = page.locator("li", has_text="Two wards with one nurse").first
        expect(card).to_contain_text("impact 5")

    # What each role may and may not

    def refused(self):
        """What was refused so far; but for connections, of which a browser makes some that it does not use."""
        return [row for row in self.system.denials() if row[0] != "connections"]

    def shut(self, page, path, status, who):
        """Goes where this visitor may not: it is said, nothing else is there, and the audit has a row."""
        before = self.refused()
        self.assertEqual(page.goto(self.system.url + path).status, status, path)
        self.assertEqual(page.locator("table, form.act, .card, .panel, svg").count(), 0, path)
        [(what, _)] = self.refused()[len(before):]
        self.assertRegex(what, f"^GET {re.escape(path)} by {who}, ")

    def test_the_public_sees_the_board_and_nothing_else(self):
        everything = self.system.json("/api/v1/vacancies?size=200", "coordinator")["items"]
        gap = everything[0]["id"]
        # A virtual ward has a figure of its own there, once it is large enough.
        wards = {ward["name"] for path in pathlib.Path(FOLDER, "pushes").glob("*.json")
                 for ward in json.loads(path.read_text())["units"]} - {"Virtual ward"}
        anybody = self.browser.new_context()
        self.addCleanup(anybody.close)
        for page, who, way_in in [(self.sign_in("public"), r"token [0-9a-f]{12} \(public\)", "Sign out"),
                                  (anybody.new_page(), "anybody", "Sign in")]:
            page.goto(self.system.url + "/")
            page.wait_for_url("**/public")
            self.assertEqual(page.locator("header nav a").all_inner_texts(), ["Public board"])
            self.assertIn(way_in, page.inner_text("header"))
            self.assertEqual(page.locator("main a, main form").count(), 0)
            for name in wards:
                self.assertNotIn(name, page.inner_text("main"))
            cells = page.locator("main tbody td").all_inner_texts()
            gaps, shares = cells[0::2], cells[1::2]
            # Both kinds of numbers are there, those that are told and those that are too small.
            self.assertIn("fewer than 5", gaps)
            self.assertTrue(any(text.isdigit() for text in gaps), gaps)
            for text in gaps:
                self.assertTrue(text in ("fewer than 5", "not shown") or int(text) >= 5, gaps)
            for text in shares:
                self.assertTrue(text == "not shown" or int(text.removesuffix(" %")) % 5 == 0, shares)
            shut = [path for path in PAGES if path != "/public"] + [f"/gaps/{gap}", "/administration"]
            for path in shut:
                self.shut(page, path, 401, who)
            for path in ["/events", "/api/v1/vacancies", f"/api/v1/vacancies/{gap}", "/api/v1/risks", "/api/v1/bookings/none"]:
                before = self.refused()
                self.assertEqual(page.request.get(self.system.url + path).status, 401, path)
                [(what, _)] = self.refused()[len(before):]
                self.assertRegex(what, f"^GET {re.escape(path)} by {who}, ")

    def forge(self, role):
        """The pages have no form by which something is done; sent all the same, it changes nothing and is audited."""
        desk = self.sign_in("coordinator")
        self.wait_for_suggestions(desk)
        forms = {}
        for path in PAGES:
            desk.goto(self.system.url + path)
            for action, fields in desk.locator("form.act").evaluate_all(FORMS):
                # One of each kind is enough.
                forms.setdefault(re.sub("/(NS[0-9]|hard-gap[^/]*|[^/]*-[^/]*)", "/*", action), (action, fields))
        self.assertLessEqual({"/aid", "/situation", "/risks", "/risks/*/review", "/risks/*/close", "/escalation/*/opel"},
                             set(forms))
        page = self.sign_in(role)
        for path in [path for path in PAGES if not path.startswith("/organisations")]:
            self.assertEqual(page.goto(self.system.url + path).status, 200, path)
            self.assertEqual(page.locator("form.act").count(), 0, path)
        who = rf"token [0-9a-f]{{12}} \({ROLES[role][0].replace('-', ' ', 1)}\)"
        for action, fields in forms.values():
            before, _ = self.system.records()
            denials = self.refused()
            self.assertEqual(page.evaluate(FORGE, [action, fields]), 403, action)
            self.assertEqual(self.system.records()[0], before, action)
            [(what, why)] = self.refused()[len(denials):]
            self.assertRegex(what, f"^POST {re.escape(action)} by {who}, ")
            self.assertIn("does not allow it", why)
        return page

    def test_a_viewer_sees_its_organisation_and_can_do_nothing(self):
        page = self.forge("viewer")
        self.assertEqual(page.goto(self.system.url + "/organisations/NS3").status, 200)
        self.assertEqual(page.locator("form.act").count(), 0)
        who = r"token [0-9a-f]{12} \(organisation viewer\)"
        other = self.system.json("/api/v1/vacancies?size=200", "receiver")["items"][0]["id"]
        self.shut(page, "/organisations/NS1", 404, who)
        self.shut(page, f"/gaps/{other}", 404, who)
        self.shut(page, "/administration", 403, who)

    def test_an_administrator_sees_everything_and_who_may_see_what_and_does_nothing(self):
        page = self.forge("administrator")
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(self.system.url + "/overview")
            page.get_by_role("link", name="Access").click()
            page.wait_for_url("**/administration")
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            self.assertEqual(wide, 0)
            self.assertEqual(Axe().run(page, options=WCAG)["violations"], [])
            if PICTURES:
                page.screenshot(path=f"{PICTURES}/administration-{width}.png", full_page=True)
        # What was just refused stands first in the audit.
        self.assertIn("/risks", page.locator("table", has_text="The last 100 rows").inner_text())
        self.assertIn("administrator", page.locator("table", has_text="The last 100 rows").locator("tbody tr").first.inner_text())
        for token in self.system.tokens.values():
            self.assertNotIn(token.split("_")[2], page.content())
        for role in ("coordinator", "lender"):
            name = ROLES[role][0].replace("-", " ", 1).replace("coordinator", "co-ordinator")
            self.shut(self.sign_in(role), "/administration", 403, rf"token [0-9a-f]{{12}} \({name}\)")

    def test_a_token_that_is_revoked_ends_its_session_and_the_administrator_sees_it(self):
        self.system.tokens["leaver"] = self.system.token("organisation-viewer", ["NS4"])
        self.addCleanup(self.system.tokens.pop, "leaver")
        identifier = self.system.tokens["leaver"].split("_")[1]
        leaver = self.sign_in("leaver")
        # A page that does not update itself, which would ask too.
        leaver.goto(self.system.url + "/sign-in")
        page = self.sign_in("administrator")
        page.goto(self.system.url + "/administration")
        tokens = page.locator("table", has_text="Valid tokens")
        self.assertRegex(tokens.locator("tr", has_text=identifier).inner_text(), r"organisation viewer\s+NS4\s.*Valid")
        run("muster-server", "token", "revoke", identifier, "--store", self.system.store, "--by", "test", "--reason",
            "It was lost")
        self.shut(leaver, "/overview", 401, "anybody")
        page.reload()
        self.assertEqual(tokens.locator("tr", has_text=identifier).count(), 0)
        ended = page.locator("table", has_text="Tokens that let nobody in")
        self.assertIn("Revoked", ended.locator("tr", has_text=identifier).inner_text())
        self.assertIn("It was lost", page.locator("table", has_text="The last 100 events").inner_text())


if __name__ == "__main__":
    unittest.main()

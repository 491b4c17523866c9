"""Each role's journey in a real browser: by keyboard, at 320 pixels, in print, without JavaScript, live."""
import json
import os
import pathlib
import time
import unittest

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from system import FOLDER, System

PAGES = ["/overview", "/pool", "/aid", "/escalation", "/situation", "/risks", "/virtual-wards", "/public",
         "/organisations/NS1"]
PICTURES = os.environ.get("PICTURES")


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
                    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
                    said = [(one["id"], node["html"][:120]) for one in found["violations"] for node in one["nodes"]]
                    self.assertEqual(said, [])
                if PICTURES:
                    name = path.strip("/").replace("/", "-")
                    page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
            self.assertEqual(self.faults, [])

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
        self.assertLess(self.missing(gap), missing)
        self.assertIn("the system counts the gap as closed", page.inner_text("main"))
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
        page.goto(self.system.url + "/organisations/NS3")
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


if __name__ == "__main__":
    unittest.main()

"""Somebody at a browser: what they do, in their words."""

import re
import time
from itertools import pairwise

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.web.making import PASSWORD

# What can be used on a page and is seen; of radio buttons that belong together, the one that Tab comes to.
_USED = """() => {
  const shown = (one) => one.checkVisibility({visibilityProperty: true}) && !one.disabled && one.tabIndex >= 0;
  const met = (one) => one.type !== "radio" || one === (document.querySelector(`[name="${one.name}"]:checked`)
    || document.querySelector(`[name="${one.name}"]`));
  const usable = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  window.used = [...document.querySelectorAll(usable)].filter(shown).filter(met);
  window.reached = [];
  document.addEventListener("focusin", (event) => {
    const drawn = [event.target, ...event.target.querySelectorAll("*")].map((one) => getComputedStyle(one));
    if (event.target.labels?.length) drawn.push(getComputedStyle(event.target.labels[0], "::before"));
    const seen = drawn.some((style) => style.boxShadow !== "none" || style.outlineStyle !== "none");
    window.reached.push([window.used.indexOf(event.target), seen]);
  });
  document.body.tabIndex = -1;
  document.body.focus();
  return window.used.length;
}"""
_NAME_HERE = """() => {
  const one = document.activeElement;
  return (one.labels?.length ? one.labels[0].innerText : one.innerText || "").trim();
}"""
_NAMES = "(numbers) => numbers.map((at) => window.used[at].innerText || window.used[at].name)"
_IDENTIFIER = re.compile(r"[0-9a-f-]{36}|join/[^/]+")


class Visitor:
    """Somebody with a browser of their own."""

    # Headings and addresses of the pages that were looked at, by anybody: each is looked at once.
    seen = set()

    def __init__(self, browser, site, axe="", **options):
        self.site = site
        self.axe = axe
        self.window = browser.new_context(base_url=site.address, **options)
        self.window.set_default_timeout(20_000)
        self.page = self.window.new_page()
        self.secret = ""

    def leave(self):
        """Close the browser."""
        self.window.close()

    def goes_to(self, address):
        """Open an address."""
        self.page.goto(address)
        self.looks()

    def looks(self):
        """Whatever page this is, it must be one that everybody can use."""
        page = (_IDENTIFIER.sub("", self.page.url), self.page.title())
        if not self.axe or page in self.seen:
            return
        self.seen.add(page)
        self.page.evaluate(self.axe)
        found = self.page.evaluate("axe.run(document)")
        unsure = [one["id"] for one in found["incomplete"] if one["id"] != "color-contrast"]
        assert ([one["id"] for one in found["violations"]], unsure) == ([], []), self.page.url

    def misses_by_keyboard(self):
        """What on this page Tab does not come to, comes to out of its order, or shows nobody that it came to."""
        self.page.reload()
        for _ in range(self.page.evaluate(_USED)):
            self.page.keyboard.press("Tab")
        reached = dict(self.page.evaluate("window.reached"))
        order = [at for at in reached if at >= 0]
        missed = [at for at in range(self.page.evaluate("window.used.length")) if not reached.get(at)]
        return self.page.evaluate(_NAMES, missed + [at for at, next_one in pairwise(order) if at > next_one])

    def comes_to(self, words):
        """Press Tab until one is at something of this name."""
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(_NAME_HERE) == words:
                return
        raise AssertionError(f"Tab does not come to “{words}” on {self.page.url}")

    def enters(self, words=None):
        """Press Enter, where something of this name is."""
        if words:
            self.comes_to(words)
        before = self.page.evaluate("performance.timeOrigin")
        self.page.keyboard.press("Enter")
        self.page.wait_for_function("(before) => performance.timeOrigin !== before", arg=before)
        self.page.wait_for_load_state()

    def types(self, label, words):
        """Go to a field by Tab, and type."""
        self.comes_to(label)
        self.page.keyboard.type(words)

    @property
    def code(self):
        """What the app shows now."""
        return format_hotp_value(hotp_value(self.secret, int(time.time()) // 30))

    @property
    def heading(self):
        """What the page says it is."""
        return self.page.locator("h1").inner_text()

    def presses(self, words, leading_to=None):
        """Press a button; one that first asks a passkey goes on by itself, to where is said."""
        self.page.get_by_role("button", name=words, exact=True).click()
        if leading_to:
            self.page.wait_for_url(leading_to)
        self.page.wait_for_load_state()
        self.looks()

    def follows(self, words):
        """Follow a link."""
        self.page.get_by_role("link", name=words, exact=True).first.click()
        self.page.wait_for_load_state()
        self.looks()

    def chooses_a_password(self, link, password=PASSWORD):
        """Follow the link one was sent."""
        self.goes_to(link)
        self.page.get_by_label("New password").fill(password)
        self.presses("Continue")

    def sets_up_an_app(self):
        """Scan the picture, so to speak."""
        self.follows("Set up an app")
        self.secret = self.page.locator("code.key").inner_text()
        self.types_code("Code that the app shows")

    def types_code(self, label="Code"):
        """Type what the app shows."""
        self.page.get_by_label(label, exact=True).fill(self.code)
        self.presses("Continue")

    def types_recovery_code(self):
        """Type one of the codes one wrote down: what the app shows was used a moment ago."""
        self.page.get_by_label("Code", exact=True).fill(self.codes.pop())
        self.presses("Continue")

    def joins(self, link):
        """All of the first visit: a password, an app, recovery codes."""
        self.chooses_a_password(link)
        self.sets_up_an_app()
        self.codes = self.page.locator("ul.codes li").all_inner_texts()
        self.presses("I have kept them")

    def gives_password(self, email, password=PASSWORD):
        """Fill the first page of signing in."""
        self.goes_to("/sign-in/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.presses("Sign in")

    def signs_in(self, email):
        """Password and code."""
        self.gives_password(email)
        self.types_recovery_code()

    def has_a_passkey(self):
        """Plug in a key that answers for its owner (a virtual one)."""
        self.devtools = self.window.new_cdp_session(self.page)
        self.devtools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        self.devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def is_at(self, path):
        """Whether this is the address; what follows a question mark aside."""
        return re.sub(r"\?.*", "", self.page.url) == self.site.address + path

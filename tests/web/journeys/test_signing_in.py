"""Journeys in a real browser: from an invitation to signing out everywhere, and what comes in between."""

import pytest

from tests.web.journeys.person import Visitor
from tests.web.making import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def visitor(browser, site, axe):
    """Opens a browser of somebody's own; all are closed at the end."""
    opened = []

    def open_one(**options):
        opened.append(Visitor(browser, site, axe, **options))
        return opened[-1]

    yield open_one
    for one in opened:
        one.leave()


def test_invited_administrator_joins_with_an_app_and_a_passkey_and_signs_out_everywhere(visitor, site):
    ann = visitor()

    ann.chooses_a_password(site.invite("ann@example.org"))
    assert ann.heading == "Set up a second step"
    ann.goes_to("/people/")
    assert ann.is_at("/account/second-factor/")
    ann.sets_up_an_app()
    assert ann.heading == "Recovery codes"
    assert "The app was added." in ann.page.locator("main").inner_text()
    assert ann.page.locator("ul.codes li").count() == 10
    ann.presses("I have kept them")
    assert ann.heading == "Safer Harrow"

    ann.has_a_passkey()
    ann.follows("Your account")
    ann.follows("Add a passkey")
    ann.presses("Set up a passkey", leading_to="**/account/")
    assert "The passkey was added." in ann.page.locator("main").inner_text()

    ann.presses("Sign out everywhere")
    assert ann.heading == "Sign in"
    ann.presses("Sign in with a passkey", leading_to=f"{site.address}/")
    assert ann.heading == "Safer Harrow"


def test_leaver_is_stopped_at_the_next_click(visitor, site):
    boss, bea = visitor(), visitor()
    boss.joins(site.invite("boss@example.org", "Boss Example"))
    bea.joins(site.invite("bea@example.org", "Bea Example", role="member"))
    assert bea.heading == "Safer Harrow"

    boss.follows("People")
    boss.follows("Bea Example")
    boss.follows("They have left: end everything here")
    boss.presses("End everything here")

    assert "signed out" in boss.page.locator("main").inner_text()
    bea.goes_to("/people/")
    assert bea.is_at("/sign-in/")
    bea.signs_in("bea@example.org")
    assert bea.heading == "You have no seat at present"
    bea.goes_to("/people/")
    assert bea.is_at("/seat/")


def test_expired_membership_lets_nobody_act(visitor, site):
    cal = visitor()
    cal.joins(site.invite("cal@example.org", "Cal Example", role="member"))

    site.python(
        "from datetime import timedelta; from django.utils import timezone\n"
        "long_ago = timezone.now() - timedelta(days=2)\n"
        "Membership.objects.filter(person=Person.objects.with_email('cal@example.org'))"
        ".update(begins=long_ago, ends=long_ago + timedelta(days=1))"
    )
    cal.follows("People")

    assert cal.heading == "You have no seat at present"


def test_too_many_wrong_passwords_lock_somebody_out_until_they_are_unlocked(visitor, site):
    boss, dan = visitor(), visitor()
    boss.joins(site.invite("chief@example.org", "Chief Example"))
    dan.joins(site.invite("dan@example.org", "Dan Example", role="member"))
    dan.presses("Sign out")

    for _ in range(5):
        dan.gives_password("dan@example.org", "not the password")
        assert "is not right" in dan.page.locator("main").inner_text()
    dan.gives_password("dan@example.org")

    assert "Too many wrong tries" in dan.page.locator("main").inner_text()
    dan.gives_password("nobody.such@example.org")
    assert "is not right" in dan.page.locator("main").inner_text()

    boss.follows("People")
    boss.follows("Dan Example")
    boss.presses("Let them try again")
    assert "They can try again now" in boss.page.locator("main").inner_text()


def test_seat_is_chosen_by_whoever_has_two(visitor, site):
    eve = visitor()
    site.invite("eve@example.org", "Eve Example", role="member", agency="Example Police")
    eve.joins(site.invite("eve@example.org", "Eve Example", role="auditor"))

    assert eve.heading == "Choose a seat"
    eve.presses("Example Police, Safer Harrow")
    assert "You act for Example Police" in eve.page.locator("main").inner_text()
    eve.goes_to("/audit/")
    assert eve.heading != "Audit"
    eve.goes_to("/seat/")
    eve.presses("Example Borough Council, Safer Harrow")
    eve.goes_to("/audit/")
    assert eve.heading == "Audit"
    assert "Eve Example" in eve.page.locator("table").inner_text()


def test_idle_time_runs_out_in_two_tabs_together(visitor, site):
    fay = visitor()
    fay.joins(site.invite("fay@example.org", "Fay Example", role="member"))
    other = fay.window.new_page()
    fay.window.clock.install()
    for tab in (fay.page, other):
        tab.goto("/people/")

    fay.window.clock.fast_forward(13 * 60 * 1000 + 5000)
    assert [tab.get_by_role("alertdialog").is_visible() for tab in (fay.page, other)] == [True, True]

    fay.page.get_by_role("button", name="Stay signed in").click()
    other.get_by_role("alertdialog").wait_for(state="hidden")
    assert not fay.page.get_by_role("alertdialog").is_visible()

    site.python(
        "from datetime import timedelta; from django.utils import timezone\n"
        "SignIn.objects.filter(person=Person.objects.with_email('fay@example.org'), ended=None)"
        ".update(heard=timezone.now() - timedelta(minutes=16))"
    )
    fay.window.clock.fast_forward(15 * 60 * 1000 + 5000)
    fay.page.wait_for_url("**/signed-out/")
    other.wait_for_url("**/signed-out/")
    fay.goes_to("/people/")
    assert fay.is_at("/sign-in/")


def test_end_of_a_sign_in_is_told_before_it_comes_and_cannot_be_put_off(visitor, site):
    liv = visitor()
    liv.joins(site.invite("liv@example.org", "Liv Example", role="member"))
    site.python(
        "from datetime import timedelta; from django.utils import timezone\n"
        "SignIn.objects.filter(person=Person.objects.with_email('liv@example.org'))"
        ".update(begun=timezone.now() - timedelta(hours=8) + timedelta(minutes=3))"
    )
    liv.window.clock.install()
    liv.goes_to("/people/")

    liv.window.clock.fast_forward(90 * 1000)
    dialog = liv.page.get_by_role("alertdialog")
    assert "save what you are doing" in dialog.inner_text()
    assert not dialog.get_by_role("button", name="Stay signed in").is_visible()
    dialog.get_by_role("button", name="Go on to save").click()
    assert not dialog.is_visible()

    liv.window.clock.fast_forward(100 * 1000)
    liv.page.wait_for_url("**/signed-out/")


def test_everything_can_be_done_with_the_keyboard_alone(visitor, site):
    gus = visitor()
    gus.goes_to(site.invite("gus@example.org", "Gus Example"))

    gus.comes_to("Skip to main content")
    gus.page.keyboard.press("Enter")
    gus.types("New password", PASSWORD)
    gus.enters()
    assert gus.heading == "Set up a second step"
    gus.enters("Set up an app")
    gus.secret = gus.page.locator("code.key").inner_text()
    gus.types("Code that the app shows", gus.code)
    gus.enters()
    gus.enters("I have kept them")
    assert gus.heading == "Safer Harrow"

    gus.enters("People")
    gus.enters("Invite somebody")
    gus.types("Full name", "Viv Example")
    gus.types("Work e-mail address", "viv@example.org")
    gus.comes_to("Agency")
    gus.page.keyboard.type("Example Police")
    gus.comes_to("Administrator")
    while gus.page.evaluate("document.activeElement.value") != "member":
        gus.page.keyboard.press("ArrowDown")
    gus.enters()
    assert gus.heading == "The link was sent"
    gus.enters("Go on to Viv Example")
    gus.enters("Sign out")
    assert gus.heading == "Sign in"


def test_site_works_without_javascript_on_a_narrow_screen(visitor, site):
    hal = visitor(java_script_enabled=False, viewport={"width": 320, "height": 640})
    hal.axe = ""

    hal.joins(site.invite("hal@example.org", "Hal Example"))
    hal.goes_to("/people/invite/")
    hal.page.get_by_label("Full name").fill("Ida Example")
    hal.page.get_by_label("Work e-mail address").fill("ida@example.org")
    hal.page.get_by_label("Agency").select_option("Example Police")
    hal.page.get_by_label("Member").check()
    hal.presses("Invite them")

    assert hal.heading == "The link was sent"
    hal.follows("Go on to Ida Example")
    assert "Example Police: Member" in hal.page.locator("main").inner_text()


@pytest.mark.slow
def test_every_page_passes_axe_keeps_within_its_width_and_is_used_by_keyboard(visitor, site):
    jo = visitor()
    jo.joins(site.invite("jo@example.org", "Jo Example"))
    site.invite("jo@example.org", "Jo Example", role="auditor")
    site.invite("kit@example.org", "Kit Example", role="member")
    kit, membership = site.python(
        "kit = Person.objects.with_email('kit@example.org'); print(kit.id, kit.memberships.get().id)"
    ).split()
    person = [
        f"/people/{kit}/{part}" for part in ("", "change/", "memberships/", "leave/", "erase/", "second-factors/")
    ]
    account = ["/account/", *(f"/account/{part}/" for part in ("password", "recovery-codes", "recovery-codes/new"))]
    account += [f"/account/second-factor/{part}/" for part in ("passkey", "app/remove")] + [
        "/account/confirm/password/"
    ]
    pages = ["/", "/seat/", "/people/", "/people/invite/", "/partnership/", "/partnership/seats/", "/audit/", "/jobs/"]
    pages += [f"/memberships/{membership}/{part}/" for part in ("renew", "end")]
    pages += ["/sign-out/", "/design/", "/accessibility/", "/privacy/", "/signed-out/", "/nothing/here/"]

    for address in [*pages, *person, *account]:
        jo.goes_to(address)
        for width in (320, 768, 1280):
            jo.page.set_viewport_size({"width": width, "height": 900})
            wide = jo.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, (address, width)
        assert (address, jo.misses_by_keyboard()) == (address, [])

"""The furniture as people meet it: at three widths, by keyboard, without JavaScript, on paper, in two tabs."""

import io

import pypdfium2
import pytest

from tests.web.design.asking import in_harrow

pytestmark = pytest.mark.browser
PAGES = ["/meeting/", "/told/", "/accessibility/", "/privacy/", "/signed-out/", "/nowhere/", "/upgrading/"]
# What axe cannot decide by itself: words in a frame that is moved sideways.
UNDECIDED = {"color-contrast"}


@pytest.fixture
def opened(browser):
    """Tabs of one window, closed afterwards; what a page writes to the console is a mistake."""
    contexts, said = [], []

    def tab(*, width=1280, script=True, beside=None):
        if beside is None:
            contexts.append(browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script))
        page = (beside.context if beside else contexts[-1]).new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield tab
    for one in contexts:
        one.close()
    assert [text for text in said if not text.startswith("Failed to load resource")] == []


def looked_at(page, axe):
    """What axe finds wrong, and how far the page runs out of its width."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
    unsure = {one["id"] for one in found["incomplete"]} - UNDECIDED
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return sorted({one["id"] for one in found["violations"]} | unsure), sideways


@pytest.mark.parametrize("width", [1280, 768, 320])
def test_every_component_passes_axe_and_fits_its_width(site, opened, axe, width):
    in_harrow()
    page = opened(width=width)
    page.goto(f"{site}/design/")

    assert looked_at(page, axe) == ([], 0)


def test_every_other_page_passes_axe_on_a_phone(site, opened, axe):
    page = opened(width=320)

    for address in PAGES:
        page.goto(f"{site}{address}")
        assert (address, *looked_at(page, axe)) == (address, [], 0)


def test_axe_and_width_find_what_is_wrong(site, opened, axe):
    page = opened(width=320)
    page.goto(f"{site}/privacy/")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=\"data:,\"><input>' + 'x'.repeat(300)")

    wrong, sideways = looked_at(page, axe)

    assert {"image-alt", "label"} <= set(wrong)
    assert sideways > 0


def test_keyboard_goes_through_the_page_in_order_and_is_seen(site, opened):
    in_harrow()
    page = opened()
    page.goto(f"{site}/meeting/")
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                """() => { const one = document.activeElement, style = getComputedStyle(one);
                return [one.innerText || one.name, style.boxShadow !== 'none' || style.outlineStyle !== 'none'] }"""
            )
        )

    assert [name.strip() for name, _ in reached] == [
        "Skip to main content", "Safer Harrow", "People", "Components", "Ann Example", "Sign out", "Cymraeg",
        "name", "day-day", "day-month", "day-year", "Continue",
    ]  # fmt: skip
    assert all(seen for _, seen in reached)


def test_skip_link_leads_to_the_content(site, opened):
    in_harrow()
    page = opened()
    page.goto(f"{site}/meeting/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.name") == "name"


def test_links_of_the_summary_reach_what_is_wrong(site, opened):
    page = opened()
    page.goto(f"{site}/meeting/")
    page.fill("[name=day-day]", "7")
    page.click("main button")

    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.click("text=Enter a day, a month and a year >> nth=0")
    assert page.evaluate("document.activeElement.name") == "day-month"
    page.click(".govuk-error-summary >> text=Enter the name of the meeting")
    assert page.evaluate("document.activeElement.name") == "name"


def test_form_works_without_javascript(site, opened):
    page = opened(script=False)
    page.goto(f"{site}/meeting/")
    page.click("main button")

    assert page.locator(".govuk-error-summary").is_visible()
    page.click("text=Cymraeg")
    assert page.locator("text=Neidio i’r prif gynnwys").count() == 1


def test_style_is_ours_and_the_partnerships(site, opened):
    in_harrow(colour="#ffdd00")
    page = opened()
    page.goto(f"{site}/privacy/")

    assert (
        page.evaluate("getComputedStyle(document.querySelector('.govuk-generic-header')).backgroundColor")
        == "rgb(255, 221, 0)"
    )
    assert page.evaluate("getComputedStyle(document.querySelector('header a')).color") == "rgb(11, 12, 12)"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily") == "arial, sans-serif"


def test_every_sheet_is_marked_and_has_nothing_to_press(site, opened):
    page = opened()
    page.goto(f"{site}/design/")

    with pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
        sheets = [sheet.get_textpage().get_text_range() for sheet in printed]

    assert len(sheets) > 2
    assert {text.count("OFFICIAL-SENSITIVE") for text in sheets} == {2}
    assert "Frankpledge" in sheets[0]
    assert "Cymraeg" not in sheets[0]
    assert f"2 / {len(sheets)}" in sheets[1]


@pytest.fixture
def at_work(site, opened):
    """Two tabs of somebody signed in, and a clock of their own that stands still."""
    in_harrow()
    first = opened()
    first.context.clock.install(time=0)
    first.context.clock.pause_at(1000)
    second = opened(beside=first)
    first.goto(f"{site}/meeting/")
    first.focus("[name=name]")
    second.goto(f"{site}/told/")
    return first, second


def wait(first, minutes):
    """Nobody does anything for some minutes; both tabs have one clock."""
    first.context.clock.run_for(int(minutes * 60_000))


def open_dialogs(pages):
    return [page.evaluate("document.querySelector('#time-out').open") for page in pages]


def test_warning_comes_two_minutes_before_the_end_and_counts_down(at_work):
    first, second = at_work

    wait(first, 12.9)
    assert open_dialogs(at_work) == [False, False]
    for minutes, words in ((0.2, "in 2 minutes."), (1, "in 1 minute."), (0.5, "in 30 seconds.")):
        wait(first, minutes)
        assert open_dialogs(at_work) == [True, True]
        for page in at_work:
            assert page.inner_text("#time-out [role=status]").endswith(words)


def test_warning_takes_the_keyboard_and_gives_it_back(at_work, axe):
    page, _ = at_work
    wait(page, 13.5)

    assert page.evaluate("document.activeElement.innerText") == "Stay signed in"
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('#time-out')"
        )
    with page.expect_response("**/keep-alive/") as answer:
        page.keyboard.press("Escape")
    assert answer.value.status == 204
    page.wait_for_selector("#time-out:not([open])", state="attached")
    assert page.evaluate("document.activeElement.name") == "name"


def test_warning_passes_axe_on_a_phone(site, opened, axe):
    in_harrow()
    page = opened(width=320)
    page.goto(f"{site}/told/")
    page.evaluate("document.querySelector('#time-out').showModal()")

    assert looked_at(page, axe) == ([], 0)


def test_to_stay_in_one_tab_is_to_stay_in_all(at_work):
    first, second = at_work
    wait(first, 13.5)

    second.click("text=Stay signed in")

    for page in at_work:
        page.wait_for_selector("#time-out:not([open])", state="attached")
    assert second.evaluate("Object.keys(localStorage)") == ["frankpledge.last-active"]
    assert second.evaluate("localStorage['frankpledge.last-active']").isdecimal()
    wait(first, 12.9)
    assert open_dialogs(at_work) == [False, False]


def test_when_time_is_up_every_tab_goes_and_nothing_is_left_to_read(at_work):
    first, second = at_work
    wait(first, 15.1)

    for page in at_work:
        page.wait_for_url("**/signed-out/")
        assert "meeting" not in page.inner_text("main")


def test_who_is_signed_out_already_is_told_when_they_want_to_stay(at_work):
    page, _ = at_work
    page.route("**/keep-alive/", lambda route: route.fulfill(status=302, headers={"Location": "/privacy/"}))
    wait(page, 13.5)

    page.click("text=Stay signed in")

    page.wait_for_url("**/signed-out/")


def test_without_a_connection_the_warning_stays_and_can_be_tried_again(at_work):
    page, _ = at_work
    page.route("**/keep-alive/", lambda route: route.abort())
    wait(page, 13.5)
    with page.expect_event("requestfailed"):
        page.click("text=Stay signed in")
    assert page.evaluate("document.querySelector('#time-out').open")

    page.unroute("**/keep-alive/")
    page.click("text=Stay signed in")

    page.wait_for_selector("#time-out:not([open])", state="attached")


def test_progress_is_said_when_it_changes_and_leads_on(site, opened):
    page = opened()
    page.context.clock.install()
    page.goto(f"{site}/job/")
    page.evaluate(
        """() => { sessionStorage.said = ""; new MutationObserver(() => {
        sessionStorage.said += document.querySelector('[data-poll] [role=status]').textContent + ';'
        }).observe(document.querySelector('[data-poll]'), {subtree: true, childList: true, characterData: true}) }"""
    )

    for _ in range(2):
        with page.expect_response("**/job.json"):
            page.context.clock.run_for(2000)

    page.wait_for_url("**/signed-out/")
    assert page.evaluate("sessionStorage.said") == "Done;"

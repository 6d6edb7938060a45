"""The furniture of every page: whose it is, how confidential, in which language; and the error pages."""

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.test import Client
from lxml import html

from tests.web.design.asking import LOGO, in_harrow
from tests.web.design.urls import SECRET

PAGES = ["/design/", "/accessibility/", "/privacy/", "/signed-out/", "/meeting/", "/told/", "/job/", "/nowhere/"]


def page(response):
    return html.document_fromstring(response.content.decode())


def words(tree, path):
    return " ".join(tree.xpath(f"string({path})").split())


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("signed_in", [False, True])
def test_every_page_has_its_furniture(client, address, signed_in):
    if signed_in:
        in_harrow()

    tree = page(client.get(address))

    assert tree.get("lang") == "en-gb"
    assert len(tree.xpath("//h1")) == len(tree.xpath("//main[@id='main-content']")) == 1
    assert tree.xpath("//body//a/@href")[0] == "#main-content"
    assert len(tree.xpath("//header")) == len(tree.xpath("//footer")) == 1
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert bool(tree.xpath("//dialog")) is (signed_in and address != "/signed-out/")


def test_title_is_heading_and_whose_page_it_is(client):
    in_harrow()
    tree = page(client.get("/privacy/"))

    assert words(tree, "//title") == "Privacy and cookies – Safer Harrow"
    assert words(tree, "//h1") == "Privacy and cookies"


def test_page_is_in_the_partnerships_colour_with_its_logo(client):
    in_harrow(colour="#ffdd00")
    tree = page(client.get("/privacy/"))

    assert words(tree, "//style") == ":root { --govuk-brand-colour: #ffdd00; --brand-text-colour: #0b0c0c; }"
    assert tree.xpath("//header//img/@src") == [LOGO]
    assert words(tree, "//header//a") == "Safer Harrow"


def test_what_is_no_colour_or_picture_never_gets_on_a_page(client):
    in_harrow(colour="red;}</style><script>", logo="https://elsewhere.example.org/a.png")
    response = client.get("/privacy/")

    assert "--govuk-brand-colour: #12436D" in response.content.decode()
    assert b"elsewhere" not in response.content


def test_menu_marks_the_page_one_is_on(client):
    in_harrow()
    tree = page(client.get("/design/"))

    assert words(tree, "//nav//a[@aria-current='page']") == "Components"
    assert words(tree, "//a[@href='/account/']") == "Ann Example"
    (form,) = tree.xpath("//header//form[@action='/leave/']")
    assert form.get("method") == "post"
    assert form.xpath(".//input[@name='csrfmiddlewaretoken']")


def test_public_page_has_no_menu_and_no_time_out(client):
    tree = page(client.get("/privacy/"))

    assert tree.xpath("//header//nav") == []
    assert "Frankpledge" in words(tree, "//header")


def test_marking_and_phase_stand_in_the_header(client):
    tree = page(client.get("/design/"))

    assert "OFFICIAL-SENSITIVE" in words(tree, "//header")
    assert "Beta" in words(tree, "//header")
    assert "OFFICIAL-SENSITIVE" not in words(page(client.get("/privacy/")), "//body")


def test_language_is_changed_by_a_form_and_comes_back_to_the_page():
    client = Client(enforce_csrf_checks=True)
    tree = page(client.get("/privacy/?since=2026"))
    (form,) = tree.xpath("//form[.//button[@name='language']]")
    sent = {one.get("name"): one.get("value") for one in form.xpath(".//input | .//button")}

    response = client.post(form.get("action"), sent)

    assert response.url == "/privacy/?since=2026"
    welsh = page(client.get("/privacy/"))
    assert welsh.get("lang") == "cy"
    assert words(welsh, "//h1") == "Preifatrwydd a chwcis"


def test_language_goes_to_no_other_site(client):
    response = client.post("/language/", {"language": "cy", "next": "https://elsewhere.example.org/"})

    assert response.url == "/"


def test_language_is_not_changed_by_a_link(client):
    assert client.get("/language/?language=cy").status_code == 405


def test_messages_are_announced_and_escaped(client):
    tree = page(client.get("/told/"))

    banners = tree.xpath("//main//*[@role='status']")
    assert [words(one, ".//h2") for one in banners] == ["Success", "Important"]
    assert words(banners[1], ".//p") == "<b>Two</b> memberships end this month."
    for one in banners:
        assert tree.xpath(f"//*[@id='{one.get('aria-labelledby')}']")


def test_form_with_errors_says_so_in_its_title_and_first_on_the_page(client):
    tree = page(client.post("/meeting/", {"day-day": "31", "day-month": "2", "day-year": "2026"}))

    assert words(tree, "//title").startswith("Error: Plan a meeting – ")
    summary = tree.xpath("//main//*[@role='alert']")[0]
    assert words(summary, ".//h2") == "There is a problem"
    assert tree.xpath("//main//*[@role='alert']//a/@href") == ["#id_name", "#id_day-day"]
    for target in ("id_name", "id_day-day"):
        assert tree.xpath(f"//input[@id='{target}']")


def test_form_without_errors_says_nothing(client):
    tree = page(client.get("/meeting/"))

    assert words(tree, "//title") == "Plan a meeting – Frankpledge"
    assert tree.xpath("//*[@role='alert']") == []
    (form,) = tree.xpath("//main//form")
    assert form.get("novalidate") is not None
    assert form.get("enctype") is None


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/bad/", 400, "The site could not read what was sent"),
        ("/nowhere/", 404, "Page not found"),
        ("/often/", 429, "Too much was asked in a short time"),
        ("/broken/", 500, "Sorry, something went wrong"),
        ("/upgrading/", 503, "The site is being upgraded"),
    ],
)
def test_error_page_says_what_to_do_and_nothing_of_the_inside(client, address, status, heading):
    client.raise_request_exception = False

    response = client.get(address)

    assert response.status_code == status
    assert words(page(response), "//h1") == heading
    assert words(page(response), "//main//p")
    assert SECRET not in response.content.decode()


def test_forbidden_looks_missing_to_an_outsider_to_the_letter(client):
    missing, forbidden = client.get("/nowhere/"), client.get("/forbidden/")

    def told(response):
        return [words(page(response), "//title"), words(page(response), "//main")]

    assert missing.status_code == forbidden.status_code == 404
    assert told(missing) == told(forbidden)
    assert dict(missing.headers).keys() == dict(forbidden.headers).keys()


def test_forbidden_is_said_to_somebody_of_the_partnership(client):
    in_harrow()
    response = client.get("/forbidden/")

    assert response.status_code == 403
    assert words(page(response), "//h1") == "You cannot see or do this"
    assert SECRET not in response.content.decode()


def test_form_from_elsewhere_is_refused_with_a_page():
    response = Client(enforce_csrf_checks=True).post("/meeting/", {"name": "x"})

    assert response.status_code == 403
    assert words(page(response), "//h1") == "The form was open too long"


def test_upgrade_says_when_to_come_back(client):
    assert int(client.get("/upgrading/")["Retry-After"]) > 0


@pytest.mark.parametrize("address", ["/broken/", "/upgrading/"])
def test_static_error_page_asks_only_for_files_that_are_there(client, address):
    client.raise_request_exception = False
    tree = page(client.get(address))

    files = tree.xpath("//link/@href")
    assert len(files) == 2
    assert all(find(one.removeprefix(f"/{settings.STATIC_URL.strip('/')}/")) for one in files)
    assert words(tree, "//*[@lang='cy']")


def test_staying_signed_in_is_asked_for_with_a_token():
    client = Client(enforce_csrf_checks=True)

    assert client.post("/keep-alive/").status_code == 403
    assert Client().post("/keep-alive/").status_code == 204
    assert Client().get("/keep-alive/").status_code == 405


def test_time_out_knows_its_limits_and_where_to_go(client, settings):
    settings.IDLE_MINUTES = 15
    in_harrow()
    tree = page(client.get("/privacy/"))

    (dialog,) = tree.xpath("//dialog[@role='alertdialog']")
    assert (dialog.get("data-idle-seconds"), dialog.get("data-warning-seconds")) == ("900", "120")
    assert (dialog.get("data-keep-alive"), dialog.get("data-signed-out")) == ("/keep-alive/", "/signed-out/")
    for name in ("aria-labelledby", "aria-describedby"):
        assert tree.xpath(f"//*[@id='{dialog.get(name)}']")
    assert "15 minutes" in words(tree, "//noscript")


def test_page_that_waits_asks_again_without_javascript(client):
    tree = page(client.get("/job/"))

    assert tree.xpath("//head/noscript/meta/@http-equiv") == ["refresh"]
    assert words(tree, "//main//*[@role='status']") == "Reading the first file"

"""From an address and what was asked for to the files to get."""

import gzip
import json

import pytest

from frankpledge.errors import FetchError
from frankpledge.fetching.definition import Listing, Newest, Part
from frankpledge.fetching.finding import Asked, find_files
from frankpledge.periods import parse_period
from tests.unit.fetching.conftest import status, whole

ARCHIVE = {
    "url": "https://example.org/{month}.zip",
    "months_in_one": 36,
    "parts": (Part("*{month}-{force}-street.csv", "police-uk-street"),),
}


def months(*texts):
    return [parse_period(text).first for text in texts]


def found(errand, wanted, asked=None, **address):
    made = errand()
    return find_files(made.errand.within("test"), wanted("http://x/", **address).address, asked or Asked())


def page(text):
    return whole(text, Content_Type="text/html")


def answer(value):
    return whole(json.dumps(value), Content_Type="application/json")


def test_fixed_address_is_one_file_named_by_its_end(errand, wanted):
    (one,) = found(errand, wanted, url="https://example.org/a/File%207%20(2019).csv?x=1", most=5, least=2)

    assert (one.name, one.url) == ("File 7 (2019).csv", "https://example.org/a/File%207%20(2019).csv?x=1")
    assert (one.most, one.least, one.members) == (5, 2, {})


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://example.org/", "test"),
        ("https://example.org/..%2F..%2Fetc%2Fpasswd", "passwd"),
        ("https://example.org/.hidden", "hidden"),
        ("https://example.org/a%00b.csv", "a-b.csv"),
        ("https://example.org/c:%5Cwindows%5Cx.csv", "x.csv"),
    ],
)
def test_name_is_never_a_path(errand, wanted, url, name):
    (one,) = found(errand, wanted, url=url)

    assert one.name == name


def test_archive_of_three_years_is_asked_for_by_its_last_month_and_no_oftener_than_needed(errand, wanted):
    first, last = months("2019-02", "2023-12")

    files = found(errand, wanted, Asked(first, last, ("bedfordshire",)), **ARCHIVE)

    assert [one.url for one in files] == ["https://example.org/2020-12.zip", "https://example.org/2023-12.zip"]
    old, new = (list(one.members) for one in files)
    assert (old[0], old[-1], len(old)) == (
        "*2019-02-bedfordshire-street.csv",
        "*2020-12-bedfordshire-street.csv",
        23,
    )
    assert (new[0], new[-1], len(new)) == ("*2021-01-bedfordshire-street.csv", "*2023-12-bedfordshire-street.csv", 36)


def test_only_the_forces_asked_for_are_taken(errand, wanted):
    first, last = months("2023-12", "2023-12")

    (one,) = found(errand, wanted, Asked(first, last, ("bedfordshire", "kent")), **ARCHIVE)

    assert one.members == {
        "*2023-12-bedfordshire-street.csv": "police-uk-street",
        "*2023-12-kent-street.csv": "police-uk-street",
    }


def test_force_that_is_not_known_is_asked_for(errand, wanted):
    with pytest.raises(FetchError, match="not known which police force covers this partnership. Say it: “--force"):
        found(errand, wanted, **ARCHIVE)


def test_usual_months_are_three_years_to_two_months_ago(errand, wanted):
    (one,) = found(errand, wanted, Asked(forces=("kent",)), **ARCHIVE)

    assert one.url == "https://example.org/2024-01.zip"
    assert (min(one.members), max(one.members)) == ("*2021-02-kent-street.csv", "*2024-01-kent-street.csv")


def test_publisher_says_which_month_is_the_newest(server, errand, wanted):
    newest = Newest(server.serve("/newest", answer({"date": "2023-11-01"})), "date")

    (one,) = found(errand, wanted, Asked(forces=("kent",), last=months("2024-02")[0]), newest=newest, **ARCHIVE)

    assert one.url == "https://example.org/2023-11.zip"


def test_months_after_the_newest_are_not_there(server, errand, wanted):
    newest = Newest(server.serve("/newest", answer({"date": "2023-11-01"})), "date")
    first, last = months("2024-01", "2024-02")

    with pytest.raises(FetchError, match="the newest month there is November 2023"):
        found(errand, wanted, Asked(first, last, ("kent",)), newest=newest, **ARCHIVE)


@pytest.mark.parametrize("given", [{"date": "soon"}, {"date": "2023-13-01"}, [], {}])
def test_newest_month_that_is_none_is_said(server, errand, wanted, given):
    newest = Newest(server.serve("/newest", answer(given)), "date")

    with pytest.raises(FetchError, match="does not say which month is its newest"):
        found(errand, wanted, Asked(forces=("kent",)), newest=newest, **ARCHIVE)


def test_every_month_every_year_and_every_word_has_its_file(errand, wanted):
    first, last = months("2022-11", "2023-01")

    monthly = found(errand, wanted, Asked(first, last), url="https://example.org/{month}.csv")
    yearly = found(
        errand, wanted, Asked(first, last), url="https://example.org/{year}/{t}.csv", each=(("t", ("a", "b")),)
    )
    forces = found(errand, wanted, Asked(first, last, ("kent", "essex")), url="https://example.org/{force}.csv")

    assert [one.name for one in monthly] == ["2022-11.csv", "2022-12.csv", "2023-01.csv"]
    assert [one.url[20:] for one in yearly] == ["2022/a.csv", "2023/a.csv", "2022/b.csv", "2023/b.csv"]
    assert [one.name for one in forces] == ["kent.csv", "essex.csv"]


def test_areas_of_the_partnership_are_put_in(errand, wanted):
    (one,) = found(errand, wanted, Asked(areas=("E1", "E2")), url="https://example.org/x?g={areas}", saved_as="a.csv")

    assert (one.url, one.name) == ("https://example.org/x?g=E1,E2", "a.csv")


CKAN = {"result": {"resources": [{"name": "Borough (new)", "url": "/b2.csv"}, {"name": "Ward", "url": "/w.csv"}]}}
BY_ID = {"resources": {"x": {"title": "Borough", "url": "https://example.org/b.csv"}, "y": {"title": "Ward"}, "z": 1}}


def test_list_in_json_gives_the_entries_whose_title_is_wanted(server, errand, wanted):
    url = server.serve("/list", answer(CKAN))
    listing = Listing(url, "result.resources", "name", "{url}", "(?i)^borough", False)

    (one,) = found(errand, wanted, listing=listing)

    assert (one.url, one.name) == (server.url + "/b2.csv", "b2.csv")


def test_list_may_be_a_mapping_and_an_address_be_made_of_an_entry(server, errand, wanted):
    url = server.serve("/list", answer(BY_ID))

    (one,) = found(errand, wanted, listing=Listing(url, "resources", "title", "{url}", "Borough|Ward", False))
    assert one.url == "https://example.org/b.csv"

    made = Listing(url, "resources", "title", "https://example.org/{title}/data", "Borough|Ward", True)
    (first,) = found(errand, wanted, listing=made, saved_as="x.zip")
    assert (first.url, first.name) == ("https://example.org/Borough/data", "x.zip")


@pytest.mark.parametrize("given", [CKAN, {"result": None}, [], {"result": {"resources": []}}])
def test_list_without_what_is_wanted_says_where_it_looked(server, errand, wanted, given):
    url = server.serve("/list", answer(given))

    with pytest.raises(FetchError, match="nothing in the publisher's list is called anything like it") as error:
        found(errand, wanted, listing=Listing(url, "result.resources", "name", "{url}", "Lsoa", False))
    assert "https://example.org/page" in error.value.to_do


def test_list_that_is_not_json_or_an_error_is_said(server, errand, wanted):
    bad = Listing(server.serve("/bad", whole("<oops", Content_Type="application/json")), "a", "b", "{url}", "x", False)
    wrong = Listing(
        server.serve("/wrong", answer({"error": {"message": "no such thing"}})), "a", "b", "{c}", "x", False
    )

    with pytest.raises(FetchError, match="cannot be read as JSON"):
        found(errand, wanted, listing=bad)
    with pytest.raises(FetchError, match="answers with an error: no such thing"):
        found(errand, wanted, listing=wrong)


def test_list_that_is_gone_is_said(server, errand, wanted):
    gone = Listing(server.serve("/gone", status(404)), "a", "b", "{url}", "x", False)

    with pytest.raises(FetchError, match="may have moved"):
        found(errand, wanted, listing=gone)


def test_page_gives_the_links_that_are_wanted(server, errand, wanted):
    text = '<a href="/one.csv">Annual <b>tables</b></a> <a href="/two.xlsx">Annual</a> <a>none</a> <p>/three.csv</p>'
    listing = Listing(server.serve("/page", page(text)), "", "title", "{url}", r"Annual tables.*\.csv$", False)

    (one,) = found(errand, wanted, listing=listing)

    assert one.url == server.url + "/one.csv"


def test_page_may_lead_to_the_page_with_the_files(server, errand, wanted):
    start = server.serve("/series", page('<a href="quarter">Quarter</a><a href="new/">Annual report</a><a>x</a>'))
    server.serve("/new/", page('<a href="data.csv">CSV</a>'))
    listing = Listing(start, "", "title", "{url}", r"\.csv$", False, through="Annual")

    (one,) = found(errand, wanted, listing=listing)

    assert one.url == server.url + "/new/data.csv"


def test_page_that_leads_nowhere_is_said(server, errand, wanted):
    start = server.serve("/series", page("<p>moved</p>"))

    with pytest.raises(FetchError, match="nothing in the publisher's list"):
        found(errand, wanted, listing=Listing(start, "", "title", "{url}", r"\.csv$", False, through="Annual"))


def test_list_too_large_is_not_read(server, errand, wanted, monkeypatch):
    monkeypatch.setattr("frankpledge.fetching.asking._MOST_LIST", 100)
    listing = Listing(server.serve("/list", page("x" * 101)), "", "title", "{url}", "x", False)

    with pytest.raises(FetchError, match="larger than it should be"):
        found(errand, wanted, listing=listing)


def test_list_that_the_server_packed_is_unpacked(server, errand, wanted):
    packed = gzip.compress(json.dumps(CKAN).encode())
    url = server.serve("/list", whole(packed, Content_Encoding="gzip", Content_Type="application/json"))

    (one,) = found(errand, wanted, listing=Listing(url, "result.resources", "name", "{url}", "Ward", False))

    assert one.name == "w.csv"

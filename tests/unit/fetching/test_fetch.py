"""Fetching from end to end, from a server on this machine into a workspace."""

import gzip
import io
import json
import zipfile
from dataclasses import replace

import pytest

from frankpledge.errors import WorkspaceError
from frankpledge.fetching.definition import Layer, Listing, Part
from frankpledge.fetching.fetch import fetch, fetching
from frankpledge.fetching.finding import Asked
from frankpledge.periods import parse_period
from tests.conftest import crime, write_boroughs, write_street
from tests.unit.fetching.conftest import cut, send, status, whole


@pytest.fixture
def table(tmp_path):
    """A small table of boroughs as the publisher writes it."""
    return write_boroughs(tmp_path, "made.csv").read_bytes()


@pytest.fixture
def fetched(workspace, errand, wanted):
    """Fetch an address; returns the outcomes."""

    def run(*addresses, asked=None, made=None, **address):
        made = made or errand()
        addresses = addresses or (wanted("x", **address).address,)
        return list(fetch(workspace, made.errand, list(addresses), asked or Asked()))

    return run


def outcomes(run):
    return [one.outcome for one in run]


def left(errand):
    return sorted(path.relative_to(errand.folder).as_posix() for path in errand.folder.rglob("*") if path.is_file())


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_file_is_added_with_its_address_and_nothing_is_left_behind(server, workspace, errand, fetched, table):
    url = server.serve("/boroughs.csv", whole(table, ETag='"1"'))
    made = errand()

    (one,) = fetched(made=made, url=url)

    assert one.outcome == "added"
    (file,) = workspace.raw_files()
    assert (file.name, file.source, file.address) == ("boroughs.csv", "mps-borough", url)
    assert file.path.read_bytes() == table
    assert left(made) == ["fetched.json"]


def test_same_content_under_another_address_is_nothing_new(server, workspace, fetched, table):
    fetched(url=server.serve("/a.csv", whole(table)))
    before = [(file.path, file.path.stat().st_mtime_ns) for file in workspace.raw_files()]

    (one,) = fetched(url=server.serve("/b.csv", whole(table)))

    assert (one.outcome, one.words) == ("held", "b.csv: nothing new.")
    assert [(file.path, file.path.stat().st_mtime_ns) for file in workspace.raw_files()] == before


def test_file_that_has_not_changed_is_not_sent_again(server, workspace, fetched, table):
    url = server.serve("/a.csv", whole(table, ETag='"1"'))
    fetched(url=url)

    (one,) = fetched(url=url)

    assert one.outcome == "held"
    assert one.words.startswith("a.csv: nothing new since 20")
    assert server.requests("/a.csv")[1]["If-None-Match"] == '"1"'


def test_file_that_has_changed_is_added_beside_the_old_one(server, workspace, tmp_path, fetched, table):
    new = write_boroughs(tmp_path, "new.csv", months=("2018-01", "2018-02")).read_bytes()
    url = server.serve("/a.csv", whole(table, ETag='"1"'), whole(new, ETag='"2"'))

    assert outcomes(fetched(url=url)) == outcomes(fetched(url=url)) == ["added"]
    assert sorted(file.path.read_bytes() for file in workspace.raw_files()) == sorted([table, new])


def test_file_that_is_no_longer_held_is_fetched_again(server, workspace, fetched, table):
    url = server.serve("/a.csv", whole(table, ETag='"1"'))
    fetched(url=url)
    for path in workspace.raw.glob("*/*"):
        path.unlink()

    assert outcomes(fetched(url=url)) == ["added"]


def test_spoilt_ledger_only_costs_another_download(server, errand, fetched, table):
    url = server.serve("/a.csv", whole(table, ETag='"1"'))
    fetched(url=url)
    for spoilt in ("{", "[]", '{"x": {}}', '{"x": 1}'):
        (errand().folder / "fetched.json").write_text(spoilt)

        assert outcomes(fetched(url=url)) == ["held"]
        assert "If-None-Match" not in server.requests("/a.csv")[-1]


def test_another_content_is_refused_and_not_kept(server, workspace, errand, tmp_path, fetched):
    street = write_street(tmp_path, crimes=[crime("E01000001")]).read_bytes()
    made = errand()

    (known,) = fetched(made=made, url=server.serve("/a.csv", whole(street)))
    (unknown,) = fetched(made=made, url=server.serve("/b.csv", whole("a,b\n1,2\n")))

    assert (known.outcome, unknown.outcome) == ("refused", "refused")
    assert "is not what it should be (Recorded crime by borough): it is Street-level crime" in known.words
    assert "no source knows it" in unknown.words
    assert "was not kept" in unknown.words
    assert workspace.raw_files() == []
    assert left(made) == []


def test_empty_or_unreadable_content_is_refused(server, fetched):
    (one,) = fetched(url=server.serve("/a.csv", whole("a;b;c\n1;2;3\n")))

    assert one.outcome == "refused"
    assert "was not kept" in one.words


def test_web_page_that_says_it_is_a_table_is_refused(server, fetched):
    (one,) = fetched(url=server.serve("/a.csv", whole("\n <!DOCTYPE html><html>Sorry</html>")))

    assert "a web page came instead of the file" in one.words


def test_gzip_is_read_to_its_end(server, workspace, fetched, table):
    packed = gzip.compress(table * 200)
    (cut_short,) = fetched(url=server.serve("/short.csv.gz", whole(packed[:-20])))
    (good,) = fetched(url=server.serve("/good.csv.gz", whole(packed)))

    assert "short.csv.gz arrived damaged" in cut_short.words
    assert "was not kept" in cut_short.words
    assert good.outcome == "added"
    assert [file.name for file in workspace.raw_files()] == ["good.csv.gz"]


def test_gzip_that_the_server_put_round_it_is_taken_off(server, workspace, fetched, table):
    packed = gzip.compress(table)
    (good,) = fetched(url=server.serve("/a.csv", whole(packed, Content_Encoding="gzip")))
    (bad,) = fetched(url=server.serve("/b.csv", whole(packed[:-9], Content_Encoding="x-gzip")))

    assert (good.outcome, bad.outcome) == ("added", "refused")
    assert workspace.raw_files()[0].path.read_bytes() == table


def test_file_packed_beyond_measure_is_refused(server, errand, fetched):
    bomb = gzip.compress(bytes(60 * 10**6))
    inner = zipped(**{"x.csv": bytes(60 * 10**6)})
    made = errand()

    plain = fetched(made=made, url=server.serve("/a.csv.gz", whole(bomb)))
    packed = fetched(made=made, url=server.serve("/b.csv", whole(bomb, Content_Encoding="gzip")))
    book = fetched(made=made, url=server.serve("/c.xlsx", whole(inner)))
    member = fetched(made=made, url=server.serve("/d.zip", whole(inner)), parts=(Part("*.csv", "mps-borough"),))

    for (one,) in (plain, packed, book, member):
        assert "as no true file does. It was not kept" in one.words
    assert left(made) == []


def test_json_cut_short_is_damaged_and_a_message_of_an_error_is_none(server, fetched):
    (short,) = fetched(url=server.serve("/a.json", whole('{"type": "FeatureCollection", "features": [')))
    (wrong,) = fetched(url=server.serve("/b.json", whole('{"error": {"code": 400, "message": "Invalid URL"}}')))

    assert "a.json arrived damaged" in short.words
    assert "the publisher answers with an error: Invalid URL" in wrong.words


def test_table_whose_end_nobody_marks_is_not_trusted_but_a_gzip_is(server, workspace, fetched, table):
    (plain,) = fetched(url=server.serve("/a.csv", whole(table, announced="nothing")))
    (packed,) = fetched(url=server.serve("/a.csv.gz", whole(gzip.compress(table), announced="nothing")))

    assert "cannot be known whether it is whole" in plain.words
    assert packed.outcome == "added"


def test_one_address_that_fails_does_not_stop_the_others(server, wanted, fetched, table):
    gone = wanted("x", url=server.serve("/gone.csv", status(404))).address
    good = replace(wanted("x", url=server.serve("/good.csv", whole(table))).address, name="other")

    first, second = fetched(gone, good)

    assert (first.outcome, second.outcome) == ("refused", "added")
    assert "may have moved" in first.words


def test_source_that_nobody_reads_yet_is_not_fetched(server, fetched):
    (one,) = fetched(url=server.serve("/a.csv", whole("x")), parts=(Part("", "moon-phases"),))

    assert "no source here reads it yet (moon-phases)" in one.words
    assert server.asked == []


POLICE = (
    Part("*{month}-{force}-street.csv", "police-uk-street"),
    Part("*{month}-{force}-stop-and-moon.csv", "moon-phases"),
)


def test_only_what_is_wanted_is_taken_out_of_an_archive(server, workspace, errand, tmp_path, fetched):
    made = errand()
    street = {
        f"2018-0{month}/2018-0{month}-{force}-street.csv": write_street(
            tmp_path, f"{force}{month}.csv", month=f"2018-0{month}", crimes=[crime("E01000001")] * size
        ).read_bytes()
        for size, force in ((1, "kent"), (2, "essex"))
        for month in (1, 2)
    }
    url = server.serve("/2018-03.zip", whole(zipped(**street, **{"2018-01/../../../evil.csv": "a,b\n"}), ETag='"1"'))
    first, last = parse_period("2018-Q1").first, parse_period("2018-Q1").last
    options = {"url": server.url + "/{month}.zip", "months_in_one": 36, "parts": POLICE}

    run = fetched(made=made, asked=Asked(first, last, ("kent",)), **options)

    assert url.endswith("/2018-03.zip")
    assert outcomes(run) == ["added", "added"]
    assert [file.name for file in workspace.raw_files()] == ["2018-01-kent-street.csv", "2018-02-kent-street.csv"]
    assert {file.address for file in workspace.raw_files()} == {url}
    assert made.said == ["2018-03.zip: 1 of 3 are not in it, such as *2018-03-kent-street.csv."]
    assert left(made) == ["fetched.json"]

    # The same archive is asked for again when more is wanted out of it, and only then.
    again = fetched(asked=Asked(first, last, ("kent",)), **options)
    more = fetched(asked=Asked(first, last, ("kent", "essex")), **options)
    assert outcomes(again) == ["held"]
    assert outcomes(more) == ["held", "added", "held", "added"]


def test_member_that_is_damaged_is_not_kept(server, workspace, errand, tmp_path, fetched):
    packed = bytearray(zipped(**{"a.csv": write_boroughs(tmp_path).read_bytes() * 50}))
    packed[60:70] = b"spoilt....".ljust(10)
    made = errand()

    (one,) = fetched(made=made, url=server.serve("/a.zip", whole(bytes(packed))), parts=(Part("*.csv", "mps-borough"),))

    assert "a.zip arrived damaged (a.csv: " in one.words
    assert workspace.raw_files() == []
    assert left(made) == []


def test_archive_cut_short_locked_or_without_what_is_wanted_is_refused(server, fetched, table):
    packed = zipped(**{"a.csv": table})
    locked = bytearray(packed)
    # The first bit of the flags, in the member's own head and in the list at the end.
    locked[6] |= 1
    locked[packed.index(b"PK\x01\x02") + 8] |= 1
    parts = (Part("*.csv", "mps-borough"),)

    (short,) = fetched(url=server.serve("/a.zip", whole(packed[:-30])), parts=parts)
    (shut,) = fetched(url=server.serve("/b.zip", whole(bytes(locked))), parts=parts)
    (other,) = fetched(url=server.serve("/c.zip", whole(packed)), parts=(Part("*.xml", "mps-borough"),))
    (plain,) = fetched(url=server.serve("/d.zip", whole(table)), parts=parts)

    assert "a.zip arrived damaged" in short.words
    assert "a.csv in it is locked with a password" in shut.words
    assert "nothing that is wanted is in it, such as *.xml" in other.words
    assert "it is no ZIP" in plain.words


def test_archive_is_gone_on_with(server, workspace, fetched, table):
    packed = zipped(**{"a.csv": table})
    url = server.serve("/a.zip", cut(packed, 50, ETag='"1"'), whole(packed, ETag='"1"'))

    assert outcomes(fetched(url=url, parts=(Part("*.csv", "mps-borough"),))) == ["added"]
    assert server.requests("/a.zip")[1]["Range"] == "bytes=50-"


def test_every_file_of_a_list_is_fetched(server, workspace, tmp_path, fetched, table):
    new = write_boroughs(tmp_path, "new.csv", months=("2018-02",)).read_bytes()
    items = [{"title": "Borough", "url": "/1/a.csv"}, {"title": "Borough", "url": "/2/b.csv"}]
    server.serve("/1/a.csv", whole(table))
    server.serve("/2/b.csv", whole(new))
    url = server.serve("/list", whole(json.dumps({"files": items}), Content_Type="application/json"))

    run = fetched(listing=Listing(url, "files", "title", "{url}", "Borough", False))

    assert outcomes(run) == ["added", "added"]
    assert [file.name for file in workspace.raw_files()] == ["a.csv", "b.csv"]


FIELDS = ("FID", "LAD24CD", "LAD24NM", "CSP24CD", "CSP24NM")


class Service:
    """A feature service that hands out so many rows at once."""

    def __init__(self, server, rows, at_once=2, edited=1, spoil=None):
        self.rows, self.at_once, self.edited, self.spoil = rows, at_once, edited, spoil or (lambda rows: rows)
        self.pages = []
        server.serve("/layer", lambda handler: self.about(handler))
        server.serve("/layer/query", lambda handler: self.query(handler))
        self.url = server.url + "/layer"

    def about(self, handler):
        fields = [{"name": name} for name in FIELDS]
        self.reply(
            handler,
            {
                "fields": fields,
                "maxRecordCount": self.at_once,
                "objectIdField": "FID",
                "editingInfo": {"lastEditDate": self.edited},
            },
        )

    def query(self, handler):
        if "returnCountOnly" in handler.path:
            self.reply(handler, {"count": len(self.rows)})
            return
        offset = int(handler.path.split("resultOffset=")[1].split("&")[0])
        self.pages.append(offset)
        rows = self.spoil(self.rows[offset : offset + self.at_once])
        if "f=geojson" in handler.path:
            square = [[[0, 51], [1, 51], [1, 52], [0, 51]]]
            shape = {"type": "Polygon", "coordinates": square}
            features = [{"type": "Feature", "geometry": shape, "properties": row} for row in rows]
        else:
            features = [{"attributes": row} for row in rows]
        self.reply(handler, {"features": features})

    def reply(self, handler, answer):
        send(handler, 200, json.dumps(answer).encode(), {"Content-Type": "application/json"})


def authorities(count):
    return [
        dict(zip(FIELDS, (number, f"E0900000{number}", f"Place {number}", f"E2200000{number}", None), strict=True))
        for number in range(1, count + 1)
    ]


def layered(service, form="table", source="ons-lookups"):
    return {"layer": Layer(service.url, "1=1", form), "parts": (Part("", source),)}


def test_table_in_pages_is_written_as_one(server, workspace, errand, fetched):
    service = Service(server, authorities(5))
    made = errand()

    assert outcomes(fetched(made=made, **layered(service))) == ["added"]

    (file,) = workspace.raw_files()
    lines = file.path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "FID,LAD24CD,LAD24NM,CSP24CD,CSP24NM"
    assert lines[5] == "5,E09000005,Place 5,E22000005,"
    assert (file.name, file.address) == ("test.csv", service.url)
    assert service.pages == [0, 2, 4]
    assert (made.bars[-1].done, made.bars[-1].total, made.bars[-1].unit) == (5, 5, "rows")
    assert left(made) == []


def test_map_in_pages_is_written_as_one(server, workspace, fetched):
    service = Service(server, authorities(3))

    assert outcomes(fetched(**layered(service, "map", "ons-boundaries"))) == ["added"]

    (file,) = workspace.raw_files()
    assert len(json.loads(file.path.read_text())["features"]) == 3


def test_same_rows_are_nothing_new(server, fetched):
    service = Service(server, authorities(3))

    assert outcomes(fetched(**layered(service))) == ["added"]
    service.edited, service.at_once = 2, 3
    assert outcomes(fetched(**layered(service))) == ["held"]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda rows: [], "0 rows came of the 3 that there are"),
        (lambda rows: rows[:1] * len(rows), "2 rows came of the 3 that there are"),
    ],
)
def test_rows_that_are_missing_or_twice_are_noticed(server, workspace, errand, fetched, spoil, words):
    made = errand()

    (one,) = fetched(made=made, **layered(Service(server, authorities(3), spoil=spoil)))

    assert words in one.words
    assert "It was not kept" in one.words
    assert workspace.raw_files() == []
    assert left(made) == []


def test_pages_that_arrived_are_not_asked_for_again_unless_the_table_has_changed(server, errand, fetched):
    service = Service(server, authorities(5))
    stopped = errand(attempts=1)
    server.serve("/layer/query", *[lambda handler: service.query(handler)] * 3, status(500))
    (one,) = fetched(made=stopped, **layered(service))
    assert one.outcome == "refused"
    assert service.pages == [0, 2]

    server.serve("/layer/query", lambda handler: service.query(handler))
    assert outcomes(fetched(**layered(service))) == ["added"]
    assert service.pages == [0, 2, 4]

    server.serve("/layer/query", *[lambda handler: service.query(handler)] * 3, status(500))
    fetched(made=errand(attempts=1), **layered(service))
    service.edited = 2
    server.serve("/layer/query", lambda handler: service.query(handler))
    fetched(**layered(service))
    assert service.pages[-5:] == [0, 2, 0, 2, 4]


def test_service_without_rows_is_said(server, fetched):
    (one,) = fetched(**layered(Service(server, [])))

    assert "the service has no rows of it" in one.words


def test_pages_larger_or_smaller_than_they_should_be_are_refused(server, errand, wanted, fetched):
    service = Service(server, authorities(3))
    made = errand()

    (one,) = fetched(made=made, least=10**6, **layered(service))

    assert "is not of the size it should be" in one.words


def test_two_fetches_at_once_are_not_had(workspace):
    with fetching(workspace), pytest.raises(WorkspaceError, match="Another fetch is under way"), fetching(workspace):
        pass


def test_what_a_killed_run_left_whole_is_not_trusted(server, workspace, errand, fetched, table):
    made = errand()
    old = made.folder / "test" / "whole" / "a.csv"
    old.parent.mkdir(parents=True)
    old.write_text("half of something")

    assert outcomes(fetched(made=made, url=server.serve("/a.csv", whole(table)))) == ["added"]
    assert workspace.raw_files()[0].path.read_bytes() == table


def test_workbook_that_is_damaged_inside_is_refused(server, fetched):
    packed = bytearray(zipped(**{"xl/workbook.xml": "<x/>" * 500}))
    at = packed.index(b"xl/workbook.xml") + len("xl/workbook.xml") + 5
    packed[at] ^= 0xFF

    (one,) = fetched(url=server.serve("/a.xlsx", whole(bytes(packed))))

    assert "a.xlsx arrived damaged" in one.words


def test_page_without_rows_is_said(server, fetched):
    service = Service(server, authorities(3))
    odd = whole('{"count": 3, "fields": []}', Content_Type="application/json")
    server.serve("/layer/query", lambda handler: service.query(handler), odd)

    (one,) = fetched(**layered(service))

    assert "a page of it has no rows" in one.words

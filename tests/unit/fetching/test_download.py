"""Getting a file whole from a server that is slow, cut off, busy, gone, changed, endless or wrong."""

import gzip
import hashlib
import json
import socket
import time
from email.utils import format_datetime

import httpx
import pytest

from frankpledge.errors import FetchError
from frankpledge.fetching.download import download
from frankpledge.fetching.partial import Partial, Validator
from tests.unit.fetching.conftest import TABLE, TODAY, cut, send, status, whole


def part(folder, name="file.csv"):
    return folder / f"{name}.part"


def left(folder):
    return sorted(path.name for path in folder.iterdir())


def test_file_arrives_whole_and_names_the_program(server, errand, wanted):
    url = server.serve("/file.csv", whole(TABLE, ETag='"1"'))

    got = download(errand().errand, wanted(url))

    assert got.path.read_text() == TABLE
    assert got.sure
    (asked,) = server.requests("/file.csv")
    assert asked["User-Agent"].startswith("frankpledge/")
    assert asked["Accept-Encoding"] == "identity"
    assert "Range" not in asked


def test_file_cut_off_is_gone_on_from_where_it_stopped(server, errand, wanted):
    url = server.serve("/file.csv", cut(TABLE, 1000, ETag='"1"'), whole(TABLE, ETag='"1"'))
    made = errand()

    got = download(made.errand, wanted(url))

    assert got.path.read_text() == TABLE
    first, second = server.requests("/file.csv")
    assert (second["Range"], second["If-Range"]) == ("bytes=1000-", '"1"')
    assert made.waits == [1.0]
    assert made.said == ["file.csv: it was cut off after 1.0 KB; trying again in 1 s."]


def test_next_run_goes_on_from_what_the_last_one_got(server, errand, wanted):
    url = server.serve("/file.csv", cut(TABLE, 1000, Last_Modified="Mon, 01 Jan 2024 00:00:00 GMT"), status(500))
    with pytest.raises(FetchError, match="Try again later. What has arrived is kept"):
        download(errand(attempts=2).errand, wanted(url))
    server.serve("/file.csv", whole(TABLE, Last_Modified="Mon, 01 Jan 2024 00:00:00 GMT"))

    got = download(errand().errand, wanted(url))

    assert got.path.read_text() == TABLE
    assert server.requests("/file.csv")[-1]["Range"] == "bytes=1000-"
    assert server.requests("/file.csv")[-1]["If-Range"] == "Mon, 01 Jan 2024 00:00:00 GMT"


def test_server_that_ignores_ranges_sends_all_again(server, errand, wanted):
    url = server.serve("/file.csv", cut(TABLE, 1000, ETag='"1"'), whole(TABLE, ranges=False, ETag='"1"'))

    assert download(errand().errand, wanted(url)).path.read_text() == TABLE


def test_file_without_a_mark_is_begun_anew_never_gone_on_with(server, errand, wanted):
    url = server.serve("/file.csv", cut(TABLE, 1000), whole(TABLE))

    assert download(errand().errand, wanted(url)).path.read_text() == TABLE
    assert "Range" not in server.requests("/file.csv")[1]


def test_weak_mark_is_not_gone_on_with(server, errand, wanted):
    url = server.serve("/file.csv", cut(TABLE, 1000, ETag='W/"1"'), whole(TABLE, ETag='W/"1"'))

    assert download(errand().errand, wanted(url)).path.read_text() == TABLE
    assert "Range" not in server.requests("/file.csv")[1]


@pytest.mark.parametrize("heeds_if_range", [True, False])
def test_file_that_changed_between_two_parts_is_begun_anew(server, errand, wanted, heeds_if_range):
    new = TABLE.replace("Harrow", "Barnet")

    def careless(handler):
        body = new.encode()
        send(handler, 206, body[1000:], {"ETag": '"2"', "Content-Range": f"bytes 1000-{len(body) - 1}/{len(body)}"})

    second = whole(new, ETag='"2"') if heeds_if_range else careless
    url = server.serve("/file.csv", cut(TABLE, 1000, ETag='"1"'), second, whole(new, ETag='"2"'))

    assert download(errand().errand, wanted(url)).path.read_text() == new


@pytest.mark.parametrize(
    "stated",
    ["bytes 999-{last}/{size}", "bytes 1000-{last}/{more}", "pages 1-2/3", ""],
)
def test_part_that_does_not_fit_is_not_added(server, errand, wanted, stated):
    size = len(TABLE)
    words = stated.format(last=size - 1, size=size, more=size + 1)

    def wrong(handler):
        send(handler, 206, TABLE.encode()[1000:], {"ETag": '"1"'} | ({"Content-Range": words} if words else {}))

    url = server.serve("/file.csv", cut(TABLE, 1000, ETag='"1"'), wrong, whole(TABLE, ETag='"1"'))

    assert download(errand().errand, wanted(url)).path.read_text() == TABLE
    assert "Range" not in server.requests("/file.csv")[2]


def test_range_that_cannot_be_had_is_begun_anew(server, errand, wanted):
    url = server.serve("/file.csv", cut(TABLE, 1000, ETag='"1"'), status(416), whole(TABLE, ETag='"2"'))
    made = errand()

    assert download(made.errand, wanted(url)).path.read_text() == TABLE
    assert any("begun anew" in words for words in made.said)


@pytest.mark.parametrize("code", [408, 429, 500, 502, 503, 504])
def test_server_that_is_busy_is_asked_again(server, errand, wanted, code):
    url = server.serve("/file.csv", status(code), status(code), whole(TABLE))
    made = errand()

    assert download(made.errand, wanted(url)).path.read_text() == TABLE
    assert made.waits == [1.0, 2.0]


@pytest.mark.parametrize(
    ("given", "waited"), [("7", 7.0), (format_datetime(TODAY.replace(minute=2), usegmt=True), 120.0), ("soon", 1.0)]
)
def test_wait_that_the_server_asks_for_is_kept(server, errand, wanted, given, waited):
    url = server.serve("/file.csv", status(429, Retry_After=given), whole(TABLE))
    made = errand()

    download(made.errand, wanted(url))

    assert made.waits == [waited]


def test_wait_that_is_too_long_ends_with_a_sentence(server, errand, wanted):
    url = server.serve("/file.csv", status(503, Retry_After="86400"))
    made = errand()

    with pytest.raises(FetchError, match=r"it is not ready \(503\), for 1440 minutes"):
        download(made.errand, wanted(url))
    assert made.waits == []


def test_server_that_stays_busy_is_given_up_with_a_sentence(server, errand, wanted):
    url = server.serve("/file.csv", status(503))
    made = errand(attempts=4)

    with pytest.raises(FetchError, match=r"file.csv: it is not ready \(503\), 4 times .*Try again later"):
        download(made.errand, wanted(url))
    assert made.waits == [1.0, 2.0, 4.0]
    assert len(server.requests("/file.csv")) == 4


def test_download_that_gets_on_is_not_given_up(server, errand, wanted):
    stops = [cut(TABLE, 20_000, ETag='"1"')] * 9
    url = server.serve("/file.csv", *stops, whole(TABLE, ETag='"1"'))

    assert download(errand(attempts=2).errand, wanted(url)).path.read_text() == TABLE
    assert len(server.requests("/file.csv")) > 4


@pytest.mark.parametrize("code", [404, 410])
def test_file_that_is_gone_is_asked_for_once_and_what_to_do_is_said(server, errand, wanted, code):
    url = server.serve("/file.csv", status(code))
    made = errand()

    with pytest.raises(FetchError) as error:
        download(made.errand, wanted(url))

    assert "its address may have moved" in error.value.happened
    assert url in error.value.happened
    assert "https://example.org/page" in error.value.to_do
    assert "nobody.yaml into definitions/addresses" in error.value.to_do
    assert made.waits == []


@pytest.mark.parametrize(
    ("code", "words"), [(401, "does not let us"), (403, "does not let us"), (418, "cannot be used")]
)
def test_refusal_is_not_asked_again(server, errand, wanted, code, words):
    url = server.serve("/file.csv", status(code))

    with pytest.raises(FetchError, match=words):
        download(errand().errand, wanted(url))
    assert len(server.requests("/file.csv")) == 1


def test_silence_is_given_up_and_tried_again(server, errand, wanted):
    def silent(handler):
        send(handler, 200, b"", {"ETag": '"1"'}, announced=len(TABLE))
        handler.wfile.flush()
        server.ended.wait(10)

    url = server.serve("/file.csv", silent, whole(TABLE, ETag='"1"'))
    made = errand(silence=0.2)

    assert download(made.errand, wanted(url)).path.read_text() == TABLE
    assert made.said == ["file.csv: nothing came for 0 s; trying again in 1 s."]


def test_server_too_slow_to_end_is_given_up_and_its_bytes_kept(server, errand, wanted):
    made = errand(in_all=3600)

    def dribble(handler):
        send(handler, 200, TABLE.encode()[:500], {"ETag": '"1"'}, announced=len(TABLE))
        # An hour and more passes while the next bytes are awaited.
        made.fast.seconds += 3601
        handler.wfile.write(TABLE.encode()[500:600])
        handler.wfile.flush()
        server.ended.wait(10)

    url = server.serve("/file.csv", dribble)

    with pytest.raises(FetchError, match=r"it took longer than 1.0 hours\. Try again later\. What has arrived is kept"):
        download(made.errand, wanted(url))
    assert part(made.folder).stat().st_size >= 500


def test_endless_answer_is_cut_off_at_the_limit_and_not_kept(server, errand, wanted):
    sent = []

    def endless(handler):
        send(handler, 200, b"", {"Transfer-Encoding": "chunked"}, announced="nothing")
        while not server.ended.is_set():
            handler.wfile.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
            sent.append(0x10000)

    url = server.serve("/file.csv", endless)
    made = errand()

    with pytest.raises(FetchError, match=r"larger than it should be.*at most 1.0 MB are expected\. It was not kept"):
        download(made.errand, wanted(url, most=10**6))
    assert left(made.folder) == []
    assert made.bars[-1].done <= 10**6 + 0x10000


def test_file_announced_too_large_is_not_begun(server, errand, wanted):
    url = server.serve("/file.csv", whole(TABLE))
    made = errand()

    with pytest.raises(FetchError, match="larger than it should be"):
        download(made.errand, wanted(url, most=100))
    assert made.bars == []
    assert left(made.folder) == []


def test_file_too_small_is_refused(server, errand, wanted):
    url = server.serve("/file.csv", whole("a,b\n"))
    made = errand()

    with pytest.raises(FetchError, match="smaller than it should be: 4 bytes, where at least 1.0 KB"):
        download(made.errand, wanted(url, least=1000))
    assert left(made.folder) == []


def test_file_shorter_than_announced_is_never_whole(server, errand, wanted):
    url = server.serve("/file.csv", cut(TABLE, len(TABLE), announced=len(TABLE) + 10))

    with pytest.raises(FetchError, match="it was cut off after"):
        download(errand(attempts=3).errand, wanted(url))


def test_web_page_in_place_of_a_file_is_refused(server, errand, wanted):
    url = server.serve("/file.csv", whole("<html>Sorry</html>", Content_Type="text/html; charset=utf-8"))

    with pytest.raises(FetchError, match="a web page came instead of the file"):
        download(errand().errand, wanted(url))


def test_answer_without_an_end_is_not_sure(server, errand, wanted):
    url = server.serve("/file.csv", whole(TABLE, announced="nothing", ETag='"1"'))

    got = download(errand().errand, wanted(url))

    assert not got.sure
    assert not Partial(got.path, url, time.monotonic).complete


def test_chunks_have_an_end(server, errand, wanted):
    url = server.serve("/file.csv", whole(TABLE, chunked=True, ETag='"1"'))

    got = download(errand().errand, wanted(url))

    assert got.sure
    assert got.path.read_text() == TABLE


def test_chunks_cut_off_are_tried_again(server, errand, wanted):
    def half(handler):
        send(handler, 200, b"", {"Transfer-Encoding": "chunked"}, announced="nothing")
        handler.wfile.write(b"3e8\r\n" + TABLE.encode()[:1000] + b"\r\n")

    url = server.serve("/file.csv", half, whole(TABLE, chunked=True))

    assert download(errand().errand, wanted(url)).path.read_text() == TABLE


def test_redirect_is_followed_and_the_range_with_it(server, errand, wanted):
    url = server.serve("/file.csv", status(302, Location="/elsewhere.csv"))
    server.serve("/elsewhere.csv", cut(TABLE, 1000, ETag='"1"'), whole(TABLE, ETag='"1"'))

    assert download(errand().errand, wanted(url)).path.read_text() == TABLE
    assert server.requests("/elsewhere.csv")[1]["Range"] == "bytes=1000-"


def test_redirects_without_end_are_given_up(server, errand, wanted):
    url = server.serve("/file.csv", status(302, Location="/file.csv"))

    with pytest.raises(FetchError, match="leads from one to the next, 5 times and more"):
        download(errand().errand, wanted(url))
    assert len(server.requests("/file.csv")) == 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/file", "https:///nowhere", "http://[::1"])
def test_redirect_out_of_the_web_is_refused(server, errand, wanted, target):
    url = server.serve("/file.csv", status(302, Location=target))

    with pytest.raises(FetchError, match=r"leads to “"):
        download(errand().errand, wanted(url))


def test_redirect_to_a_weaker_connection_is_refused(errand, wanted):
    made = errand()
    made.errand.client.close()
    transport = httpx.MockTransport(lambda request: httpx.Response(302, headers={"Location": "http://example.org/x"}))

    with httpx.Client(transport=transport) as client:
        object.__setattr__(made.errand, "client", client)
        with pytest.raises(FetchError, match="from a secure connection to one that is not"):
            download(made.errand, wanted("https://example.org/file.csv"))


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "nonsense", "http://", "http://[::1"])
def test_only_the_web_is_asked(errand, wanted, url):
    with pytest.raises(FetchError, match="is not an address"):
        download(errand().errand, wanted(url))


def test_certificates_are_checked_and_never_retried(errand, wanted):
    def fail(request):
        raise httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed")

    made = errand()
    made.errand.client.close()
    with httpx.Client(transport=httpx.MockTransport(fail)) as client:
        object.__setattr__(made.errand, "client", client)
        with pytest.raises(FetchError, match=r"the certificate of example.org could not be checked.*SSL_CERT_FILE"):
            download(made.errand, wanted("https://example.org/file.csv"))
    assert made.waits == []


def test_server_that_is_not_there_is_tried_again_and_named(errand, wanted):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = errand()

    with pytest.raises(FetchError, match=r"127.0.0.1 cannot be reached, 3 times"):
        download(made.errand, wanted(f"http://127.0.0.1:{port}/file.csv"))
    assert made.waits == [1.0, 2.0]


def test_state_that_is_held_is_not_fetched_again(server, errand, wanted):
    url = server.serve("/file.csv", whole(TABLE, ETag='"1"'))

    assert download(errand().errand, wanted(url), Validator('"1"')) is None
    assert download(errand().errand, wanted(url), Validator('"0"')).path.read_text() == TABLE


def test_part_that_was_complete_is_asked_about_and_used(server, errand, wanted):
    url = server.serve("/file.csv", whole(TABLE, ETag='"1"'))
    download(errand().errand, wanted(url))

    again = download(errand().errand, wanted(url))

    assert again.sure
    assert again.path.read_text() == TABLE
    assert server.requests("/file.csv")[1]["If-None-Match"] == '"1"'


def test_part_that_was_complete_and_has_changed_is_begun_anew(server, errand, wanted):
    url = server.serve("/file.csv", whole(TABLE, ETag='"1"'), whole("new\n", ETag='"2"'))
    download(errand().errand, wanted(url))

    assert download(errand().errand, wanted(url)).path.read_text() == "new\n"


def test_unasked_unchanged_is_no_file(server, errand, wanted):
    url = server.serve("/file.csv", lambda handler: send(handler, 304, b"", {}, announced="nothing"))

    with pytest.raises(FetchError, match="nothing has changed, which was not asked"):
        download(errand(attempts=2).errand, wanted(url))


def test_packing_that_was_not_asked_for_is_told_apart(server, errand, wanted):
    url = server.serve("/file.csv", whole(gzip.compress(TABLE.encode()), Content_Encoding="gzip"))
    other = server.serve("/other.csv", whole(b"x", Content_Encoding="br"))

    assert download(errand().errand, wanted(url)).partial.coding == "gzip"
    with pytest.raises(FetchError, match=r"packed in a way that was not asked for \(br\)"):
        download(errand().errand, wanted(other))


def test_progress_is_told_with_the_size(server, errand, wanted):
    url = server.serve("/file.csv", whole(TABLE))
    made = errand()

    download(made.errand, wanted(url))

    assert (made.bars[-1].done, made.bars[-1].total, made.bars[-1].unit) == (len(TABLE), len(TABLE), "bytes")


@pytest.fixture
def partial(tmp_path):
    def make(url="http://a/b"):
        return Partial(tmp_path / "file.part", url, time.monotonic)

    return make


def begun(partial, content=b"abcdef", etag='"1"', size=10):
    one = partial()
    one.begin(Validator(etag), size, "")
    one.write(content)
    one.close()
    return one


def test_part_is_taken_up_as_it_was_left(partial):
    begun(partial)

    again = partial()

    assert (again.held, again.size, again.validator) == (6, 10, Validator('"1"'))
    assert again.question() == {"Range": "bytes=6-", "If-Range": '"1"'}


def test_bytes_that_the_record_does_not_count_are_cut_off(partial, tmp_path):
    begun(partial)
    with (tmp_path / "file.part").open("ab") as file:
        file.write(b"not counted")

    assert partial().held == 6
    assert (tmp_path / "file.part").read_bytes() == b"abcdef"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda part, record: part.unlink(),
        lambda part, record: part.write_bytes(b"abc"),
        lambda part, record: record.unlink(),
        lambda part, record: record.write_text("{"),
        lambda part, record: record.write_text("[]"),
        lambda part, record: record.write_text(json.dumps({"other": 1})),
    ],
)
def test_part_that_does_not_fit_its_record_is_begun_anew(partial, tmp_path, spoil):
    begun(partial)
    spoil(tmp_path / "file.part", tmp_path / "file.part.json")

    assert partial().held == 0
    assert list(tmp_path.iterdir()) == []


def test_part_of_another_address_is_begun_anew(partial):
    begun(partial)

    assert partial("http://a/c").held == 0


def test_full_disk_hides_nothing_and_leaves_a_record_that_holds(partial, tmp_path, monkeypatch):
    one = begun(partial)
    one.write(b"more")

    def full(path):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("frankpledge.fetching.partial.sync", full)
        one.close()

    assert partial().held == 6
    assert hashlib.sha256((tmp_path / "file.part").read_bytes()).digest() == hashlib.sha256(b"abcdef").digest()


def test_more_than_was_announced_is_not_taken(server, errand, wanted):
    def too_much(handler):
        stated = {"ETag": '"1"', "Content-Range": f"bytes 1000-{len(TABLE) - 1}/{len(TABLE)}"}
        send(handler, 206, TABLE.encode()[1000:] + b"more", stated)

    url = server.serve("/file.csv", cut(TABLE, 1000, ETag='"1"'), too_much, whole(TABLE, ETag='"1"'))
    made = errand()

    assert download(made.errand, wanted(url)).path.read_text() == TABLE
    assert any("more came than was announced" in words for words in made.said)


def test_waiting_does_not_outlast_the_time_in_all(server, errand, wanted):
    url = server.serve("/file.csv", status(503, Retry_After="500"))

    with pytest.raises(FetchError, match=r"it took longer than 0.1 hours"):
        download(errand(in_all=360).errand, wanted(url))


def test_file_that_turns_out_larger_when_gone_on_with_is_refused(server, errand, wanted):
    def grown(handler):
        send(handler, 206, b"x", {"ETag": '"1"', "Content-Range": "bytes 1000-1000/99999999"})

    url = server.serve("/file.csv", cut(TABLE, 1000, ETag='"1"', announced=len(TABLE)), grown, whole(TABLE, ETag='"1"'))

    # Another size is another file: it is begun anew.
    assert download(errand().errand, wanted(url)).path.read_text() == TABLE


def test_state_may_be_told_by_its_date_alone(server, errand, wanted):
    date = "Mon, 01 Jan 2024 00:00:00 GMT"
    url = server.serve("/file.csv", whole(TABLE, Last_Modified=date))

    assert download(errand().errand, wanted(url), Validator(modified=date)) is None


def test_connection_closed_without_a_word_is_tried_again(server, errand, wanted):
    url = server.serve("/file.csv", lambda handler: None, whole(TABLE))
    made = errand()

    assert download(made.errand, wanted(url)).path.read_text() == TABLE
    assert made.said == ["file.csv: the connection was cut off; trying again in 1 s."]

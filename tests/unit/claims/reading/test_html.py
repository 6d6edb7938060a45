"""Web pages and Markdown: what a reader sees of them."""

import pytest

from frankpledge.claims.reading import read_published
from tests.unit.claims.reading.documents import read_as


def read(tmp_path, body, head="", name="page.html"):
    path = tmp_path / name
    path.write_text(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return read_published(path)


def test_page_is_known_by_what_it_is(tmp_path):
    assert read_as(read(tmp_path, "<p>Burglary fell.", name="strategy.docx")) == [("paragraph", "Burglary fell.")]


def test_text_is_read_as_it_is_seen(tmp_path):
    body = (
        "<h2>Crime &amp; disorder</h2>loose text<p>Burglary<sup><a href='#fn1'>[1]</a></sup> rose by&nbsp;5% in 2011"
        "<sup>2</sup>.<br>Over 100&#8201;m<sup>2</sup>.</p><p><strong>Violent crime</strong></p><p><b>All</b> crime</p>"
        "<ul><li>One<ul><li>inner</li></ul></li><li><p>Two</p></li></ul><blockquote>Quoted.</blockquote>"
    )

    assert read_as(read(tmp_path, body)) == [
        ("heading", "Crime & disorder"),
        ("paragraph", "loose text"),
        ("paragraph", "Burglary rose by 5% in 2011. Over 100 m²."),
        ("heading", "Violent crime"),
        ("paragraph", "All crime"),
        ("item", "One"),
        ("item", "inner"),
        ("item", "Two"),
        ("paragraph", "Quoted."),
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>99</script>",
        "<style>99</style>",
        "<nav>99</nav>",
        "<noscript>99</noscript>",
        "<template>99</template>",
        "<p hidden>99</p>",
        "<p style='display: none'>99</p>",
        "<div role='navigation'>99</div>",
        "<span class='visually-hidden'>99</span>",
        "<footer>99</footer>",
        "<!-- 99 -->",
        "<svg><text>99</text></svg>",
        "<select><option>99</option></select>",
    ],
)
def test_what_is_not_seen_is_not_read(tmp_path, hidden):
    assert read_as(read(tmp_path, f"<p>Before.</p>{hidden}<p>After.</p>")) == [
        ("paragraph", "Before."),
        ("paragraph", "After."),
    ]


def test_page_that_says_what_is_its_own_is_read_there_alone(tmp_path):
    body = "<header>Council</header><main><h1>Plan</h1><p>It fell.</p></main>outside<aside>More</aside>"

    assert read_as(read(tmp_path, body)) == [("heading", "Plan"), ("paragraph", "It fell.")]


def test_tables_keep_the_meaning_of_rows_and_columns(tmp_path):
    body = (
        "<table><caption>Burglary<sup>1</sup></caption><thead><tr><th rowspan=2>Area<th colspan=2>2017</tr>"
        "<tr><th>N<th>Rate</tr></thead><tfoot><tr><td>Total<td>3<td>4</tfoot>"
        "<tbody><tr><td>Harrow<td>1<sup>2</sup><td>2<p>a</p></tr><tr hidden><td>9</tr></tbody></table>"
    )

    found = read(tmp_path, body)

    (table,) = found.tables()
    assert table.rows == (
        ("Area", "2017", "2017"),
        ("Area", "N", "Rate"),
        ("Harrow", "1", "2 a"),
        ("Total", "3", "4"),
    )
    assert table.caption == "Burglary"


def test_table_that_arranges_the_page_is_read_as_its_text(tmp_path):
    body = "<table><tr><td><h2>Crime</h2><p>It fell.</p><table><tr><td>a<td>1</table><td>Beside.</table>"

    assert read_as(read(tmp_path, body)) == [
        ("heading", "Crime"),
        ("paragraph", "It fell."),
        (("a", "1"),),
        ("paragraph", "Beside."),
    ]


def test_notes_boxes_captions_and_pictures(tmp_path):
    body = (
        "<p>Text.</p><aside><h3>Quick facts</h3><p>2018: 966</p></aside><figure><img src='http://a/b'>"
        "<figcaption>By month</figcaption></figure><iframe src='http://a/b'></iframe>"
        "<section class='footnotes'><ol><li id='fn1'>ONS</li></ol></section>"
    )

    found = read(tmp_path, body)

    assert read_as(found) == [
        ("paragraph", "Text."),
        ("box", "Quick facts"),
        ("box", "2018: 966"),
        ("caption", "By month"),
        ("note", "ONS"),
    ]
    assert found.unread == (
        "1 embedded page: what is shown there is not in the text.",
        "1 picture: what is shown there is not in the text.",
    )


def test_day_is_that_of_the_last_change(tmp_path):
    head = (
        "<meta name='dcterms.issued' content='2019-01-02'>"
        "<meta property='article:modified_time' content='2020-03-04T05'>"
    )

    assert read(tmp_path, "<p>Text.", head).dated.isoformat() == "2020-03-04"
    assert read(tmp_path, "<p>Text.").dated is None


@pytest.mark.parametrize(
    ("encoding", "head"),
    [("utf-8", ""), ("utf-16", ""), ("cp1252", ""), ("iso8859-15", "<meta charset='iso-8859-15'>")],
)
def test_encoding_is_found_out(tmp_path, encoding, head):
    path = tmp_path / "page.html"
    sign = "€" if "15" in encoding else "£"
    path.write_bytes(
        f"<!DOCTYPE html><html><head>{head}</head><body><p>{sign}5 – it fell.".replace("–", "-").encode(encoding)
    )

    assert read_as(read_published(path)) == [("paragraph", f"{sign}5 - it fell.")]


MARKDOWN = """\
# Strategy

Burglary[^1] fell by **146**
in 2018<sup>2</sup>. ![chart](a.png) [source](https://example.org)

**Violent crime**

1. One
   - inner
- a) Two

Table 1: Burglary

| Area | 2017 |
|------|-----:|
| Harrow | 2,386<br>a |
| *Brent* | 3,359 |

<table><tr><th>Area<th>2018<tr><td>Harrow<td>2,240</table>

[^1]: 2017

> Quoted.
"""


def test_markdown_is_read_as_it_is_shown(tmp_path):
    path = tmp_path / "strategy.md"
    path.write_text(MARKDOWN, encoding="utf-8")

    found = read_published(path)

    assert read_as(found) == [
        ("heading", "Strategy"),
        ("paragraph", "Burglary fell by 146 in 2018. source"),
        ("heading", "Violent crime"),
        ("item", "One"),
        ("item", "inner"),
        ("item", "Two"),
        ("caption", "Table 1: Burglary"),
        (("Area", "2017"), ("Harrow", "2,386 a"), ("Brent", "3,359")),
        (("Area", "2018"), ("Harrow", "2,240")),
        ("note", "2017"),
        ("paragraph", "Quoted."),
    ]
    tables = list(found.tables())
    assert [table.lines for table in tables] == [(14, 16, 17), (19, 19)]
    assert tables[0].caption == "Table 1: Burglary"
    assert [one.place.line for one in found.passages()] == [1, 3, 6, 8, 9, 10, 12, 21, 23]
    assert found.unread == ("1 picture: what is shown there is not in the text.",)


def test_markdown_that_nests_too_deep_says_so(tmp_path):
    path = tmp_path / "deep.md"
    path.write_text("It fell.\n\n" + ">" * 120 + " 12\n", encoding="utf-8")

    assert read_published(path).unread == ("What nests deeper than fifty lists or quotations is not read.",)

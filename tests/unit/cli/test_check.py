"""``frankpledge check``: a document read, its report, and what is settled of it."""

import json

import docx
import pytest
from docx.oxml.ns import qn

SOUND = "# Burglary\n\nBurglary fell by 12, from 223 in 2017 to 211 in 2018.\n"
WRONG = "# Burglary\n\nBurglary fell by 21, from 223 in 2017 to 211 in 2018. It rained.\n"


@pytest.fixture
def document(tmp_path):
    def write(text, name="strategy.md"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_what_does_not_fit_is_told_with_its_place_and_arithmetic(command, document):
    ended = command("check", document(WRONG))

    assert ended.code == 3
    assert "“Burglary fell by 21, from 223 in 2017 to 211 in 2018.”" in ended.out
    assert "under “Burglary”" in ended.out
    assert "From 223 to 211 is −12, not 21." in ended.out


def test_silence_is_not_taken_for_proof(command, document):
    ended = command("check", document(SOUND))

    assert ended.code == 0
    assert "No figure that was tested is at odds with another." in ended.out
    assert "3 figures read; 3 of them stand beside others" in ended.out


def test_a_document_without_figures_says_that_nothing_was_tested(command, document):
    ended = command("check", document("# Crime\n\nWe work together.\n"))

    assert ended.code == 0
    assert "Nothing could be tested" in ended.out


def test_report_as_page_and_as_json(command, document, tmp_path):
    ended = command("check", document(WRONG), "--html", tmp_path / "report.html", "--json", tmp_path / "report.json")

    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    (error,) = [one for one in told["findings"] if one["kind"] == "error"]
    assert ended.code == 3
    assert "Check of strategy.md" in page and "From 223 to 211" in page
    assert error["test"] == "change-of-counts" and error["figures"] == ["21", "223", "211"]
    assert error["place"]["heading"] == "Burglary" and 0 < error["confidence"] <= 1
    assert told["figures"] == {"read": 3, "testable": 3, "tested": 3}


def test_json_on_the_screen_is_nothing_but_json(command, document):
    told = json.loads(command("check", document(WRONG), "--json", "-").out)

    assert told["document"] == "strategy.md"


def test_what_a_page_quotes_is_no_markup(command, document, tmp_path):
    command(
        "check",
        document("Thefts <b>fell</b> by 21, from 223 to 211 <script>.\n", "x.txt"),
        "--html",
        tmp_path / "r.html",
    )

    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page and "<script>" not in page


def test_what_is_settled_is_recorded_and_not_raised_again_in_a_later_draft(command, document):
    path = document(WRONG)

    ended = command("check", path, "--settle", "1", "--because", "Two boroughs were merged.")
    document("# Preface\n\nA word before.\n\n" + WRONG)
    again = command("check", path)

    assert ended.code == 0 and "strategy.md.settled.yaml" in ended.out
    assert "Two boroughs were merged." in path.with_name("strategy.md.settled.yaml").read_text(encoding="utf-8")
    assert again.code == 0
    assert "1 finding settled before and not raised again" in again.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--settle", "1"], "Nothing says why they are settled."),
        (["--settle", "one", "--because", "So."], "“one” are no numbers of findings."),
        (["--settle", "9", "--because", "So."], "There is no finding 9"),
    ],
)
def test_settling_says_what_is_wrong(command, document, arguments, words):
    path = document(WRONG)

    ended = command("check", path, *arguments)

    assert ended.code == 1 and words in ended.err
    assert not path.with_name("strategy.md.settled.yaml").exists()


def test_a_file_that_is_not_there(command, tmp_path):
    ended = command("check", tmp_path / "none.docx")

    assert ended.code == 1 and "There is no file" in ended.err


def test_comments_stand_where_the_sentence_and_the_cell_do(command, tmp_path):
    word = docx.Document()
    word.add_heading("Burglary", 1)
    word.add_paragraph("It rained.")
    word.add_paragraph("Burglary fell by 21, from 223 in 2017 to 211 in 2018.")
    table = word.add_table(rows=0, cols=4)
    rows = ["Area 2017 2018 Change", "A 403 443 40", "B 335 372 73", "C 304 301 -3", "D 238 224 -14"]
    for cells in rows:
        for cell, text in zip(table.add_row().cells, cells.split(), strict=True):
            cell.text = text
    word.save(tmp_path / "strategy.docx")

    ended = command("check", tmp_path / "strategy.docx", "--word", tmp_path / "commented.docx")

    body = docx.Document(tmp_path / "commented.docx")
    marked = {
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for paragraph in body.element.body.iter(qn("w:p"))
        if paragraph.find(f".//{qn('w:commentReference')}") is not None
    }
    assert ended.code == 3
    assert {"Burglary fell by 21, from 223 in 2017 to 211 in 2018.", "73"} <= marked
    assert any("is −12, not 21" in comment.text for comment in body.comments)
    assert not list(docx.Document(tmp_path / "strategy.docx").comments)


def test_comments_are_for_word_and_never_over_the_file_itself(command, document, tmp_path):
    path = document(WRONG)

    assert command("check", path, "--word", tmp_path / "x.docx").code == 1
    assert command("check", path, "--word", path).code == 1
    assert path.read_text(encoding="utf-8") == WRONG

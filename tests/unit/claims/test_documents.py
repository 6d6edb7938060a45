"""A document read for rules: what one heading holds is bounded, for rules compare each sentence with each."""

from frankpledge.claims.checking import check
from frankpledge.claims.documents import read_document
from frankpledge.claims.reading import read_published

TOLD = "In 2019 there were {} offences in Harrow, up 4% on {}.\n"


def written(folder, text):
    path = folder / "strategy.txt"
    path.write_text(text, encoding="utf-8")
    return read_published(path)


def test_long_text_without_headings_is_read_in_sections(tmp_path):
    document = read_document(written(tmp_path, "".join(TOLD.format(at, at + 9) for at in range(1_000, 2_000))))

    assert len(document.sentences) == 1_000
    assert [one.number for one in document.sentences] == list(range(1_000))
    assert len(document.sections) > 2
    assert max(len(one.sentences) for one in document.sections) <= 300


def test_long_paragraph_is_compared_in_pieces_that_hold_each_sentence(tmp_path):
    document = read_document(written(tmp_path, " ".join(TOLD.format(at, at + 9).strip() for at in range(1_000, 1_250))))

    together = [document.paragraph_of(one) for one in document.sentences]
    assert all(one in some and len(some) <= 100 for one, some in zip(document.sentences, together, strict=True))


def test_text_of_many_numbers_is_checked_to_its_end(tmp_path):
    numbers = " ".join(str(at) for at in range(100_000))

    checked = check(written(tmp_path, f"{numbers}\n\nThere were 200 in 2018 and 100 in 2019, up 50%.\n"))

    assert [one.quote for one in checked.errors] == ["There were 200 in 2018 and 100 in 2019, up 50%."]

"""The report of a check as a reader opens it, and our own documents checked: nothing is found in them."""

import pytest

from frankpledge.claims.checking import check
from frankpledge.claims.reading import read_published
from frankpledge.claims.writing.page import page_of

from .looking import look_at

WRONG = """# Burglary

Burglary fell by 21 (9.4%), from 223 in 2017 to 211 in 2018. Thefts rose by 16, from 223 to 239.

| Area | 2017 | 2018 | Change |
|---|---|---|---|
| Westmarch | 4038 | 4432 | 394 |
| Eastholm | 3359 | 3721 | 326 |
| Northby | 3040 | 3018 | -22 |
| Southby | 2386 | 2240 | -146 |
"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_report_passes_axe_fits_its_width_and_asks_for_nothing(browser, axe, tmp_path, width):
    (tmp_path / "strategy.md").write_text(WRONG, encoding="utf-8")
    checked = check(read_published(tmp_path / "strategy.md"))
    (tmp_path / "report.html").write_text(page_of(checked), encoding="utf-8")

    seen = look_at(browser, axe, tmp_path / "report.html", width)

    assert len(checked.errors) == 3 and len(checked.objections) > 3
    assert seen.violations == []
    assert seen.sideways == 0
    assert seen.requests == 1


@pytest.mark.parametrize("form", ["docx", "html", "pdf"])
def test_nothing_is_found_in_our_own_assessment(demo, form):
    checked = check(read_published(demo / "output" / f"strategic-assessment-2018.{form}"))

    assert [(one.rule, one.figures, one.quote) for one in checked.errors] == []
    assert checked.tested > 300

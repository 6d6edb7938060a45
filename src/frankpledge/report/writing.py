"""All formats of a document, into one folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from frankpledge.disclosure import Released
from frankpledge.model.document import Document
from frankpledge.report.html import write_html
from frankpledge.report.ods import write_ods
from frankpledge.report.pdf import write_pdf
from frankpledge.report.picture_files import write_pictures
from frankpledge.report.reading import read
from frankpledge.report.tidy import write_csv
from frankpledge.report.word import write_word
from frankpledge.report.xlsx import write_xlsx

Writer = Callable[[Released[Document], Path], Sequence[Path] | None]
CSV_FOLDER = "csv"
CHARTS_FOLDER = "charts"
# Drawing, rendering and setting pages are done outside the interpreter, and need not wait for each other.
_AT_ONCE = 4


@dataclass(frozen=True)
class _Format:
    """What a format is called, where it goes, and what writes it."""

    name: str
    path: str
    write: Writer


def write_all(
    released: Released[Document], folder: Path, progress: Callable[[str], None], template: Path | None = None
) -> list[Path]:
    """Write HTML, Word, PDF, ODS, XLSX, pictures and CSV; say each as it begins; return the files in that order.

    Parameters
    ----------
    template
        A Word file whose styles, page, header and footer the Word document takes.
    """
    slug = read(released).document.slug
    numbers = (
        _Format("spreadsheet", f"{slug}.ods", write_ods),
        _Format("workbook", f"{slug}.xlsx", write_xlsx),
        _Format("charts and maps", f"{CHARTS_FOLDER}/", write_pictures),
        _Format("CSV files", f"{CSV_FOLDER}/", write_csv),
    )
    return _write(released, folder, progress, (*_to_read(slug, template), *numbers))


def write_to_read(
    released: Released[Document], folder: Path, progress: Callable[[str], None], template: Path | None = None
) -> list[Path]:
    """Write HTML, Word and PDF only: for a summary, whose numbers are in the files of the whole document already."""
    return _write(released, folder, progress, _to_read(read(released).document.slug, template))


def _to_read(slug: str, template: Path | None) -> tuple[_Format, ...]:
    return (
        _Format("web page", f"{slug}.html", write_html),
        _Format("Word document", f"{slug}.docx", lambda document, path: write_word(document, path, template)),
        _Format("PDF", f"{slug}.pdf", write_pdf),
    )


def _write(
    released: Released[Document], folder: Path, progress: Callable[[str], None], formats: Sequence[_Format]
) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)

    def write(one: _Format) -> Sequence[Path]:
        progress(f"Writing the {one.name}: {one.path}")
        files = one.write(released, folder / one.path)
        return [folder / one.path] if files is None else files

    with ThreadPoolExecutor(_AT_ONCE) as writers:
        return [path for written in writers.map(write, formats) for path in written]

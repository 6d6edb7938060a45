"""All formats of a document, into one folder."""

from __future__ import annotations

from collections.abc import Callable
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

Writer = Callable[[Released[Document], Path], None]
_SPREADSHEETS: tuple[tuple[str, str, Writer], ...] = (
    ("spreadsheet", "ods", write_ods),
    ("workbook", "xlsx", write_xlsx),
)
CSV_FOLDER = "csv"
CHARTS_FOLDER = "charts"


def write_all(
    released: Released[Document], folder: Path, progress: Callable[[str], None], template: Path | None = None
) -> list[Path]:
    """Write HTML, Word, PDF, ODS, XLSX, pictures and CSV; say each as it begins; return the files in that order.

    Parameters
    ----------
    template
        A Word file whose styles, page, header and footer the Word document takes.
    """
    written = write_to_read(released, folder, progress, template)
    written += _write(released, folder, progress, _SPREADSHEETS)
    progress(f"Writing the charts and maps: {CHARTS_FOLDER}/")
    written += write_pictures(released, folder / CHARTS_FOLDER)
    progress(f"Writing the CSV files: {CSV_FOLDER}/")
    return written + write_csv(released, folder / CSV_FOLDER)


def write_to_read(
    released: Released[Document], folder: Path, progress: Callable[[str], None], template: Path | None = None
) -> list[Path]:
    """Write HTML, Word and PDF only: for a summary, whose numbers are in the files of the whole document already."""
    formats: tuple[tuple[str, str, Writer], ...] = (
        ("web page", "html", write_html),
        ("Word document", "docx", lambda document, path: write_word(document, path, template)),
        ("PDF", "pdf", write_pdf),
    )
    return _write(released, folder, progress, formats)


def _write(
    released: Released[Document],
    folder: Path,
    progress: Callable[[str], None],
    formats: tuple[tuple[str, str, Writer], ...],
) -> list[Path]:
    slug = read(released).document.slug
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, ending, write in formats:
        path = folder / f"{slug}.{ending}"
        progress(f"Writing the {name}: {path.name}")
        write(released, path)
        written.append(path)
    return written

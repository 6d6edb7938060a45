"""All formats of a document, into one folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from frankpledge.disclosure import Released
from frankpledge.model.document import Document
from frankpledge.report.html import write_html
from frankpledge.report.pdf import write_pdf
from frankpledge.report.reading import read
from frankpledge.report.spreadsheet import write_ods
from frankpledge.report.tidy import write_csv
from frankpledge.report.word import write_word

_FORMATS: tuple[tuple[str, str, Callable[[Released[Document], Path], None]], ...] = (
    ("web page", "html", write_html),
    ("Word document", "docx", write_word),
    ("PDF", "pdf", write_pdf),
    ("spreadsheet", "ods", write_ods),
)
CSV_FOLDER = "csv"


def write_all(released: Released[Document], folder: Path, progress: Callable[[str], None]) -> list[Path]:
    """Write HTML, Word, PDF, ODS and CSV; say each as it begins; return the files in that order."""
    slug = read(released).document.slug
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, ending, write in _FORMATS:
        path = folder / f"{slug}.{ending}"
        progress(f"Writing the {name}: {path.name}")
        write(released, path)
        written.append(path)
    progress(f"Writing the CSV files: {CSV_FOLDER}/")
    return written + write_csv(released, folder / CSV_FOLDER)

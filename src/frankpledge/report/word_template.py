"""A council's own Word file as the ground a document is written on.

Its styles, page, headers and footers are kept. Its text is not, and nothing that belonged to its text: comments,
pictures, the names of those who wrote it, the address it was made from. They would go out with every document, unseen.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.rel import Relationships
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from frankpledge.errors import WorkspaceError

# What a document without any text still needs; all else that hangs on the template's text is taken away.
_KEPT = ("styles", "settings", "fontTable", "theme", "numbering", "webSettings", "footnotes", "endnotes")
_SAVE = "Open it in Word and save it as “Word Document (.docx)”, without macros, as templates/word.docx."
_PROGRAMS = ("vbaproject.bin", "vbadata.xml")


def open_template(path: Path) -> WordDocument:
    """A template, emptied.

    Raises
    ------
    WorkspaceError
        When it is no Word document, or holds programs (macros).
    """
    _check(path)
    try:
        word = docx.Document(str(path))
    except Exception as problem:  # whatever is wrong inside, python-docx says it in its own ways
        raise _refused(path, "cannot be read as a Word document") from problem
    _empty(word)
    _forget_author(word)
    return word


def _check(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as inside:
            names = [name.lower() for name in inside.namelist()]
            types = inside.read("[Content_Types].xml").decode("utf-8", errors="replace")
            if inside.testzip() is not None:
                raise zipfile.BadZipFile("a part is damaged")
    except (OSError, KeyError, zipfile.BadZipFile) as problem:
        raise _refused(path, "cannot be read as a Word document") from problem
    if "macroEnabled" in types or any(name.endswith(_PROGRAMS) for name in names):
        raise _refused(
            path, "holds macros: programs that could run on the computer of whoever opens a document made on it"
        )
    if "wordprocessingml.document.main" not in types:
        raise _refused(path, "is no Word document of the kind .docx")


def _refused(path: Path, why: str) -> WorkspaceError:
    return WorkspaceError(f"The Word template {path.parent.name}/{path.name} {why}.", _SAVE)


def _empty(word: WordDocument) -> None:
    """Take the text away, and keep the page it was on with its headers and footers."""
    body = word.element.body
    edges = _edges(body)
    for element in list(body):
        if element is not body.sectPr:
            body.remove(element)
    last = body.get_or_add_sectPr()
    for old in _edges_of(last):
        last.remove(old)
    for place, edge in enumerate(edges):
        last.insert(place, edge)
    shown = {edge.get(qn("r:id")) for edge in edges}
    _drop(word.part.rels, lambda identifier, kind: kind not in _KEPT and identifier not in shown)
    _cut_off(word)


def _edges(body: BaseOxmlElement) -> list[BaseOxmlElement]:
    """The headers and footers of the last section: its own, and those that it takes from sections before it."""
    found = {}
    for section in body.iter(qn("w:sectPr")):
        for edge in _edges_of(section):
            found[edge.tag, edge.get(qn("w:type"))] = edge
    return list(found.values())


def _edges_of(section: BaseOxmlElement) -> list[BaseOxmlElement]:
    return [*section.findall(qn("w:headerReference")), *section.findall(qn("w:footerReference"))]


def _cut_off(word: WordDocument) -> None:
    """Forget the template's own template, whose address Word would ask each time the document is opened."""
    for name in ("w:attachedTemplate", "w:documentProtection", "w:trackRevisions"):
        for element in word.settings.element.findall(qn(name)):
            word.settings.element.remove(element)
    for relation in word.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.SETTINGS:
            _drop(relation.target_part.rels, lambda identifier, kind: kind == "attachedTemplate")


def _forget_author(word: WordDocument) -> None:
    kinds = ("custom-properties", "extended-properties")
    _drop(word.part.package.rels, lambda identifier, kind: kind in kinds)
    about = word.core_properties
    about.keywords = about.category = about.content_status = about.identifier = about.version = ""
    about.revision = 1


def _drop(relations: Relationships, unwanted: Callable[[str, str], bool]) -> None:
    """Cut the ties to parts, by identifier and kind; a part that nothing is tied to is not saved."""
    for identifier, relation in list(relations.items()):
        if unwanted(identifier, relation.reltype.rpartition("/")[2]):
            del relations[identifier]

"""The command ``returned``: a Word draft that came back, its changes and comments, accepted or refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from frankpledge.errors import NotHeldError, UserError
from frankpledge.findings.wording import Wording, read_wording
from frankpledge.model.document import plain_text
from frankpledge.returned.comparing import Change, Comparison, FigureChange, Remark, compare, plain
from frankpledge.returned.draft import Draft, read_draft
from frankpledge.returned.texts import take_in, where_is
from frankpledge.workspace import Workspace

if TYPE_CHECKING:
    from frankpledge.cli.main import Session

ALL = "all"
_SHOWN = 60
_INDENT = "   "


@click.command("returned")
@click.argument("draft", type=click.Path(path_type=Path))
@click.option("--accept", default="", metavar="N,N", help="Changes to write into the texts; “all” for all.")
@click.option("--refuse", default="", metavar="N,N", help="Changes to leave out of “--accept all”.")
@click.option("--edition", default="", metavar="HASH", help="The edition it was made from, where the file has lost it.")
@click.pass_obj
def returned_command(session: Session, draft: Path, accept: str, refuse: str, edition: str) -> None:
    """List what a colleague changed and remarked in a Word draft, and take accepted changes into the texts.

    \b
    Examples:
      frankpledge returned strategic-assessment-2018.docx
      frankpledge returned strategic-assessment-2018.docx --accept 1,3
      frankpledge returned strategic-assessment-2018.docx --accept all --refuse 2
    """
    if not draft.is_file():
        raise UserError(f"There is no file {draft}.", "Give the path of the Word file that came back.")
    workspace = session.workspace()
    wording = read_wording(workspace.definitions)
    read = read_draft(draft)
    name = edition or read.edition
    compared = compare(_edition(workspace, name, draft.name), read)
    refused = _numbers(refuse, compared)
    accepted = [one for one in _numbers(accept, compared) if one not in refused]
    if not accepted:
        for line in _listed(wording, workspace, name, compared):
            session.screen.answer(line)
    if refused:
        session.screen.answer(_say(wording, "refused", numbers=", ".join(map(str, refused))))
    if accepted:
        written = take_in([one for one in compared.prose if one.number in accepted], workspace.prose)
        files = ", ".join(str(path.relative_to(workspace.folder)) for path in written)
        session.screen.answer(_say(wording, "taken", numbers=", ".join(map(str, accepted)), files=files))
    elif compared.prose and not refused:
        session.screen.say("Next: “--accept 1,2” or “--accept all” writes changes into the texts.")


def _edition(workspace: Workspace, name: str, file: str) -> Draft:
    """The Word file that an edition keeps."""
    if not re.fullmatch(r"[0-9a-f]{6,64}", name):
        raise UserError(
            f"{file} does not say which edition it was made from." if not name else f"“{name}” is not an edition.",
            "Say so: “--edition HASH”, as it stands on the document's cover.",
        )
    found = sorted(workspace.editions.glob(f"*-{name}/*.docx"))
    if len(found) != 1:
        raise NotHeldError(
            f"No edition {name} with a Word file is in {workspace.editions}.",
            "Use the workspace that made the draft, or ask for its folder of editions.",
        )
    return read_draft(found[0])


def _numbers(given: str, compared: Comparison) -> list[int]:
    known = [one.number for one in compared.prose]
    if given.strip().lower() == ALL:
        return known
    wanted = [part.strip() for part in given.split(",") if part.strip()]
    unknown = [part for part in wanted if not part.isdecimal() or int(part) not in known]
    if unknown:
        listed = f"Changes are numbered 1 to {len(known)}." if known else "There is none."
        raise UserError(f"There is no change {', '.join(unknown)} in the draft.", f"{listed} Write “1,2” or “all”.")
    return sorted({int(part) for part in wanted})


def _say(wording: Wording, *keys: str, **fillings: str) -> str:
    return plain_text(wording.sentence("returned", *keys, **fillings))


def _listed(wording: Wording, workspace: Workspace, edition: str, compared: Comparison) -> Iterator[str]:
    others = len(compared.elsewhere) + len(compared.cells)
    if not (compared.prose or others or compared.remarks):
        yield _say(wording, "nothing", edition=edition)
        return
    yield _say(
        wording, "heading", edition=edition, prose=_counted(len(compared.prose), "change"),
        others=_counted(others, "change"), comments=_counted(len(compared.remarks), "comment"),
    )  # fmt: skip
    for change in compared.prose:
        where = where_is(change.mark, workspace.prose).words or wording.word("returned", "taken out of files")
        yield ""
        yield _say(wording, "change", number=str(change.number), where=where)
        yield from _texts(wording, change)
    if others:
        yield from ("", _say(wording, "elsewhere"))
    for change in compared.elsewhere:
        yield from _texts(wording, change)
    for cell in compared.cells:
        yield _INDENT + _say(wording, "cell", table=str(cell.table), row=str(cell.row), old=cell.old, new=cell.new)
    if compared.remarks:
        yield ""
    for remark in compared.remarks:
        yield _comment(wording, workspace, remark)


def _texts(wording: Wording, change: Change) -> Iterable[str]:
    yield _INDENT + _say(wording, "old", text=plain(change.old.text))
    for paragraph in change.new:
        yield _INDENT + _say(wording, "new", text=plain(paragraph.text))
    if not change.new:
        yield _INDENT + _say(wording, "gone")
    for figure in change.figures:
        yield _INDENT + _figure(wording, figure)


def _figure(wording: Wording, one: FigureChange) -> str:
    if not one.new:
        return _say(wording, "figure gone", figure=one.figure, old=one.old)
    return _say(wording, "figure", figure=one.figure, old=one.old, new=one.new)


def _comment(wording: Wording, workspace: Workspace, remark: Remark) -> str:
    author = remark.author or wording.word("returned", "nobody")
    where = where_is(remark.mark, workspace.prose).words
    if where:
        return _say(wording, "comment", author=author, where=where, text=remark.text)
    if remark.on:
        return _say(wording, "comment on words", author=author, where=_beginning(remark.on), text=remark.text)
    return _say(wording, "comment on nothing", author=author, text=remark.text)


def _beginning(text: str) -> str:
    whole = plain(text)
    return whole if len(whole) <= _SHOWN else f"{whole[:_SHOWN].rstrip()}…"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"

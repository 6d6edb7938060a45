"""The command that lists the areas a partnership drew or listed itself, and checks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from frankpledge.definition import definition_files
from frankpledge.errors import DefinitionError, UserError
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.warehouse.drawn_areas import DrawnArea, read_drawn_area
from frankpledge.workspace import Workspace

if TYPE_CHECKING:
    from frankpledge.cli.main import Session

_NOT_BUILT = "not built yet"


@click.command("areas")
@click.pass_obj
def areas_command(session: Session) -> None:
    """List the areas you drew or listed in definitions/areas, and say what is wrong with any.

    \b
    Example:
      frankpledge areas
    """
    workspace = session.workspace()
    files = definition_files("areas", workspace.definitions)
    read: list[DrawnArea] = []
    wrong: list[UserError] = []
    for path in files.values():
        try:
            read.append(read_drawn_area(path))
        except UserError as error:
            wrong.append(error)
    if not files:
        session.screen.answer("There are no areas of your own: write one as a file in definitions/areas.")
    if read:
        _show(session, read, _built(workspace))
    for one in wrong:
        click.echo(f"! {one.happened} {one.to_do}", err=True)
    if wrong:
        raise DefinitionError(
            f"{len(wrong)} of {len(files)} areas cannot be used, and nothing is built until they can.",
            "Put right what is said above, or take the files away.",
        )


def _show(session: Session, areas: list[DrawnArea], built: dict[str, tuple[str, str, str]]) -> None:
    rows = []
    for area in areas:
        members, residents, _ = built.get(area.code, (_NOT_BUILT, "", ""))
        rows.append((area.code, area.title, area.sort, _where(area), members, residents))
    columns = ("Area", "Title", "Kind", "Where", "Made of", "Residents")
    session.screen.table("Areas of your own", columns, rows, numeric=(5,))
    for area in areas:
        said = built[area.code][2] if area.code in built else " ".join(f"{area.where}: {one}." for one in area.said)
        if said:
            session.screen.answer(said)
    if any(area.code not in built for area in areas):
        session.screen.say("Next: “frankpledge build”, and then “frankpledge show INDICATOR --by own”.")


def _where(area: DrawnArea) -> str:
    if area.listed:
        return f"{len(area.listed)} areas listed"
    if area.around is not None:
        return f"{area.around.metres:,.0f} m around {area.around.postcode}"
    assert area.outline is not None
    return f"{area.outline.area / 1e6:,.2f} km²"


def _built(workspace: Workspace) -> dict[str, tuple[str, str, str]]:
    """Code → what it is made of, its newest residents, what to know; nothing before the first build."""
    try:
        warehouse = open_warehouse(workspace)
    except UserError:
        return {}
    rows = warehouse.con.execute(_MADE).fetchall()
    warehouse.close()
    return {
        code: (_members(number, made_of), "" if people is None else f"{people:,} ({year})", said or "")
        for code, made_of, number, people, year, said in rows
    }


def _members(number: int, made_of: str) -> str:
    words = {"lsoa": "small areas", "ward": "wards", "authority": "authorities"}[made_of]
    return f"{number} {words}"


_MADE = """
    SELECT drawn.code, made_of, count(DISTINCT member.member) FILTER (member.peopled),
           max(people.number), max(people.year), any_value(said)
    FROM drawn_area AS drawn LEFT JOIN drawn_member AS member USING (area_id)
    LEFT JOIN (
        SELECT area_code, arg_max(number, (year, series_id)) AS number, max(year) AS year
        FROM population WHERE part = 'residents' GROUP BY area_code
    ) AS people ON people.area_code = drawn.code
    GROUP BY drawn.code, made_of ORDER BY drawn.code
"""

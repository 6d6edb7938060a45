"""Writing the example's files: gzipped CSV in the templates for partners' records, a file a year of records."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv

from frankpledge.example.boroughs import borough_names
from frankpledge.example.counts import BOROUGHS, FLAGS, Counts, draw_counts
from frankpledge.example.followed import COHORTS, EARLIER, FACTORS, LATER, FollowedPeople, Span, draw_followed
from frankpledge.example.incidents import PLACES, Incidents, draw_incidents
from frankpledge.example.offences import FLAGGED, OFFENCES
from frankpledge.example.people import BANDS, ETHNICITIES, HOMES, INJURIES, RELATIONSHIPS, SEXES, People, draw_people
from frankpledge.example.points import draw_points
from frankpledge.example.populations import YEARS as POPULATION_YEARS
from frankpledge.example.populations import residents
from frankpledge.example.returns import partner_returns
from frankpledge.example.returns.tables import words_of
from frankpledge.example.targets import HARROW, LONDON, read_targets
from frankpledge.example.timeline import MONTHS, YEARS, Whole, year_index
from frankpledge.example.wards import WARDS

# Any number would do; it is the year of the Statute of Winchester, on watch and ward.
SEED = 1285

# What is true of an incident → the flags it carries for it, the rarer first, as officers add them. Two that go
# together have a flag of their own.
_FLAGS = {
    "knife": "knife-crime", "gun": "gun-crime", "domestic": "domestic-abuse", "hate-race": "hate-crime-racist",
    "hate-faith": "hate-crime-faith", "hate-homophobic": "hate-crime-homophobic",
    "hate-disability": "hate-crime-disability", "hate-transgender": "hate-crime-transphobic",
    "aggravated": "aggravated-burglary", "artifice": "artifice-burglary", "injury": "", "under-25": "",
}  # fmt: skip
_FLAGS_TOGETHER = {
    ("knife", "injury"): "knife-crime-with-injury",
    ("domestic", "injury"): "domestic-abuse-violence-with-injury",
    ("knife", "injury", "under-25"): "knife-injury-victims-under-25",
}
_HATE = "hate-crime"

# Roads are told apart by a tree: a number behind a road would be somebody's house.
_TREES = (
    "Alder", "Almond", "Ash", "Aspen", "Beech", "Birch", "Cedar", "Cherry", "Chestnut", "Cypress", "Elder", "Elm",
    "Fir", "Hawthorn", "Hazel", "Holly", "Hornbeam", "Juniper", "Larch", "Laurel", "Lime", "Maple", "Oak",
    "Olive", "Pear", "Pine", "Poplar", "Rowan", "Willow", "Yew",
)  # fmt: skip
_FIRST_WORDS = ("Example", "Sample", "Invented", "Pretend", "Made-up", "Imagined", "Fictional", "Specimen")
_KINDS = ("Road", "Street", "Avenue", "Lane", "Close")

Tell = Callable[[str], None]
Table = Mapping[str, pa.Array]


def write_example_files(folder: Path, tell: Tell) -> list[Path]:
    """Write the example's files into a folder; all their records are invented, and say so.

    Parameters
    ----------
    folder
        Where; made if it is not there. Files of the same names are replaced.
    tell
        Told in words what is being done.
    """
    folder.mkdir(parents=True, exist_ok=True)
    targets = read_targets()
    draw = _generators()
    tell("Working out counts that add up to the published figures")
    counts = draw_counts(targets, draw["counts"])
    tell("Inventing incidents")
    incidents = draw_incidents(targets, *counts.harrow(), draw["incidents"])
    tell(f"Inventing victims and suspects of {len(incidents):,} incidents")
    people = draw_people(incidents, draw["people"])
    tell("Inventing the returns of the other partners")
    returns = partner_returns(counts, incidents, draw["returns"])
    tables = {
        "example-residents": _population_table(residents(targets, draw["populations"])),
        "example-counts-by-borough": _count_table(counts),
        **_yearly("example-incidents", _incident_table(incidents, people, draw["points"]), year_index(incidents.month)),
        "example-followed": _followed_table(draw_followed(LATER, draw["followed"]), LATER),
        "example-followed-earlier": _followed_table(draw_followed(EARLIER, draw["followed"]), EARLIER),
        **_yearly("example-people", _people_table(incidents, people), year_index(incidents.month[people.incident])),
        **returns,
    }
    return _write_all(folder, tables, tell)


def _generators() -> dict[str, np.random.Generator]:
    """One generator a subject, so that a change to one leaves the others' records as they were."""
    names = ("counts", "incidents", "people", "populations", "followed", "returns", "points")
    seeds = np.random.SeedSequence(SEED).spawn(len(names))
    return {name: np.random.Generator(np.random.PCG64(seed)) for name, seed in zip(names, seeds, strict=True)}


def _write_all(folder: Path, tables: Mapping[str, Table], tell: Tell) -> list[Path]:
    paths = {folder / f"{name}.csv.gz": table for name, table in tables.items()}
    # Compressing lets go of the interpreter, so two at a time take half the time.
    with ThreadPoolExecutor(2) as pool:
        for path, _ in zip(paths, pool.map(_write, paths, paths.values()), strict=True):
            tell(f"Wrote {path.name}")
    return list(paths)


def _write(path: Path, columns: Table) -> None:
    table = pa.table({**columns, "invented": words_of(np.zeros(len(next(iter(columns.values()))), int), ("yes",))})
    # No name and no time in the file's head: the same records are the same bytes.
    with path.open("wb") as file, gzip.GzipFile("", "wb", compresslevel=6, fileobj=file, mtime=0) as zipped:
        zipped.write((",".join(table.column_names) + "\n").encode())
        csv.write_csv(table, zipped, csv.WriteOptions(include_header=False, quoting_style="none"))


def _yearly(name: str, table: Table, year: Whole) -> dict[str, Table]:
    """A table cut into years; its rows are in order of time."""
    edges = np.searchsorted(year, np.arange(len(YEARS) + 1))
    return {
        f"{name}-{at}": {column: values.slice(start, end - start) for column, values in table.items()}
        for at, start, end in zip(YEARS, edges, edges[1:], strict=False)
    }


def _references(numbers: Whole) -> pa.Array:
    return pa.array(np.char.add("EX-", np.char.zfill((numbers + 1).astype(str), 7)))


def _incident_table(incidents: Incidents, people: People, rng: np.random.Generator) -> Table:
    codes, names = tuple(WARDS), tuple(WARDS.values())
    east, north, unplaced = draw_points(incidents, rng)
    ended = np.datetime_as_string(incidents.ended, unit="m")
    return {
        "reference": _references(np.arange(len(incidents))),
        "offence": words_of(incidents.offence, OFFENCES),
        "from": pa.array(np.datetime_as_string(incidents.started, unit="m")),
        "to": pa.array(np.where(np.isnat(incidents.ended), "", ended)),
        "area_code": words_of(incidents.ward, codes),
        "area_name": words_of(incidents.ward, names),
        "reported_for": words_of(np.zeros(len(incidents), int), (HARROW,)),
        "place": words_of(incidents.place, _places()),
        "easting": pa.array(east, mask=unplaced),
        "northing": pa.array(north, mask=unplaced),
        "flags": _flag_texts(incidents, people),
    }


def _places() -> tuple[str, ...]:
    """Names that nobody can take for a street in Harrow."""
    names = tuple(f"{first} {tree} {kind}" for tree in _TREES for kind in _KINDS for first in _FIRST_WORDS)
    assert len(names) == PLACES, "each place has a name of its own"
    return names


def _flag_texts(incidents: Incidents, people: People) -> pa.Array:
    young = people.young_victims(len(incidents)) & np.isin(incidents.offence, _AGAINST_PEOPLE)
    flags = incidents.flags | {"under-25": young}
    # Few of the combinations there could be ever occur: each is spelt once.
    bits = sum(flags[name].astype(np.int64) << number for number, name in enumerate(_FLAGS))
    found, which = np.unique(bits, return_inverse=True)
    texts = [_flags_of([name for number, name in enumerate(_FLAGS) if one >> number & 1]) for one in found.tolist()]
    return words_of(which, tuple(texts))


def _flags_of(names: list[str]) -> str:
    """The flags of an incident of which these are true, in the words of the template."""
    alone = [_FLAGS[name] for name in names if _FLAGS[name]]
    hate = [_HATE] if any(flag.startswith(_HATE) for flag in alone) else []
    together = [flag for all_of, flag in _FLAGS_TOGETHER.items() if set(all_of) <= set(names)]
    return " ".join([*hate, *alone, *together])


_AGAINST_PEOPLE = [
    number for number, path in enumerate(OFFENCES) if path.startswith(("crime/violence-and-sexual", "crime/robbery"))
]


def _people_table(incidents: Incidents, people: People) -> Table:
    return {
        "reference": _references(people.incident),
        "role": words_of(people.suspect.astype(int), ("victim", "suspect")),
        "person": pa.array(np.char.add("P-", np.char.zfill(people.person.astype(str), 6))),
        "age_band": words_of(people.age, BANDS),
        "sex": words_of(people.sex, SEXES),
        "ethnicity": words_of(people.ethnicity, ETHNICITIES),
        "injury": words_of(people.injury, INJURIES),
        "relationship": words_of(people.relationship, RELATIONSHIPS),
        "lives_in": words_of(people.home, HOMES),
    }


def _followed_table(followed: FollowedPeople, span: Span) -> Table:
    again = np.datetime_as_string(followed.again, unit="D")
    everybody = np.zeros(len(followed), int)
    return {
        "person": pa.array(
            [f"YP-{number:04d}" for number in range(span.first_number, span.first_number + len(followed))]
        ),
        "cohort": words_of(followed.cohort, COHORTS),
        "began": pa.array(np.datetime_as_string(followed.began, unit="D")),
        "offended_again": pa.array(np.where(np.isnat(followed.again), "", again)),
        "known_until": words_of(everybody, (str(span.known_until),)),
        "serious": words_of((~followed.serious).astype(int), ("yes", "no")),
        "reported_for": words_of(everybody, (HARROW,)),
        **{name: words_of(column, ("yes", "no", "")) for name, column in zip(FACTORS, followed.factors.T, strict=True)},
    }


def _count_table(counts: Counts) -> Table:
    """A row a borough, month and offence; rows of nought are left out, as the template allows."""
    paths = (*OFFENCES, *(FLAGGED[flag] for flag in FLAGS))
    every = np.concatenate([counts.offences, counts.flagged], axis=1)
    borough, path, month = np.nonzero(every)
    names = borough_names()
    return {
        "area_code": words_of(borough, BOROUGHS),
        "area_name": words_of(borough, tuple(names[code] for code in BOROUGHS)),
        "month": words_of(month, MONTHS),
        "offence": words_of(path, paths),
        "count": pa.array(every[borough, path, month]),
    }


def _population_table(by_area: Mapping[str, list[int]]) -> Table:
    codes = tuple(by_area)
    names = borough_names() | WARDS | {LONDON: "London"}
    area = np.repeat(np.arange(len(codes)), len(POPULATION_YEARS))
    return {
        "area_code": words_of(area, codes),
        "area_name": words_of(area, tuple(names[code] for code in codes)),
        "year": pa.array(np.tile(POPULATION_YEARS, len(codes))),
        "residents": pa.array([count for counts in by_area.values() for count in counts]),
    }

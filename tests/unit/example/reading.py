"""Reading the example's files back in plain Python, without any of the project's code."""

import csv
import gzip
from collections import Counter
from dataclasses import dataclass, field


def rows_of(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@dataclass
class ReadBack:
    """What the files hold, counted without any of the project's code."""

    counts: dict = field(default_factory=dict)  # (area, offence, month) → count
    residents: dict = field(default_factory=dict)  # (area, year) → residents
    names: dict = field(default_factory=dict)  # area → name
    incidents: Counter = field(default_factory=Counter)  # (ward, offence, month) → records
    flagged: Counter = field(default_factory=Counter)  # (ward, flag, month) → records
    references: list = field(default_factory=list)

    def total(self, area, path, period):
        return sum(
            count
            for (code, offence, month), count in self.counts.items()
            if code == area and _below(offence, path) and month.startswith(period)
        )

    def london(self, path, period):
        return sum(
            count
            for (_, offence, month), count in self.counts.items()
            if _below(offence, path) and month.startswith(period)
        )

    def wards(self, path, period):
        found = Counter()
        for (ward, offence, month), count in self.incidents.items():
            if _below(offence, path) and month.startswith(period):
                found[self.names[ward]] += count
        return found


def _below(offence, path):
    return offence == path or offence.startswith(f"{path}/")


def read_files(paths):
    found = ReadBack()
    for path in paths:
        if path.name.startswith("example-counts"):
            for row in rows_of(path):
                found.counts[row["area_code"], row["offence"], row["month"]] = int(row["count"])
                found.names[row["area_code"]] = row["area_name"]
        elif path.name.startswith("example-residents"):
            for row in rows_of(path):
                found.residents[row["area_code"], int(row["year"])] = int(row["residents"])
        elif path.name.startswith("example-incidents"):
            _count_incidents(found, path)
    return found


def _count_incidents(found, path):
    for row in rows_of(path):
        month = row["from"][:7]
        found.names[row["area_code"]] = row["area_name"]
        found.incidents[row["area_code"], row["offence"], month] += 1
        found.references.append(row["reference"])
        for flag in row["flags"].split():
            found.flagged[row["area_code"], flag, month] += 1

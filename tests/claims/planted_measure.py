"""How many planted slips the checker finds, by kind and by whether what contradicts them stands beside them.

Run it as ``python -m tests.claims.planted_measure``: documents with one slip each, and clean ones, of fixed seeds;
``--first 2000`` for others, none of whose misses was looked at.
"""

from __future__ import annotations

from collections import Counter

import click

from frankpledge.claims.checking import check
from tests.claims.found import found
from tests.claims.planted.generator import make
from tests.claims.planted.model import SlipKind

CLEAN = 200
EACH = 40
_FIRST = 1000


@click.command()
@click.option("--first", default=_FIRST, help="Seed of the first document of each kind.")
def main(first: int) -> None:
    """Print the figures."""
    alarmed = [seed for seed in range(CLEAN) if check(make(seed, None).document).errors]
    click.echo(f"{CLEAN} clean documents: {len(alarmed)} with an alarm {alarmed[:10]}")
    hits: Counter[tuple[SlipKind, bool]] = Counter()
    every: Counter[tuple[SlipKind, bool]] = Counter()
    for kind in SlipKind:
        for seed in range(first, first + EACH):
            made = make(seed, kind)
            assert made.planted is not None
            every[kind, made.planted.near] += 1
            hits[kind, made.planted.near] += found(made.planted, check(made.document))
        told = (f"{hits[kind, near]} of {every[kind, near]}" for near in (True, False))
        click.echo(f"{kind.value:20} {' beside, '.join(told)} elsewhere")
    click.echo(f"found {sum(hits.values())} of {sum(every.values())}")


if __name__ == "__main__":
    main()

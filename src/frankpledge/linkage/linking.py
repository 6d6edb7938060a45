"""Splink, asked for the probability that two records are of one person, and kept quiet meanwhile."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from frankpledge.linkage.pairs import Linkage, Pair
from frankpledge.linkage.records import IDENTIFYING, RARE, Field, Kind, Records, check_fields, columns_of

if TYPE_CHECKING:
    from splink import Linker, SplinkDataFrame
    from splink.internals.blocking_rule_creator import BlockingRuleCreator

Model = dict[str, Any]

# Of those who are in both lists, the part that agrees on all identifying fields but one. It only has to be near:
# counts made of the pairs allow for half the prior and for twice it.
_RECALL_OF_RULES = 0.9

# All pairs of two lists of 2,200. Beyond that Splink takes a sample, by the seed.
_SAMPLED_PAIRS = 5e6

_LEAST_PROBABILITY = 0.001
# The prior is put right in so many rounds at most, and has settled when a round moves it by less than a fiftieth.
_ROUNDS = 12
_SETTLED = 0.02
# Half a link keeps a prior from being none, from which nothing comes back.
_FEWEST_LINKS = 0.5
# Where so many pairs agree by chance for each that is one person's, no probability is to be trusted.
_MOST_BY_CHANCE = 300
_PRIOR = "probability_two_random_records_match"


def link_records(
    left: Records, right: Records | None, *fields: Field, identifier: str = "record", seed: int = 1
) -> Linkage:
    """Give each pair of records a probability of being one person's.

    Parameters
    ----------
    left, right
        Two lists to be linked, or one list and None, to find the persons it holds more than once. Tables or
        sequences of dictionaries. A value of None or an empty text is not recorded, and says nothing: it
        agrees with no other, and it disagrees with none.
    fields
        What records are compared by. Three or more must be codes, dates (ISO, 1990-05-17) or years.
    identifier
        The column that names a record, each name once in its list.
    seed
        Of the sample by which chance agreement is measured in long lists.

    Returns
    -------
    Linkage
        The same for the same records, in whatever order they come.

    Raises
    ------
    ValueError
        If a list is too short, a field is missing or malformed, an identifier is missing or stands twice, too
        few fields identify, or the records teach nothing about when two are one person's.

    Notes
    -----
    The model is that of Fellegi and Sunter (1969, *JASA* 64), fitted by Splink without labelled pairs: the
    prior from pairs that agree on all identifying fields but one, chance agreement from pairs at large, and
    agreement of true pairs by expectation maximisation among pairs that agree on one field, each in turn.
    Agreement on a rare code counts for more than on a common one.

    Fields are taken to agree or err independently of each other. Those of families and of people of one
    origin do not, and where true pairs are rare among those compared, their number may come out too high. The prior is
    put right by the links that are found until both agree, for pairs that agree by chance would otherwise count.
    """
    check_fields(fields)
    lists = [columns_of(left, fields, identifier, "left" if right is not None else "only")]
    if right is not None:
        lists.append(columns_of(right, fields, identifier, "right"))
    with _quietly():
        splink = _Splink(lists, fields, seed)
        try:
            found, prior = splink.pairs()
        finally:
            splink.connection.close()
    return Linkage(
        pairs=tuple(sorted(found, key=lambda pair: (pair.left, pair.right))),
        left_records=lists[0].num_rows,
        right_records=lists[1].num_rows if right is not None else None,
        prior=prior,
    )


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep Splink's messages, which are for those who fit models by hand, from whoever runs us."""
    logger = logging.getLogger("splink")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def links_expected(pairs: Sequence[Pair], one_list: bool) -> float:
    """How many links pairs amount to, when a record has one at most: what its pairs claim, over that and one."""
    odds: tuple[dict[str, float], dict[str, float]] = ({}, {})
    for pair in pairs:
        claim = pair.probability / max(1 - pair.probability, 1e-12)
        for side, record in zip(odds, (pair.left, pair.right), strict=True):
            side[record] = side.get(record, 0.0) + claim
    if one_list:
        return sum(pair.probability for pair in pairs)
    return min(sum(claimed / (1 + claimed) for claimed in side.values()) for side in odds)


class _Splink:
    """One linkage by Splink, from tables to pairs."""

    def __init__(self, lists: Sequence[pa.Table], fields: Sequence[Field], seed: int) -> None:
        # Splink takes as long to import as everything else together, and few commands link.
        from splink import DuckDBAPI

        self.fields, self.seed = fields, seed
        self.sizes = [one.num_rows for one in lists]
        database = DuckDBAPI(":memory:")
        self.connection = database.duckdb_con
        # Sums of floats depend on how many threads they are made in.
        self.connection.execute("SET threads = 1")
        self.tables: list[SplinkDataFrame] = [
            database.register(table, dataset_display_name=f"list_{place}") for place, table in enumerate(lists)
        ]

    def pairs(self) -> tuple[list[Pair], float]:
        """Pairs with their probability, and the prior they were worked out with.

        The first prior counts pairs that agree by chance as if they were one person's. Each round puts the number of
        links that were found in its place, until one confirms the other.
        """
        trained = self._trained()
        prior = float(trained[_PRIOR])
        for _ in range(_ROUNDS):
            pairs = self._predicted(self._smoothed({**deepcopy(trained), _PRIOR: prior}))
            found = max(links_expected(pairs, len(self.tables) == 1), _FEWEST_LINKS) / self.compared
            settled = abs(found / prior - 1) < _SETTLED
            prior = found
            if settled:
                break
        if trained[_PRIOR] > _MOST_BY_CHANCE * prior:
            raise ValueError(
                "Nearly all pairs that agree do so by chance: these fields tell too few people apart to say who is in "
                "both. Take more fields, or a full date of birth, or count by a code."
            )
        return pairs, prior

    def _predicted(self, model: Model) -> list[Pair]:
        found = self._linker(model).inference.predict(threshold_match_probability=_LEAST_PROBABILITY)
        table: pa.Table = found.as_pyarrow_table()  # type: ignore[no-untyped-call]
        columns = (table.column(name).to_pylist() for name in ("record_l", "record_r", "match_probability"))
        return [Pair(*row) for row in zip(*columns, strict=True)]

    @property
    def compared(self) -> float:
        """How many pairs there are at all."""
        first = self.sizes[0]
        return float(first * self.sizes[1] if len(self.sizes) == 2 else first * (first - 1) // 2)

    def _linker(self, model: Any) -> Linker:
        from splink import Linker

        return Linker(self.tables if len(self.tables) == 2 else self.tables[0], model, log_level=None)

    def _trained(self) -> Model:
        from splink import block_on
        from splink.internals.exceptions import SplinkException

        linker = self._linker(self._settings())
        self._set_prior(linker)
        linker.training.estimate_u_using_random_sampling(
            max_pairs=_SAMPLED_PAIRS, seed=self.seed, min_count_per_level=None, num_chunks=1
        )
        prior = linker.misc.save_model_to_json()[_PRIOR]
        model: Model = {}
        for column in self._columns_of(RARE):
            try:
                linker.training.estimate_parameters_using_expectation_maximisation(
                    block_on(column), estimate_without_term_frequencies=True, fix_u_probabilities=True
                )
            except (ValueError, SplinkException):
                # Among so few pairs one field may teach nothing. The others still can.
                continue
            # One that fails half-way leaves its own prior and half of its agreements in the linker.
            model = {**linker.misc.save_model_to_json(), _PRIOR: prior}
        if not model:
            raise ValueError(
                "Too few pairs of records agree on any field to learn from. Take longer lists, or count by a code."
            )
        return model

    def _set_prior(self, linker: Linker) -> None:
        from splink import block_on

        identifying = self._columns_of(IDENTIFYING)
        rules: list[str | BlockingRuleCreator] = [
            block_on(*some) for some in combinations(identifying, len(identifying) - 1)
        ]
        try:
            linker.training.estimate_probability_two_random_records_match(rules, recall=_RECALL_OF_RULES)
        except ValueError as error:
            raise ValueError(
                "Nearly all pairs of records agree on the identifying fields, so these tell nobody apart. Check "
                "that they are codes of persons, and not one value throughout."
            ) from error
        if not linker.misc.save_model_to_json()["probability_two_random_records_match"]:
            raise ValueError(
                "No two records agree on all identifying fields but one, so there is nothing to learn from. Either "
                "nobody stands in them twice, or codes and dates are made in different ways: check how both were made."
            )

    def _smoothed(self, model: Model) -> Model:
        """The model without certainties, and with true pairs taken out of what stands for chance.

        Half a pair is added to each level: what a few hundred pairs never showed is rare, and not impossible.
        Pairs at large, by which chance is measured, include the true ones; of birth dates these are the greater
        part of those that agree.
        """
        compared = self.compared
        true = min(model["probability_two_random_records_match"] * compared, compared / 2)
        for comparison in model["comparisons"]:
            levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
            share = _smooth([_number(level.get("m_probability")) * true for level in levels])
            seen = [_number(level.get("u_probability")) * compared for level in levels]
            by_chance = _smooth([max(all_ - m * true, 0.0) for all_, m in zip(seen, share, strict=True)])
            for level, m, u in zip(levels, share, by_chance, strict=True):
                level["m_probability"], level["u_probability"] = m, u
        return model

    def _settings(self) -> Any:
        from splink import SettingsCreator, block_on

        return SettingsCreator(
            link_type="link_only" if len(self.tables) == 2 else "dedupe_only",
            comparisons=[_compared(f"f{place}", field.kind) for place, field in enumerate(self.fields)],
            blocking_rules_to_generate_predictions=[block_on(column) for column in self._columns_of(RARE)],
            unique_id_column_name="record",
            retain_matching_columns=False,
            # Further rounds drive what few pairs never show towards nought, below what a float can hold.
            max_iterations=12,
        )

    def _columns_of(self, kinds: set[Kind]) -> list[str]:
        return [f"f{place}" for place, field in enumerate(self.fields) if field.kind in kinds]


def _number(probability: object) -> float:
    # Splink has a sentence in the place of a probability that it saw no case of.
    return float(probability) if isinstance(probability, int | float) else 0.0


def _smooth(counts: Sequence[float]) -> list[float]:
    total = sum(counts) + 0.5 * len(counts)
    return [(count + 0.5) / total for count in counts]


def _compared(column: str, kind: Kind) -> Any:
    import splink.comparison_level_library as levels
    from splink.comparison_library import CustomComparison

    between = [levels.CustomLevel(condition) for condition in _near(column, kind)]
    exact = levels.ExactMatchLevel(column, term_frequency_adjustments=kind in (Kind.CODE, Kind.OUTCODE))
    return CustomComparison(
        output_column_name=column,
        comparison_levels=[levels.NullLevel(column), exact, *between, levels.ElseLevel()],
    )


def _near(column: str, kind: Kind) -> list[str]:
    """What is near without being equal, as conditions."""
    left, right = f"{column}_l", f"{column}_r"
    if kind is Kind.YEAR:
        return [f"abs(cast({left} as int) - cast({right} as int)) = 1"]
    if kind is Kind.OUTCODE:
        return [f"regexp_extract({left}, '^[A-Za-z]+') = regexp_extract({right}, '^[A-Za-z]+')"]
    if kind is not Kind.DATE:
        return []
    (year, month, day), (other_year, other_month, other_day) = (
        [f"substr({side}, {start}, {length})" for start, length in ((1, 4), (6, 2), (9, 2))] for side in (left, right)
    )
    same = [f"{one} = {other}" for one, other in ((year, other_year), (month, other_month), (day, other_day))]
    swapped = f"({same[0]} and {month} = {other_day} and {day} = {other_month})"
    return [" or ".join([swapped, *(f"({one} and {other})" for one, other in combinations(same, 2))])]

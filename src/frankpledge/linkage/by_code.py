"""Persons counted by a code that their records share. Only the records without one leave a doubt."""

from collections import Counter
from collections.abc import Sequence

from frankpledge.linkage.counts import Overlap, Repeats, Uncertain


def repeats_by_code(codes: Sequence[str | None]) -> Repeats:
    """Count the persons seen twice or more in records that have a person's code.

    Parameters
    ----------
    codes
        The code of each record; None or an empty text where none is recorded.

    Returns
    -------
    Repeats
        The values are those of the records with a code. The ranges hold everything the other records could do:
        at one end each is another, new person; at the other they are repeats of persons already known, each of
        as many as possible.

    Raises
    ------
    ValueError
        If there is no record at all.
    """
    if not codes:
        raise ValueError("There are no records to count repeats in. Check that the list was read.")
    times = Counter(_recorded(codes))
    uncoded = len(codes) - times.total()
    persons, repeated = len(times), sum(count > 1 for count in times.values())
    once = persons - repeated
    fewest = max(persons, min(uncoded, 1))
    # Each makes somebody a repeat who was seen once; when all are, two of them make one more between them.
    most_repeated = repeated + min(once, uncoded) + max(uncoded - once, 0) // 2
    coded = len(codes) - uncoded
    return Repeats(
        records=len(codes),
        without_code=uncoded,
        persons=Uncertain(max(persons, fewest), fewest, persons + uncoded),
        repeated=Uncertain(repeated, repeated, most_repeated),
        share=Uncertain(
            (coded - persons) / coded if coded else 0.0,
            (coded - persons) / len(codes),
            (len(codes) - fewest) / len(codes),
        ),
        at_half=repeated,
        at_95=repeated,
        method="shared code",
    )


def overlap_by_code(victims: Sequence[str | None], suspects: Sequence[str | None]) -> Overlap:
    """Count the persons whose code is in both of two lists.

    Parameters
    ----------
    victims, suspects
        The code of each record of two lists; None or an empty text where none is recorded.

    Returns
    -------
    Overlap
        The range runs from the codes in both lists to what there would be if as many records without a code as
        possible were of persons in the other list.

    Raises
    ------
    ValueError
        If either list is empty.
    """
    if not victims or not suspects:
        raise ValueError("An overlap needs two lists with records in them. Check that both were read.")
    left, right = (set(_recorded(codes)) for codes in (victims, suspects))
    both = len(left & right)
    uncoded_left, uncoded_right = (len(codes) - len(_recorded(codes)) for codes in (victims, suspects))
    from_left = min(uncoded_left, len(right - left))
    from_right = min(uncoded_right, len(left - right))
    # Those left over on either side may be each other.
    from_both = min(uncoded_left - from_left, uncoded_right - from_right)
    return Overlap(
        left_records=len(victims),
        right_records=len(suspects),
        left_persons=len(left),
        right_persons=len(right),
        persons=Uncertain(both, both, both + from_left + from_right + from_both),
        at_half=both,
        at_95=both,
        method="shared code",
    )


def _recorded(codes: Sequence[str | None]) -> list[str]:
    """The codes that are there: spaces are none, and neither is the NaN that a data frame has for a blank."""
    return [code.strip() for code in codes if isinstance(code, str) and code.strip()]

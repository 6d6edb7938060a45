"""What a count is a count of, as far as the words behind it say."""

from __future__ import annotations

import re

from frankpledge.claims.grammar.quantities import Quantity

# What may be said of anything that is counted.
GENERAL = frozenset(
    ("offence", "crime", "incident", "record", "total", "number", "figure", "case", "report", "recorded")
)
_NO_NOUN = re.compile(
    r"(?:a|an|the|of|in|and|or|to|by|for|from|with|were|was|is|are|during|between|per|on|at|it|this|that|all|more|fewer|"
    r"than|have|had|has|been|when|where|which|who|as|but|compared|up|down|over|under)"
)


def nouns(one: Quantity, *, general: bool = False) -> frozenset[str]:
    """The words behind a number up to the first that is no noun, without their endings.

    Parameters
    ----------
    general
        Also words that may be said of anything counted: “offences”, “reports”.
    """
    words: list[str] = []
    for word in re.findall(r"[a-z-]+", one.of.lower()):
        if _NO_NOUN.fullmatch(word):
            break
        words.append(re.sub(r"ies$", "y", word).rstrip("s"))
    return frozenset(words) if general else frozenset(words) - GENERAL

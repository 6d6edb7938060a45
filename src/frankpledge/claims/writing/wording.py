"""The words of a report: what each test is called, how sure an objection is, and what was and was not tested."""

from __future__ import annotations

from frankpledge.claims.checking import Checked
from frankpledge.claims.objections import Objection

_RULES = {
    "average-of-period": "Average against its total",
    "change-of-counts": "Change against its two values",
    "dates": "Dates and periods",
    "direction": "Direction against the two values",
    "evidence": "Against the workspace’s figures",
    "malformed": "Broken number, reference or name",
    "noise": "Change within chance",
    "parts-of-total": "Parts against their total",
    "percent-of-counts": "Per cent against its two values",
    "rate-of-count": "Rate against its count and population",
    "same-quantity": "One quantity told twice",
    "share-of-whole": "Share against its part and whole",
    "shares-of-hundred": "Shares against a hundred",
    "span": "Length of time against its ends",
    "superlative": "Highest and lowest against the table",
    "unit": "Unit or base of a figure",
}
_SURE, _LIKELY = 0.9, 0.8


def rule_words(slug: str) -> str:
    """What a test is called."""
    return _RULES[slug]


def how_sure(objection: Objection) -> str:
    """How sure it is, in words."""
    return "sure" if objection.confidence >= _SURE else "likely" if objection.confidence >= _LIKELY else "look"


def where(objection: Objection) -> str:
    """Its place, as the beginning of a sentence."""
    words = objection.place.words()
    return words[:1].upper() + words[1:]


def counts_told(checked: Checked) -> str:
    """How many figures were read and tested, so that nobody takes silence for proof."""
    settled = (
        f" {_many(len(checked.settled), 'finding')} settled before and not raised again." if checked.settled else ""
    )
    return (
        f"{_many(checked.read, 'figure')} read; {checked.testable:,} of them stand beside others they could be tested "
        f"against, and {checked.tested:,} were. Nothing is said of the rest.{settled}"
    )


def nothing_found(checked: Checked) -> str:
    """What is said where nothing is objected to."""
    if not checked.tested:
        return "Nothing could be tested: no figure stands beside another that it follows from."
    return "No figure that was tested is at odds with another."


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")

"""How old a reader must be to follow a text, by Flesch and Kincaid (1975): five years more than the school grade."""

import re

_BEFORE_SCHOOL = 5


def reading_age(outline: str) -> float:
    """Of the sentences of a page's outline: not its headings, tables and pictures."""
    lines = (line.removeprefix("- ") for line in outline.splitlines())
    told = [line for line in lines if line.endswith(".") and " | " not in line and not line.startswith(("#", "["))]
    sentences = [one for line in told for one in re.split(r"(?<=[.!?])\s+", line) if len(one.split()) > 2]
    words = [word for one in sentences for word in re.findall(r"[A-Za-z][A-Za-z'’-]*", one)]
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 + _BEFORE_SCHOOL


def _syllables(word: str) -> int:
    """As many as there are groups of vowels; an e at the end is mute, but after an l."""
    spoken = re.sub(r"(?<!l)e$|(?<![td])ed$", "", word.lower()) if len(word) > 3 else word.lower()
    return max(1, len(re.findall("[aeiouy]+", spoken)))

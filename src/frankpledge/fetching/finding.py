"""An address and what was asked for → the files to get: templates filled in, lists and pages looked through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from itertools import product
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from frankpledge.errors import FetchError
from frankpledge.fetching.archive import tame
from frankpledge.fetching.asking import ask_json, ask_page
from frankpledge.fetching.definition import Address, Listing
from frankpledge.fetching.errand import Errand, Wanted
from frankpledge.periods import month_number, month_text, month_words

# Three years: enough to set a year beside the one before it, and one archive of data.police.uk.
USUAL_MONTHS = 36

# Police data come out about two months after the month they are of.
_LAG = 2

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True)
class Asked:
    """What was asked for.

    Attributes
    ----------
    first, last
        Month numbers; None for the usual ones.
    forces
        Police forces, in the words of data.police.uk.
    areas
        GSS codes of the authorities that matter: the partnership's, its neighbours', its region's.
    """

    first: int | None = None
    last: int | None = None
    forces: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


def find_files(errand: Errand, address: Address, asked: Asked) -> list[Wanted]:
    """The files of an address that were asked for, the newest last.

    Raises
    ------
    FetchError
        When a list cannot be had or holds none that is wanted, or the police force is not known.
    """
    if "force" in address.placeholders and not asked.forces:
        raise FetchError(
            f"{address.title}: it is not known which police force covers this partnership.",
            "Say it: “--force bedfordshire”. The words are those of data.police.uk.",
        )
    if address.listing:
        return _listed(errand, address, address.listing, asked)
    return [wanted for words in _fillings(errand, address, asked) for wanted in _filled(address, words, asked)]


def _fillings(errand: Errand, address: Address, asked: Asked) -> Iterator[dict[str, str]]:
    """Every way the placeholders of an address are filled in."""
    choices: list[list[tuple[str, str]]] = [[(key, word) for word in words] for key, words in address.each]
    layer_where = address.layer.where if address.layer else ""
    needed = set(_PLACEHOLDER.findall(address.url + layer_where))
    if needed & {"month", "year"}:
        first, last = _months(errand, address, asked)
        if "year" in needed:
            choices.append([("year", str(year)) for year in range(first // 12, last // 12 + 1)])
        else:
            choices.append([("month", month_text(month)) for month in _ends(first, last, address.months_in_one)])
    if "force" in needed:
        choices.append([("force", force) for force in asked.forces])
    fixed = {"areas": ",".join(asked.areas), "quoted_areas": ",".join(f"'{code}'" for code in asked.areas)}
    for choice in product(*choices):
        yield fixed | dict(choice)


def _months(errand: Errand, address: Address, asked: Asked) -> tuple[int, int]:
    newest = _newest(errand, address)
    last = newest if asked.last is None else min(asked.last, newest)
    first = last - USUAL_MONTHS + 1 if asked.first is None else asked.first
    if first > last:
        raise FetchError(
            f"{address.title}: the newest month there is {month_words(newest)}.", "Ask for months up to then."
        )
    return first, last


def _newest(errand: Errand, address: Address) -> int:
    """The newest month a publisher has, as it says, or as is usual."""
    today = errand.clock.today()
    if address.newest is None:
        return month_number(today.year, today.month) - _LAG
    answer = ask_json(errand, _asker(address), address.newest.url)
    given = str(answer.get(address.newest.field, "")) if isinstance(answer, dict) else ""
    found = _MONTH.match(given)
    if not found or not 1 <= int(found[2]) <= 12:
        raise FetchError(
            f"{address.title}: the publisher does not say which month is its newest ({address.newest.url}).",
            address.remedy(),
        )
    return month_number(int(found[1]), int(found[2]))


def _ends(first: int, last: int, months_in_one: int) -> list[int]:
    """The last months of the files that cover a run of months, none fetched for nothing."""
    return sorted(range(last, first - 1, -months_in_one))


def _filled(address: Address, words: dict[str, str], asked: Asked) -> Iterator[Wanted]:
    url = _put_in(address.url, words)
    layer = replace(address.layer, where=_put_in(address.layer.where, words)) if address.layer else None
    filled = replace(address, layer=layer)
    members = {
        member: part.source
        for part in address.parts
        if part.member
        for member in _member_names(part.member, words, address, asked)
    }
    suffix = ".csv" if layer and layer.form == "table" else ".geojson"
    name = address.name + suffix if layer else _name(url, address, words)
    yield Wanted(name, url or address.place, filled, members, address.most, address.least)


def _member_names(pattern: str, words: dict[str, str], address: Address, asked: Asked) -> Iterator[str]:
    """A member's pattern for every force, and for every month that its file holds and was asked for."""
    needed = set(_PLACEHOLDER.findall(pattern))
    months = [words["month"]] if "month" in words else [""]
    if "month" in needed and address.months_in_one > 1:
        end = _number(words["month"])
        first = end - address.months_in_one + 1
        # What is older than was asked for is left in the archive.
        oldest = max(first, asked.first) if asked.first is not None else first
        months = [month_text(month) for month in range(oldest, end + 1)]
    forces = asked.forces if "force" in needed else ("",)
    for month, force in product(months, forces):
        yield _put_in(pattern, words | {"month": month, "force": force})


def _number(text: str) -> int:
    return month_number(int(text[:4]), int(text[5:7]))


def _put_in(template: str, words: dict[str, str]) -> str:
    """A template with its placeholders filled in; one that nothing is known for stays as it is."""
    return _PLACEHOLDER.sub(lambda found: words.get(found[1], found[0]), template)


def _name(url: str, address: Address, words: dict[str, str]) -> str:
    given = _put_in(address.saved_as, words) if address.saved_as else unquote(urlsplit(url).path)
    return tame(given, address.name)


def _asker(address: Address) -> Wanted:
    return Wanted(address.name, address.place, address, {}, address.most, 1)


def _listed(errand: Errand, address: Address, listing: Listing, asked: Asked) -> list[Wanted]:
    """The entries of a publisher's list whose title is wanted."""
    entries = _links(errand, address, listing) if listing.is_page else _entries(errand, address, listing)
    fitting = {url: title for title, url in entries if re.search(listing.wanted, title)}
    if not fitting:
        raise FetchError(
            f"{address.title}: nothing in the publisher's list is called anything like it ({listing.url}).",
            address.remedy(),
        )
    found = list(fitting)[:1] if listing.first else list(fitting)
    members = {
        member: part.source
        for part in address.parts
        if part.member
        for member in _member_names(part.member, {}, address, asked)
    }
    return [Wanted(_name(url, address, {}), url, address, members, address.most, address.least) for url in found]


def _entries(errand: Errand, address: Address, listing: Listing) -> Iterator[tuple[str, str]]:
    """Title and address of every entry of a list in JSON, which may be a list or a mapping of entries."""
    items: Any = ask_json(errand, _asker(address), listing.url)
    for key in listing.items.split("."):
        items = items.get(key) if isinstance(items, dict) else None
    for item in items.values() if isinstance(items, dict) else items or ():
        if isinstance(item, dict):
            words = {key: str(value) for key, value in item.items() if isinstance(value, str | int)}
            url = _put_in(listing.address, words)
            if not _PLACEHOLDER.search(url):
                yield words.get(listing.title, ""), urljoin(listing.url, url)


def _links(errand: Errand, address: Address, listing: Listing) -> list[tuple[str, str]]:
    """Words and address of every link of a web page; the address stands with the words, for it often says more."""
    found = _links_of(errand, address, listing.url)
    if not listing.through:
        return found
    onwards = [url for words, url in found if re.search(listing.through, words)]
    return _links_of(errand, address, onwards[0]) if onwards else []


def _links_of(errand: Errand, address: Address, url: str) -> list[tuple[str, str]]:
    page = _Links()
    page.feed(ask_page(errand, _asker(address), url))
    return [(f"{' '.join(words.split())} {href}", urljoin(url, href)) for href, words in page.found]


class _Links(HTMLParser):
    """Address and words of every link."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._within = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            href = dict(attrs).get("href")
            self._within = bool(href)
            self.found += [(href, "")] if href else []

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._within = False

    def handle_data(self, data: str) -> None:
        if self._within:
            href, words = self.found[-1]
            self.found[-1] = (href, words + data)

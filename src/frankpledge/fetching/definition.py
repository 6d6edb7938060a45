"""Addresses as text: one file a publisher in ``definitions/addresses``, the workspace's laid over the packaged ones.

An address says where a file is, which source it should turn out to be, and how large it may be. Publishers
move their files: whoever finds one moved copies the publisher's file into the workspace and corrects it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from frankpledge.definition import Entry, definition_files, read_definition
from frankpledge.errors import UserError
from frankpledge.fetching.sizes import size_of

NEVER = "never"

_WAYS = ("url", "list", "links", "layer")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_KEYS = (
    "name", "title", "source", "parts", *_WAYS, "where", "as", "months_in_one", "newest", "each", "forces", "file",
    "most", "least", "usual", "checked", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A file wanted out of a ZIP: a pattern of its name (``*`` stands for anything), and the source it should be."""

    member: str
    source: str


@dataclass(frozen=True)
class Listing:
    """A publisher's own list of files.

    Attributes
    ----------
    url
        Of the list.
    items
        Where the entries stand in it, as a path of keys (``result.resources``); empty for a web page, whose
        entries are its links.
    title
        The key of an entry's title.
    address
        The entry's file, with its keys in braces: ``{url}``.
    wanted
        Regular expression that the title of a wanted entry holds.
    first
        Only the first of those wanted: where the list begins with the newest.
    through
        Of a web page: regular expression of the link that leads to the page with the files, the first of them.
    """

    url: str
    items: str
    title: str
    address: str
    wanted: str
    first: bool
    through: str = ""

    @property
    def is_page(self) -> bool:
        """Whether it is a web page."""
        return not self.items


@dataclass(frozen=True)
class Layer:
    """A table or map of a feature service, handed out a page at a time; ``form`` is ``table`` or ``map``."""

    url: str
    where: str
    form: str


@dataclass(frozen=True)
class Newest:
    """Where a publisher says which month is its newest: an answer in JSON, and the key of the month."""

    url: str
    field: str


@dataclass(frozen=True)
class Address:
    """Where some open data are to be had.

    Attributes
    ----------
    name, title
        How it is asked for, and what it is.
    publisher, page
        Who publishes it, and the page a person would look on if it has moved.
    file
        Which definition it is from.
    parts
        Of a ZIP: what is wanted out of it. Else one part, with no pattern: the file itself.
    url, listing, layer
        How to find it: a template, a list, or a feature service. One of the three.
    months_in_one
        How many months a file holds, the month of its address being the last; for templates with ``{month}``.
    each
        Placeholder → the words that are put there in turn.
    forces
        The police forces it is of use to, in the words of data.police.uk; all of them where empty.
    saved_as
        Template of the file's name, where the address does not end in one.
    most, least
        How many bytes it may have at most and at least.
    usual
        Whether it is fetched when nothing is named.
    checked
        When somebody last fetched it from there, or ``never``.
    """

    name: str
    title: str
    publisher: str
    page: str
    file: Path
    parts: tuple[Part, ...]
    url: str = ""
    listing: Listing | None = None
    layer: Layer | None = None
    months_in_one: int = 1
    newest: Newest | None = None
    each: tuple[tuple[str, tuple[str, ...]], ...] = ()
    forces: tuple[str, ...] = ()
    saved_as: str = ""
    most: int = 0
    least: int = 1
    usual: bool = True
    checked: str = NEVER

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources its files should turn out to be."""
        return tuple(dict.fromkeys(part.source for part in self.parts))

    @property
    def place(self) -> str:
        """Its address as a person may read it: the template, the list or the service."""
        if self.listing:
            return self.listing.url
        return self.layer.url if self.layer else self.url

    @property
    def placeholders(self) -> set[str]:
        """What must be filled in."""
        where = self.layer.where if self.layer else ""
        return set(_PLACEHOLDER.findall(" ".join((self.url, where, *(part.member for part in self.parts)))))

    def remedy(self) -> str:
        """What to do when it is no longer there."""
        return (
            f"Look for it at {self.page}. If its address has changed, copy {self.file.name} into definitions/addresses "
            "of your workspace, correct it there, and try again; or download it with a browser and use “frankpledge "
            "add”."
        )


def read_addresses(overlay: Path | None = None) -> dict[str, Address]:
    """Name → address, of every publisher.

    Raises
    ------
    DefinitionError
        When one cannot be used as written.
    """
    found: dict[str, Address] = {}
    for path in definition_files("addresses", overlay).values():
        whole = read_definition(path)
        whole.only("schema", "publisher", "page", "forces", "addresses")
        for entry in whole.entries("addresses"):
            address = _address(entry, whole, path)
            if address.name in found:
                raise entry.problem(f"“{address.name}” is the name of another address.", "Choose another.", "name")
            found[address.name] = address
    return found


def read_forces(overlay: Path | None = None) -> dict[str, str]:
    """GSS code of a police force's area → the force in the words of data.police.uk."""
    return {
        one.text("code"): one.text("word")
        for path in definition_files("addresses", overlay).values()
        for one in read_definition(path).entries("forces", [])
    }


def chosen(addresses: dict[str, Address], names: tuple[str, ...]) -> list[Address]:
    """The addresses of these names, each that of an address, a source or a publisher's file; the usual ones for none.

    Raises
    ------
    UserError
        When a name is none of these.
    """
    if not names:
        return [address for address in addresses.values() if address.usual]
    picked: dict[str, Address] = {}
    for name in names:
        fitting = [one for one in addresses.values() if name in (one.name, *one.sources, one.file.stem)]
        if not fitting:
            raise UserError(
                f"No address is known for “{name}”.", "See “frankpledge fetch --list” for what can be fetched."
            )
        picked |= {one.name: one for one in fitting}
    return list(picked.values())


def _address(entry: Entry, whole: Entry, path: Path) -> Address:
    entry.only(*_KEYS)
    ways = [way for way in _WAYS if way in entry.values]
    if len(ways) != 1:
        raise entry.problem(f"an address has one of {', '.join(_WAYS)}.", "Write one of them, and only one.")
    # A folder is named by it.
    if not _NAME.fullmatch(entry.text("name")):
        raise entry.problem("this is not a name.", "Write it in small letters, figures and hyphens.", "name")
    return Address(
        name=entry.text("name"),
        title=entry.text("title"),
        publisher=whole.text("publisher"),
        page=whole.text("page"),
        file=path,
        parts=_parts(entry),
        url=entry.text("url", ""),
        listing=_listing(entry),
        layer=_layer(entry) if "layer" in entry.values else None,
        months_in_one=entry.whole("months_in_one", 1),
        newest=_newest(entry),
        each=tuple((key, tuple(str(word) for word in words)) for key, words in entry.entry("each", None).pairs()),
        forces=entry.texts("forces", []),
        saved_as=entry.text("file", ""),
        most=_size(entry, "most"),
        least=_size(entry, "least", "1 B"),
        usual=entry.flag("usual", True),
        checked=_checked(entry),
    )


def _parts(entry: Entry) -> tuple[Part, ...]:
    parts = tuple(Part(one.text("member"), one.text("source")) for one in entry.entries("parts", []))
    return parts or (Part("", entry.text("source")),)


def _listing(entry: Entry) -> Listing | None:
    key = "list" if "list" in entry.values else "links"
    if key not in entry.values:
        return None
    one = entry.entry(key)
    one.only("url", "items", "title", "address", "wanted", "first", "through")
    for pattern in ("wanted", "through"):
        try:
            re.compile(one.text(pattern, ""))
        except re.error as error:
            raise one.problem(f"“{pattern}” is not a regular expression ({error}).", "Correct it.", pattern) from error
    return Listing(
        url=one.text("url"),
        items=one.text("items") if key == "list" else "",
        title=one.text("title", "title"),
        address=one.text("address", "{url}"),
        wanted=one.text("wanted"),
        first=one.flag("first", False),
        through=one.text("through", ""),
    )


def _layer(entry: Entry) -> Layer:
    return Layer(entry.text("layer"), entry.text("where", "1=1"), entry.choice("as", ("table", "map")))


def _newest(entry: Entry) -> Newest | None:
    if "newest" not in entry.values:
        return None
    one = entry.entry("newest")
    one.only("url", "field")
    return Newest(one.text("url"), one.text("field"))


def _checked(entry: Entry) -> str:
    # A day without quotes is one already when it has been read.
    day = entry.values.get("checked")
    return day.isoformat() if isinstance(day, date) else entry.text("checked")


def _size(entry: Entry, key: str, default: str | None = None) -> int:
    text = entry.text(key) if default is None else entry.text(key, default)
    size = size_of(text)
    if size is None:
        raise entry.problem(f"“{key}” is “{text}”, which is not a size.", "Write it as “200 MB” or “3 GB”.", key)
    return size

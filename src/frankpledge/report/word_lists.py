"""Bullets for a Word template that has none: a list style is nothing without a numbering of Word's behind it."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.numbering import NumberingPart
from docx.styles.style import ParagraphStyle

# Twentieths of a point: how far the text of a point stands in, and how far its bullet hangs before it.
_INDENT, _HANGING = 360, 360


def give_bullet(word: WordDocument, style: ParagraphStyle) -> None:
    """Make a style one of bulleted points."""
    number = _bulleted(_numbering(word))
    properties = style.element.get_or_add_pPr()
    told, which = OxmlElement("w:numPr"), OxmlElement("w:numId")
    which.set(qn("w:val"), str(number))
    told.append(which)
    properties.insert_element_before(told, "w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind")


def _numbering(word: WordDocument) -> BaseOxmlElement:
    """All the numberings of a file; python-docx cannot begin them where there are none."""
    held = [one.target_part for one in word.part.rels.values() if one.reltype == RELATIONSHIP_TYPE.NUMBERING]
    part = held[0] if held else _first_numbering(word)
    assert isinstance(part.element, BaseOxmlElement), "numberings are Word's elements"
    return part.element


def _first_numbering(word: WordDocument) -> NumberingPart:
    empty = parse_xml(f"<w:numbering {nsdecls('w')}/>")
    name = PackURI("/word/numbering.xml")
    part = NumberingPart(name, CONTENT_TYPE.WML_NUMBERING, empty, word.part.package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return part


def _bulleted(numbering: BaseOxmlElement) -> int:
    """Add a list of bullets, and say its number."""
    kinds, lists = numbering.findall(qn("w:abstractNum")), numbering.findall(qn("w:num"))
    kind = 1 + max((int(one.get(qn("w:abstractNumId"))) for one in kinds), default=0)
    number = 1 + max((int(one.get(qn("w:numId"))) for one in lists), default=0)
    # The schema wants every kind of list before the first list.
    numbering.insert(
        len(kinds),
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{kind}"><w:multiLevelType w:val="singleLevel"/>'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{_INDENT}" w:hanging="{_HANGING}"/></w:pPr></w:lvl>'
            "</w:abstractNum>"
        ),
    )
    numbering.insert(
        len(kinds) + 1 + len(lists),
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{kind}"/></w:num>'),
    )
    return number

"""The styles of the Word file: typeface, language, headings, boxes, tables.

A style that a council's template has is left as it is; only those that it lacks are made.
"""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from frankpledge.report import word_lists
from frankpledge.report.palette import GREY, INK, PAPER

FAMILY = "Arial"
# How the names of the styles begin that Word has itself, though a file may not hold them yet.
_WORDS_OWN = ("toc ", "Heading ", "Caption", "List Bullet", "Title", "Subtitle", "Header", "Footer")
# Word's own attributes for "the font of the theme": while they are there it ignores the font we name.
_THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


@dataclass(frozen=True)
class _Shaper:
    """Makes styles, and leaves those that are to be kept.

    Attributes
    ----------
    family
        The typeface; empty for that of the template.
    """

    word: WordDocument
    kept: frozenset[str]
    family: str

    def shape(
        self,
        name: str,
        base: str = "",
        size: float | None = None,
        bold: bool = False,
        colour: str = INK,
        before: float = 0,
        after: float = 0,
        left: float = 0,
        line: float = 1.0,
        keep: bool = False,
    ) -> ParagraphStyle | None:
        """Set a paragraph style, making it if need be; None where it is the template's own."""
        if name in self.kept:
            return None
        style = _style(self.word, name, base)
        if self.family:
            style.font.name = self.family
        style.font.size = Pt(size) if size else None
        style.font.bold, style.font.italic = bold, False
        style.font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
        spacing = style.paragraph_format
        spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), line
        spacing.keep_with_next, spacing.widow_control = keep, True
        if left:
            spacing.left_indent = Pt(left)
        return style


def set_styles(word: WordDocument, colour: str) -> None:
    """Give every style our typeface and language, and make those that Word does not have."""
    for style in word.styles:
        _plain_font(style.element)
    _plain_font(word.styles.element.find(qn("w:docDefaults")))
    _make_styles(_Shaper(word, frozenset(), FAMILY), colour)
    set_language(word)


def add_missing_styles(word: WordDocument, colour: str) -> None:
    """Make the styles that a template lacks, in its own typeface; text is in its Normal."""
    kept = {style.name for style in word.styles if style.name}
    bullets = "List Bullet" not in kept
    _make_styles(_Shaper(word, frozenset({*kept, "Normal", "Body Text"}), ""), colour)
    if bullets:
        word_lists.give_bullet(word, word.styles["List Bullet"])
    set_language(word)


def table_grid(word: WordDocument) -> str:
    """What a template's file calls its style for tables with lines; empty where it has none."""
    named = {style.name: style.style_id for style in word.styles}
    return str(named.get("Table Grid", ""))


def numbers_itself(style: ParagraphStyle) -> bool:
    """Whether Word counts the headings of a style, by itself or by the style it is based on."""
    found: ParagraphStyle | None = style
    while found is not None:
        if found.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None:
            return True
        found = found.base_style
    return False


def _make_styles(shaper: _Shaper, colour: str) -> None:
    _text_styles(shaper)
    _heading_styles(shaper)
    _cover_styles(shaper, colour)
    _box_styles(shaper, colour)


def set_language(word: WordDocument) -> None:
    """British English, in every style and where none says otherwise."""
    defaults = _default_run(word.styles.element)
    if defaults.find(qn("w:lang")) is None:
        defaults.append(OxmlElement("w:lang"))
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
        language.set(qn("w:eastAsia"), "en-GB")


def _plain_font(element: object) -> None:
    for fonts in element.iter(qn("w:rFonts")):  # type: ignore[attr-defined]
        for name in _THEME:
            fonts.attrib.pop(qn(f"w:{name}"), None)
        for name in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{name}"), FAMILY)


def _default_run(styles: BaseOxmlElement) -> BaseOxmlElement:
    """Where the properties of all text stand, made if need be."""
    found = styles
    # Each is the first of its parent, as the schema asks.
    for name in ("w:docDefaults", "w:rPrDefault", "w:rPr"):
        inner = found.find(qn(name))
        if inner is None:
            inner = OxmlElement(name)
            found.insert(0, inner)
        found = inner
    return found


def _text_styles(shaper: _Shaper) -> None:
    shaper.shape("Normal", size=11, after=0, line=1.0)
    shaper.shape("Body Text", size=11, after=8, line=1.15)
    shaper.shape("List Bullet", size=11, after=4, line=1.15)
    shaper.shape("Caption", size=10, bold=True, before=12, after=4, keep=True)
    shaper.shape("Table text", base="Normal", size=9)
    shaper.shape("Table number", base="Table text", size=9)
    shaper.shape("Glossary", base="Normal", size=11, after=6, line=1.15)
    shaper.shape("Table note", base="Normal", size=9, colour=GREY, before=3)
    shaper.shape("Source", base="Normal", size=9, colour=GREY, before=3, after=14)
    shaper.shape("Picture", base="Normal")
    shaper.shape("toc 1", base="Normal", bold=True, before=6, after=2)
    shaper.shape("toc 2", base="Normal", after=2, left=18)
    shaper.shape("Header", size=9, colour=GREY)
    shaper.shape("Footer", size=9, colour=GREY)
    shaper.shape("Marking", base="Normal", size=9, bold=True, after=4)
    warning = shaper.shape("Header warning", base="Normal", size=9, bold=True, after=6)
    if warning:
        _borders(warning, {"left": (36, INK)}, space=4, fill="FFF3BF")
        warning.paragraph_format.left_indent = Pt(6)


def _heading_styles(shaper: _Shaper) -> None:
    for level, size in ((1, 20), (2, 15), (3, 12.5), (4, 11), (5, 11)):
        shaper.shape(f"Heading {level}", size=size, bold=True, before=26 - 4 * level, after=6, keep=True)
    shaper.shape("Contents heading", base="Normal", size=20, bold=True, after=10, keep=True)


def _cover_styles(shaper: _Shaper, colour: str) -> None:
    band = shaper.shape("Cover partnership", base="Normal", size=15, bold=True, colour=PAPER, before=14, after=110)
    if band:
        # Borders of the fill's own colour are the padding that a paragraph does not have.
        sides = dict.fromkeys(("top", "left", "bottom", "right"), (96, colour))
        _borders(band, sides, space=0, fill=colour.lstrip("#"))
        band.paragraph_format.left_indent = band.paragraph_format.right_indent = Pt(12)
    shaper.shape("Title", size=34, bold=True, colour=INK, after=8)
    shaper.shape("Subtitle", size=16, colour=GREY, after=40)
    shaper.shape("Cover detail", base="Normal", size=12, after=4)


def _box_styles(shaper: _Shaper, colour: str) -> None:
    for kind, edge, fill in (
        ("invented", INK, "FFF3BF"),
        ("caution", "#A3470B", "FDF1E8"),
        ("information", GREY, "F3F4F5"),
    ):
        box = shaper.shape(f"Note {kind}", base="Normal", before=10, after=14, left=8, line=1.15)
        if box:
            # Lines of the fill's own colour above and below are padding.
            _borders(box, {"top": (24, fill), "left": (36, edge), "bottom": (24, fill)}, space=6, fill=fill)
    pale, bar = "F3F4F5", (48, colour)
    title = shaper.shape("Facts title", base="Normal", size=13, bold=True, before=14, left=20, keep=True)
    if title:
        _borders(title, {"top": (48, pale), "left": bar}, space=10, fill=pale)
    fact = shaper.shape("Facts", base="List Bullet", size=11, after=0, line=1.25)
    if fact:
        _borders(fact, {"left": bar, "bottom": (48, pale)}, space=10, fill=pale)
        # The bullet hangs where the title begins, so that the bar beside both is one line.
        fact.paragraph_format.left_indent, fact.paragraph_format.first_line_indent = Pt(34), Pt(-14)


def _style(word: WordDocument, name: str, base: str) -> ParagraphStyle:
    if name in word.styles:
        style = word.styles[name]
    else:
        # Named as Word names them, its own styles stay its own: it updates a list of contents in “toc 1”.
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith(_WORDS_OWN))
        style.quick_style = True
    assert isinstance(style, ParagraphStyle), f"{name} is a paragraph style"
    if base:
        style.base_style = word.styles[base]
    # Word's template draws lines of its own under the title.
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
    # And spaces the letters of its subtitle.
    for spacing in style.element.get_or_add_rPr().findall(qn("w:spacing")):
        spacing.getparent().remove(spacing)
    return style


def _borders(style: ParagraphStyle, sides: dict[str, tuple[int, str]], space: int, fill: str = "") -> None:
    """Lines beside a paragraph, and a fill behind it."""
    properties = style.element.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    for side, (width, colour) in sides.items():
        line = OxmlElement(f"w:{side}")
        for name, value in (
            ("val", "single"),
            ("sz", width),
            # Word keeps text this far from a line; above and below, the line itself is padding enough.
            ("space", space if side in ("left", "right") else 0),
            ("color", colour.lstrip("#")),
        ):
            line.set(qn(f"w:{name}"), str(value))
        borders.append(line)
    # Word refuses a file whose properties stand in another order than its schema's.
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    if fill:
        shading = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
            shading.set(qn(f"w:{name}"), str(value))
        properties.insert_element_before(shading, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")

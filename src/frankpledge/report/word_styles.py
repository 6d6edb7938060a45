"""The styles of the Word file: typeface, language, headings, boxes, tables."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from frankpledge.report.palette import GREY, INK, PAPER

FAMILY = "Arial"
# Word's own attributes for "the font of the theme": while they are there it ignores the font we name.
_THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def set_styles(word: WordDocument, colour: str) -> None:
    """Give every style our typeface and language, and make those that Word does not have."""
    for style in word.styles:
        _plain_font(style.element)
    _defaults(word)
    _text_styles(word)
    _heading_styles(word)
    _cover_styles(word, colour)
    _box_styles(word, colour)


def _plain_font(element: object) -> None:
    for fonts in element.iter(qn("w:rFonts")):  # type: ignore[attr-defined]
        for name in _THEME:
            fonts.attrib.pop(qn(f"w:{name}"), None)
        for name in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{name}"), FAMILY)


def _defaults(word: WordDocument) -> None:
    defaults = word.styles.element.find(qn("w:docDefaults"))
    _plain_font(defaults)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
        language.set(qn("w:eastAsia"), "en-GB")


def _text_styles(word: WordDocument) -> None:
    _shape(word, "Normal", size=11, after=0, line=1.0)
    _shape(word, "Body Text", size=11, after=8, line=1.15)
    _shape(word, "List Bullet", size=11, after=4, line=1.15)
    _shape(word, "Caption", size=10, bold=True, before=12, after=4, keep=True)
    _shape(word, "Table text", base="Normal", size=9)
    _shape(word, "Table number", base="Table text", size=9)
    _shape(word, "Table note", base="Normal", size=9, colour=GREY, before=3)
    _shape(word, "Source", base="Normal", size=9, colour=GREY, before=3, after=14)
    _shape(word, "Picture", base="Normal")
    _shape(word, "Contents 1", base="Normal", bold=True, before=6, after=2)
    _shape(word, "Contents 2", base="Normal", after=2, left=18)
    _shape(word, "Header", size=9, colour=GREY)
    _shape(word, "Footer", size=9, colour=GREY)
    warning = _shape(word, "Header warning", base="Normal", size=9, bold=True, after=6)
    _borders(warning, {"left": (36, INK)}, space=4, fill="FFF3BF")
    warning.paragraph_format.left_indent = Pt(6)


def _heading_styles(word: WordDocument) -> None:
    for level, size in ((1, 20), (2, 15), (3, 12.5), (4, 11), (5, 11)):
        _shape(word, f"Heading {level}", size=size, bold=True, before=26 - 4 * level, after=6, keep=True)
    _shape(word, "Contents heading", base="Normal", size=20, bold=True, after=10, keep=True)


def _cover_styles(word: WordDocument, colour: str) -> None:
    band = _shape(word, "Cover partnership", base="Normal", size=15, bold=True, colour=PAPER, before=14, after=110)
    # Borders of the fill's own colour are the padding that a paragraph does not have.
    _borders(
        band,
        dict.fromkeys(("top", "left", "bottom", "right"), (96, colour)),
        space=0,
        fill=colour.lstrip("#"),
    )
    band.paragraph_format.left_indent = band.paragraph_format.right_indent = Pt(12)
    _shape(word, "Title", size=34, bold=True, colour=INK, after=8)
    _shape(word, "Subtitle", size=16, colour=GREY, after=40)
    _shape(word, "Cover detail", base="Normal", size=12, after=4)


def _box_styles(word: WordDocument, colour: str) -> None:
    for kind, edge, fill in (
        ("invented", INK, "FFF3BF"),
        ("caution", "#A3470B", "FDF1E8"),
        ("information", GREY, "F3F4F5"),
    ):
        box = _shape(word, f"Note {kind}", base="Normal", before=10, after=14, left=8, line=1.15)
        # Lines of the fill's own colour above and below are padding.
        _borders(box, {"top": (24, fill), "left": (36, edge), "bottom": (24, fill)}, space=6, fill=fill)
    pale, bar = "F3F4F5", (48, colour)
    title = _shape(word, "Facts title", base="Normal", size=13, bold=True, before=14, left=20, keep=True)
    _borders(title, {"top": (48, pale), "left": bar}, space=10, fill=pale)
    fact = _shape(word, "Facts", base="List Bullet", size=11, after=0, line=1.25)
    _borders(fact, {"left": bar, "bottom": (48, pale)}, space=10, fill=pale)
    # The bullet hangs where the title begins, so that the bar beside both is one line.
    fact.paragraph_format.left_indent, fact.paragraph_format.first_line_indent = Pt(34), Pt(-14)


def _shape(
    word: WordDocument,
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
) -> ParagraphStyle:
    """Set a paragraph style, making it if need be."""
    style = _style(word, name, base)
    style.font.name = FAMILY
    style.font.size = Pt(size) if size else None
    style.font.bold, style.font.italic = bold, False
    style.font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), line
    spacing.keep_with_next, spacing.widow_control = keep, True
    if left:
        spacing.left_indent = Pt(left)
    return style


def _style(word: WordDocument, name: str, base: str) -> ParagraphStyle:
    if name in word.styles:
        style = word.styles[name]
    else:
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
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

"""Documents made for tests: Word and LibreOffice files from their XML, PDFs by typst or from their parts."""

import zipfile
import zlib

import typst

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SPACES = (
    f"{W} "
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"

OPEN = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def paragraph(text, properties="", run=""):
    """A paragraph of Word with one run."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"
    )


def cell(content, properties=""):
    """A cell of Word."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else paragraph(content)}</w:tc>"


def word_file(path, body, *, styles="", footnotes="", endnotes="", members=None, main=_MAIN, before=""):
    """A Word file with this body, and with the parts that are given."""
    parts = {"styles": styles, "footnotes": footnotes, "endnotes": endnotes}
    given = {name: content for name, content in parts.items() if content}
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_PART.format(name)}"/>' for name in given)
    related = "".join(
        f'<Relationship Id="r{name}" Type="{_RELATED.format(name)}" Target="{name}.xml"/>' for name in given
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    content = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{_CORE}"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATED.format("officeDocument")}" Target="word/document.xml"/>'
        "</Relationships>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{related}</Relationships>',
        "word/document.xml": f"{before}<w:document {SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="x" xmlns:dcterms="http://purl.org/dc/terms/">'
        "<dcterms:created>2018-01-02T00:00:00Z</dcterms:created>"
        "<dcterms:modified>2019-05-06T00:00:00Z</dcterms:modified></cp:coreProperties>",
        **{f"word/{name}.xml": f"<w:{name} {SPACES}>{one}</w:{name}>" for name, one in given.items()},
        **(members or {}),
    }
    return packed(path, content)


def open_document(path, body, *, styles="", members=None, before=""):
    """A LibreOffice text with this body."""
    content = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"{before}<office:document-content {OPEN}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "meta.xml": f'<office:document-meta {OPEN} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
        "<dc:date>2020-07-08T09:10:11</dc:date></office:meta></office:document-meta>",
        **(members or {}),
    }
    return packed(path, content)


def packed(path, members):
    """A ZIP archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def printed(path, text):
    """A PDF, set by typst."""
    path.write_bytes(typst.compile(text.encode()))
    return path


def drawn(path, content, objects=(), resources=b"", media=b"0 0 595 842", page=b""):
    """A PDF of one page with this content, put together by hand."""
    return assembled(
        path,
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox["
            + media
            + b"]/Contents 4 0 R"
            + page
            + b"/Resources<</Font<</F1 5 0 R>>"
            + resources
            + b">>>>",
            stream(content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *objects,
        ],
    )


def stream(content, entries=b""):
    """A stream of a PDF, packed."""
    content = zlib.compress(content, 9)
    return b"<<%s/Length %d/Filter/FlateDecode>>stream\n" % (entries, len(content)) + content + b"\nendstream"


def assembled(path, objects):
    """A PDF of these objects, the first its catalogue."""
    written, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    end = written.index(b"xref\n")
    path.write_bytes(written + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, end))
    return path


def read_as(document):
    """A document in short: the kind and text of each passage, and the rows of each table."""
    return [(str(block.kind), block.text) if hasattr(block, "text") else block.rows for block in document.blocks]

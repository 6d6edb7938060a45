"""Old Office files made by hand: a compound file with one stream, and the smallest workbook that goes into one.

Compound File Binary Format (MS-CFB) and Excel Binary File Format (MS-XLS), as Microsoft documents them.
"""

import struct

_SECTOR = 512
_FREE, _END, _TABLE, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
# Shorter streams are kept in another way.
_LEAST_STREAM = 4096


def compound_file(name, content):
    """A file with one stream of a name: the table of sectors, the directory, then the stream."""
    content = content.ljust(_LEAST_STREAM, b"\x00")
    sectors = -(-len(content) // _SECTOR)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, _LEAST_STREAM, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    table = [_TABLE, _END, *range(3, 2 + sectors), _END]
    directory = (
        _entry("Root Entry", 5, 1, _END, 0) + _entry(name, 2, _NONE, 2, len(content)) + _entry("", 0, _NONE, 0, 0) * 2
    )
    return (
        header
        + struct.pack("<128I", *table, *[_FREE] * (128 - len(table)))
        + directory
        + content.ljust(sectors * _SECTOR, b"\x00")
    )


def _entry(name, kind, child, start, size):
    text = name.encode("utf-16-le") + b"\x00\x00" if name else b""
    return text.ljust(64, b"\x00") + struct.pack(
        "<HBBIII16xI16xIQ", len(text), kind, 1, _NONE, _NONE, child, 0, start, size
    )


def old_workbook(sheet, rows):
    """A workbook (XLS) of one sheet of texts and numbers."""
    name = sheet.encode("latin-1")
    cells = b"".join(_cell(row, column, value) for row, line in enumerate(rows) for column, value in enumerate(line))
    globals_before = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    length = len(globals_before) + 4 + 8 + len(name) + 4
    bound = _record(0x85, struct.pack("<IBBBB", length, 0, 0, len(name), 0) + name)
    sheet_begins = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    end = _record(0x0A, b"")
    return compound_file("Workbook", globals_before + bound + end + sheet_begins + cells + end)


def _cell(row, column, value):
    if isinstance(value, str):
        text = value.encode("latin-1")
        return _record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text)
    return _record(0x203, struct.pack("<HHHd", row, column, 0, value))


def _record(kind, content):
    return struct.pack("<HH", kind, len(content)) + content

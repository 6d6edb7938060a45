"""Renderers: one document, written as HTML, Word, PDF, spreadsheets, CSV and pictures.

A renderer knows documents and nothing of what they are about. It accepts `Released[Document]` only,
so that nothing can be written that has not passed the disclosure gate. Start in `reading`, which gives
every format the same numbers, anchors and annex; `writing.write_all` makes them all.
"""

"""Open data from the publishers' own addresses: the one room that reaches the network.

definition   addresses as text: where a file is, what it should turn out to be, how big it may be
finding      an address and what was asked → the files to get, from a template, a list or a page
connection   one question to a server, redirects followed, certificates checked
answers      which answers are a file, which are worth another try, which are an end
partial      what has arrived of a file, and how to ask for the rest of it
download     a file, whole, or a sentence that says why not
wholeness    whether what arrived is all of it, and undamaged
archive      the files wanted out of a ZIP
paging       a table or map that is handed out a page at a time
ledger       which state of which address was fetched, so that it is not fetched twice
fetch        all of this in order, and the files added to the workspace
"""

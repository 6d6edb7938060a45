"""Reading files, whatever wrote them: tables, workbooks, archives and maps, and what is noticed on the way."""

"""How the site is put together: its settings, its addresses, the way a server calls it."""

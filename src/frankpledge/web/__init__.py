"""The site: the only package that imports Django. What people write, in transactions, with an audit of who did it."""

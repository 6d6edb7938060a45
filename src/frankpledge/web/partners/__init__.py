"""Partnerships, their agencies, the people who sit for them and what each may do; and how they sign in."""

"""Journeys: the product used as a person uses it."""

"""Tests of the renderers: each opens what was written and looks inside."""

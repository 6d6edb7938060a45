"""Measurements, as ratios within one run: the same answers, on the same machine, in the same hour."""

"""Measurements, also against other engines. `python bench/run.py --help`."""

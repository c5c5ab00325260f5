"""Ratios against named rivals, measured in the same run. `python -m benchmarks`."""

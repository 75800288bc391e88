"""Measures: the question set, how a hit is counted, the baselines, the report and the thresholds."""

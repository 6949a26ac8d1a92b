"""Benchmarks: ratios taken in one run, since a machine's speed swings. See docs/performance.md."""

"""Means with 95 % confidence intervals: Wilson's for shares, the bootstrap for the rest (both SciPy's)."""

from collections.abc import Sequence

from eval.records import Figure

CONFIDENCE = 0.95
RESAMPLES = 2000
SEED = 20261122


def share_figure(values: Sequence[float]) -> Figure:
    """The share of ones among zeros and ones, with Wilson's interval. Raises ValueError on an empty sequence."""
    from scipy.stats import binomtest

    if not values:
        raise ValueError("no value to take a share of")
    interval = binomtest(int(sum(values)), len(values)).proportion_ci(CONFIDENCE, method="wilson")
    return Figure(
        value=sum(values) / len(values), low=float(interval.low), high=float(interval.high), count=len(values)
    )


def mean_figure(values: Sequence[float]) -> Figure:
    """The mean with its percentile bootstrap interval, the same on every run. Raises ValueError when empty."""
    if not values:
        raise ValueError("no value to take a mean of")
    mean = sum(values) / len(values)
    low, high = _bootstrap(values) if len(set(values)) > 1 else (mean, mean)
    return Figure(value=mean, low=low, high=high, count=len(values))


def difference_figure(ours: Sequence[float], theirs: Sequence[float]) -> Figure:
    """Mean difference over the same questions in the same order (paired): noise common to both cancels out."""
    return mean_figure([our - their for our, their in zip(ours, theirs, strict=True)])


def _bootstrap(values: Sequence[float]) -> tuple[float, float]:
    import numpy
    from scipy.stats import bootstrap

    result = bootstrap(
        (numpy.asarray(values),),
        numpy.mean,
        n_resamples=RESAMPLES,
        confidence_level=CONFIDENCE,
        method="percentile",
        rng=SEED,
    )
    return float(result.confidence_interval.low), float(result.confidence_interval.high)

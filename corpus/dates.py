"""Months in French, and the days between which a date lies that may lack its month or its day."""

import calendar
from datetime import date

from corpus.text import fold

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
FOLDED_MONTHS = tuple(map(fold, MONTHS))


def first_day(moment: str) -> date:
    """First day of a partial date: 2026, 2026-01 and 2026-01-01 all start on 1 January 2026. Raises ValueError."""
    year, month, day = (*(int(part) for part in moment.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(moment: str) -> date:
    """Last day of a partial date: 2026, 2026-12 and 2026-12-31 all end on 31 December 2026. Raises ValueError."""
    year, *rest = (int(part) for part in moment.split("-"))
    month = rest[0] if rest else 12
    return date(year, month, rest[1] if len(rest) > 1 else calendar.monthrange(year, month)[1])

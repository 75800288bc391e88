"""Days as people write them and as the project shows them."""

import re
from datetime import date

from corpus.dates import FOLDED_MONTHS, MONTHS, last_day
from corpus.errors import SituationInvalid
from corpus.obligations import load_obligations
from corpus.text import fold, squeeze

LAST_YEAR = 2100


def read_day(day: str | date | None) -> date:
    """The day asked for, today where none is given; a month or a year stands for its last day.

    Raises SituationInvalid where it is no date, lies before the law or too far ahead.
    """
    found = date.today() if day is None or day == "" else day if isinstance(day, date) else parse_day(day)
    law = load_obligations().law
    if found < date.fromisoformat(law.enacted):
        raise SituationInvalid(
            f"Aucune de ces obligations n'existait au {french_day(found)} : elles viennent de la {law.name}. "
            "Indiquez une date postérieure."
        )
    if found.year > LAST_YEAR:
        raise SituationInvalid(
            f"La date du {french_day(found)} est trop lointaine : indiquez une année avant {LAST_YEAR}."
        )
    return found


def parse_day(text: str) -> date:
    """A day from "2026-01-31", "31/01/2026", "31 janvier 2026"; a month or a year stands for its last day.

    Raises SituationInvalid where it is no date.
    """
    key = squeeze(fold(text))
    year = month = day = None
    if match := re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", key):
        year, month, day = match.groups()
    elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", key):
        day, month, year = match.groups()
    elif match := re.fullmatch(rf"(?:(\d{{1,2}})(?:er)? )?({'|'.join(FOLDED_MONTHS)}) (\d{{4}})", key):
        day, name, year = match.groups()
        month = str(FOLDED_MONTHS.index(name) + 1)
    if year is not None:
        try:
            return last_day("-".join(filter(None, (year, month, day))))
        except ValueError:
            pass
    raise SituationInvalid(
        f"La date « {squeeze(text)[:40]} » n'est pas comprise : écrivez-la sous la forme AAAA-MM-JJ, par exemple "
        "2026-01-31."
    )


def french_day(day: date) -> str:
    """As "1er janvier 2026"."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def french_moment(moment: str) -> str:
    """A partial date in words: "2026-01-01" is "1er janvier 2026", "2018-09" is "septembre 2018"."""
    parts = [int(part) for part in moment.split("-")]
    if len(parts) == 3:
        return french_day(date(parts[0], parts[1], parts[2]))
    return f"{MONTHS[parts[1] - 1]} {parts[0]}" if len(parts) == 2 else str(parts[0])


def from_moment(moment: str) -> str:
    """As "à partir du 1er janvier 2026", "à partir de septembre 2018", "à partir de 2025"."""
    article = "du" if len(moment) == len("2026-01-01") else "de"
    return f"à partir {article} {french_moment(moment)}"

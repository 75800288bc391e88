"""The same law, decree or order cited with two dates, or two of them under one title."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.conflicts.records import Finding, Source, pairs, place
from assistant.conflicts.values import DAY, Day, read_day
from corpus.obligations import load_obligations
from corpus.text import squeeze, stems

_CITED = re.compile(
    rf"\b(loi|d[ée]cret|ordonnance|arr[êeé]t[ée])\b([^.;:\n()]{{0,60}}?)\b(?:du|en date du)\s+({DAY})",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{2,4}\s?-\s?\d+")
_TITLE = re.compile(
    r"\s*(?:relati(?:f|ve)s?|pour|portant|sur)\b((?:(?!\n[ \t]*\n|\bVu\b|\n\s*[-–•])[^.;()\d]){1,140})", re.IGNORECASE
)


@dataclass(frozen=True)
class DatedText:
    """A text of law as a document cites it."""

    nature: str
    number: str | None
    day: Day
    subject: frozenset[str]
    """Stems of its title."""
    title: str
    start: int
    end: int


def dated_texts(text: str) -> tuple[DatedText, ...]:
    """Every law, decree, ordinance or order that is cited with its date."""
    return tuple(found for match in _CITED.finditer(text) if (found := _read(text, match)))


def find_text_dates(sources: Sequence[Source]) -> Iterator[Finding]:
    """A date that differs for the same text; one title given to two texts of one document."""
    cited = [(source, found) for source in sources for found in dated_texts(source.text)]
    seen: set[tuple[str, Day, Day]] = set()
    for left, right in pairs(cited):
        (ours, first), (theirs, second) = cited[left], cited[right]
        if first.day == second.day or first.nature != second.nature or not _same(first, second):
            continue
        key = (first.nature, min(first.day, second.day), max(first.day, second.day))
        if key in seen:
            continue
        seen.add(key)
        title = first.title if len(first.title) >= len(second.title) else second.title
        two = bool(first.number and second.number and first.number != second.number)
        yield Finding(
            kind="intitule-de-texte" if two else "date-de-texte",
            subject=f"{first.nature} {title}",
            title=f"Deux textes sous un même intitulé : « {title} »" if two
            else f"{first.nature.capitalize()} « {title} » : {first.day} ou {second.day}",
            explanation="Un même intitulé ne peut désigner deux textes : l'un des deux est mal cité, à vérifier sur "
            "Légifrance." if two else explain_day(first, second),
            places=(place(ours, first.start, first.end), place(theirs, second.start, second.end)),
        )  # fmt: skip


def explain_day(first: DatedText, second: DatedText) -> str:
    """Which date is right where a rule of the project names the text; else that the reader must check."""
    for known in _known_texts():
        if known.day in (first.day, second.day) and (_same(known, first) or _same(known, second)):
            return (
                f"La date juste est le {known.day} (règles du projet, à vérifier sur Légifrance), l'autre est fausse."
            )
    return "Aucune règle du projet ne départage ces dates : à vérifier sur Légifrance."


def _same(first: DatedText, second: DatedText) -> bool:
    if first.number and first.number == second.number:
        return True
    smaller, larger = sorted((first.subject, second.subject), key=len)
    return len(smaller) >= 2 and len(smaller & larger) >= 0.8 * len(smaller)


def _read(text: str, match: re.Match[str]) -> DatedText | None:
    day = read_day(match[3])
    if day is None:
        return None
    number = _NUMBER.search(match[2])
    before = re.sub(r"n\W{0,3}\s*$|n\W{0,4}" + _NUMBER.pattern, " ", match[2])
    after = _TITLE.match(text, match.end())
    title = squeeze(f"{before} {after[1] if after else ''}").strip(" ,;")
    title = re.sub(r"^(?:le|la|les|aux?|des?|du)\s+", "", title)
    return DatedText(
        nature=match[1].lower(),
        number=re.sub(r"\s", "", number[0]) if number else None,
        day=day,
        subject=frozenset(stem for stem in stems(title) if len(stem) > 2),
        title=title,
        start=match.start(),
        end=after.end() if after else match.end(),
    )


@lru_cache(maxsize=1)
def _known_texts() -> tuple[DatedText, ...]:
    rules = load_obligations()
    return dated_texts("\n\n".join([rules.law.name, *(rule.reference for rule in rules.rules)]))

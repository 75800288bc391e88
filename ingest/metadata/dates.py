"""From when to when a convention holds, and whether it is signed."""

import re

from corpus.dates import FOLDED_MONTHS
from corpus.records import DocumentStatus, Span
from corpus.text import fold
from ingest.metadata.records import Found

_DAY = r"(?P<d{n}>\d{{1,2}})\s?(?:er|\^\{{er\}})?\s+(?P<m{n}>[^\W\d_]{{3,9}})\s+(?P<y{n}>(?:19|20)\d\d)"
_FROM_TO = re.compile(
    r"(?i:\b(?:du|compter\s+du|partir\s+du|entre\s+le)\s+)" + _DAY.format(n=1)
    + r"(?i:,?\s*(?:(?:et\s+)?jusqu\s?['’]?\s?au|et\s+le|au)\s+)" + _DAY.format(n=2)
)  # fmt: skip
_UNTIL = re.compile(r"(?i:\bjusqu\s?['’]\s?au\s+)" + _DAY.format(n=2))
_YEARS = re.compile(r"(?<!\d)(?P<from>20\d\d)\s*(?:[-–—/]|à|a)\s*(?P<to>20\d\d)(?!\d)")
_CONTEXT = re.compile(r"conclu|dur[ée]e|p[ée]riode|reconduit|prend effet|entre en vigueur|valable", re.IGNORECASE)
_AROUND = 160
_TITLE = 2500
_TITLE_WORDS = re.compile(r"convention|ctg|plan d|p[ée]riode", re.IGNORECASE)
_DONE_AT = re.compile(r"(?m)^\W*Fait\s+[àaÀA]\b")
_SIGNED = re.compile(r"(?i:\ble\s+)" + _DAY.format(n=1))
_BLANK = re.compile(r"(?:\.{4,}|…{2,}|_{3,}|\.{3,}\s*20\d\d)[^\n]*")
_TEMPLATE = re.compile(r"\ben date du\s*(?:\.{2,}|…|_{2,})|\(\W*\.{3}\W*[A-ZÀ-Ý][^)]{10,}\)")
_SIGNATURE = 260


def find_period(text: str) -> tuple[Found | None, Found | None]:
    """First and last day, from the clause that says how long it holds, else the years of the title."""
    for pattern in (_FROM_TO, _UNTIL):
        for match in pattern.finditer(text):
            around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
            last = _date(match, "2")
            if last is None or not _CONTEXT.search(around):
                continue
            span = Span(start=match.start(), end=match.end())
            first = _date(match, "1") if pattern is _FROM_TO else None
            return Found(value=first, evidence=span) if first else None, Found(value=last, evidence=span)
    for match in _YEARS.finditer(text[:_TITLE]):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.end()]
        if 2 <= int(match["to"]) - int(match["from"]) <= 6 and _TITLE_WORDS.search(line):
            span = Span(start=match.start(), end=match.end())
            return Found(value=match["from"], evidence=span), Found(value=match["to"], evidence=span)
    return None, None


def find_status(text: str, *, working: Span | None, annex: Span | None) -> tuple[DocumentStatus, Span | None]:
    """Signed where its signature has a date, a draft where it has blanks, an annex, a working document, or unknown.

    `working` and `annex`: the words that say that it is one.
    """
    places = list(_DONE_AT.finditer(text))
    for place in places:
        zone = text[place.start() : place.end() + _SIGNATURE]
        blank = _BLANK.search(zone[:80])
        if blank:
            return "projet", Span(start=place.start(), end=place.start() + blank.end())
        signed = _SIGNED.search(zone)
        if signed and _date(signed, "1"):
            return "signe", Span(start=place.start(), end=place.start() + signed.end())
    remark = _TEMPLATE.search(text)
    if remark and working is None:
        return "projet", Span(start=remark.start(), end=remark.end())
    if places:
        return "inconnu", Span(start=places[0].start(), end=places[0].end())
    if annex:
        return "annexe", annex
    return ("document-de-travail", working) if working else ("inconnu", None)


def _date(match: re.Match[str], number: str) -> str | None:
    """YYYY-MM-DD; None where the words are no date."""
    month = fold(match["m" + number])
    if month not in FOLDED_MONTHS or not 1 <= int(match["d" + number]) <= 31:
        return None
    return f"{match['y' + number]}-{FOLDED_MONTHS.index(month) + 1:02d}-{int(match['d' + number]):02d}"

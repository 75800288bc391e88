"""Clauses that conventions share, and what differs in them: practices of territories, never a rule for all."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.conflicts.records import Finding, Place, Source, place
from assistant.conflicts.values import DAY, NUMBER_WORDS, missing_stems, read_day, read_number
from corpus.text import fold, squeeze

_COUNT = r"\d+|" + "|".join(NUMBER_WORDS)


@dataclass(frozen=True)
class Clause:
    """A clause whose value may differ from one convention to the next."""

    id: str
    kind: str
    title: str
    pattern: re.Pattern[str]
    """Its group `value` is what is compared."""
    form: str
    """duree, date, mots or frequence: how two values are compared."""


def _clause(id: str, kind: str, title: str, form: str, pattern: str) -> Clause:
    return Clause(id, kind, title, re.compile(pattern, re.IGNORECASE), form)


CLAUSES = (
    _clause("preavis", "duree", "Délai de préavis pour mettre fin à la convention", "duree",
            rf"(?:pr[ée]avis|pr[ée]venance)\s+d(?:e|['’])\s*(?P<value>(?:{_COUNT})\s+(?:mois|jours|semaines))"),
    _clause("mise-en-demeure", "duree", "Délai de la mise en demeure", "duree",
            rf"d[ée]lai\s+d(?:e|['’])\s*(?P<value>(?:{_COUNT})\s+(?:mois|jours))\s+suivant[^.]{{0,80}}recommand"),
    _clause("fin", "duree", "Période de la convention", "date",
            rf"pr[ée]sente\s+convention,?\s+est\s+conclue[^.]{{0,120}}?(?:jusqu\W?au|\bau)\s+(?P<value>{DAY})"),
    _clause("secretariat", "gouvernance", "Secrétariat du comité de pilotage", "mots",
            r"secr[ée]tariat(?:\s+permanent)?\s+(?:est|sera)\s+assur[ée]\s+par\s+(?P<value>[^.;\n]{5,90})"),
    _clause("copilotage", "gouvernance", "Copilotage du comité de pilotage", "mots",
            r"comit[ée]\s+de\s+pilotage\s+(?:est|sera)\s+co-?pilot[ée]\s+par\s+(?P<value>[^.;\n]{5,110})"),
    _clause("composition", "gouvernance", "Composition du comité de pilotage", "mots",
            r"(?:ce\s+comit[ée]\s+est\s+compos[ée][^.:]{0,15}?,?|comit[ée]\s+de\s+pilotage\s+regroupant\s+)"
            r"(?P<value>[^.:\n]{20,140})"),
    _clause("reunions", "frequence", "Fréquence de réunion du comité de pilotage", "mots",
            r"(?:comit[ée]|copil)[^.\n]{0,25}\bse\s+r[ée]uni\w*\s+(?P<value>[^.;\n]{0,40}(?:an|mois|trimestre)\w*)"),
    _clause("evaluation", "frequence", "Rythme de l'évaluation", "frequence",
            r"[ée]valuation\s+(?:des\s+actions\s+)?est\s+conduite(?P<value>[^.]{8,150})"
            r"|(?P<value2>points\s+d['’][ée]tape\s+(?:annuels|trimestriels|semestriels))"),
)  # fmt: skip
_RHYTHMS = {"annuel": "annuel", "trimestr": "trimestriel", "semestr": "semestriel",
            "reconduction": "avant reconduction", "avancee": "au fil de l'eau"}  # fmt: skip


def find_clauses(sources: Sequence[Source]) -> Iterator[Finding]:
    """Clauses for which the conventions do not give the same value."""
    for clause in CLAUSES:
        found = [(source, *read) for source in sources if (read := read_clause(clause, source.text))]
        groups: list[list[tuple[Source, str, int, int]]] = []
        for item in found:
            known = next((group for group in groups if _same(clause, group[0][1], item[1])), None)
            groups.append([item]) if known is None else known.append(item)
        if len(groups) < 2:
            continue
        yield Finding(
            kind=clause.kind,
            subject=clause.id,
            title=f"{clause.title} : {len(groups)} pratiques",
            explanation=_explain(clause, groups),
            places=tuple(_places(groups)),
        )


def read_clause(clause: Clause, text: str) -> tuple[str, int, int] | None:
    """The value of a clause in a text with its place, or None where the text does not hold it."""
    match = clause.pattern.search(text)
    if match is None:
        return None
    named = match.groupdict()
    group = "value" if named.get("value") else "value2"
    return squeeze(match[group]), match.start(), match.end(group)


def _same(clause: Clause, left: str, right: str) -> bool:
    if clause.form == "duree":
        (ours, unit), (theirs, other) = (re.split(r"\s+", fold(value)) for value in (left, right))
        return read_number(ours) == read_number(theirs) and unit == other
    if clause.form == "date":
        return read_day(left) == read_day(right)
    if clause.form == "frequence":
        return _rhythms(left) == _rhythms(right)
    return not any(missing_stems(left, right))


def _rhythms(text: str) -> set[str]:
    plain = fold(text)
    return {name for beginning, name in _RHYTHMS.items() if beginning in plain}


def _explain(clause: Clause, groups: Sequence[Sequence[tuple[Source, str, int, int]]]) -> str:
    versions = " ; ".join(
        f"{', '.join(source.territory for source, *_ in group)} : {group[0][1].strip(' ,')}" for group in groups
    )
    drafts = [source.territory for group in groups for source, *_ in group if source.status == "projet"]
    draft = f" {', '.join(drafts)} : projet non signé." if drafts else ""
    return f"Chaque convention vaut pour son territoire, aucune pour les autres. {versions}.{draft}"


def _places(groups: Sequence[Sequence[tuple[Source, str, int, int]]]) -> Iterator[Place]:
    for group in groups:
        for source, _, start, end in group:
            yield place(source, start, end)

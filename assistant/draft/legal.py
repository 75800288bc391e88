"""Legal references of a fiche: those that its subject calls for, those that are out of date."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.compose.citing import CitationBook
from assistant.draft.findings import Finding, ReviewedFiche
from assistant.draft.idea import stems_of
from assistant.draft.subject import Subject
from corpus.glossary import load_glossary
from corpus.obligations import Rule, load_obligations
from corpus.text import fold, letters

_REFERENCE = re.compile(
    r"\b(?:loi|décret|arrêté|code de l['’]|article [LRD]\b|[LRD]\.?\s?\d{3}|CASF|circulaire|ordonnance)", re.IGNORECASE
)
_MOST_RULES = 2


def legal_findings(fiche: ReviewedFiche, subject: Subject, book: CitationBook) -> Iterator[Finding]:
    """A duty that the fiche serves without naming its text; a text, a date or a name that is no longer right."""
    yield from _missing(fiche, subject, book)
    yield from _wrong_quotes(fiche, book)
    yield from _former_names(fiche)


def _missing(fiche: ReviewedFiche, subject: Subject, book: CitationBook) -> Iterator[Finding]:
    if _REFERENCE.search(fiche.text):
        return
    served = [
        rule for rule in load_obligations().rules if rule.level == "obligatoire" and _serves(fiche, subject, rule)
    ]
    if not served:
        return
    cited = tuple(_cite(book, rule) for rule in served[:_MOST_RULES])
    named = " ; ".join(
        f"{rule.title} ({rule.reference}) [{number}]" for rule, number in zip(served, cited, strict=False)
    )
    yield Finding(
        kind="reference-legale-absente", key="contexte",
        text=f"La fiche sert une obligation sans la nommer : {named}. Vérifiez sur Légifrance et citez le texte.",
        sources=tuple(map(book.citation, cited)),
    )  # fmt: skip


def _serves(fiche: ReviewedFiche, subject: Subject, rule: Rule) -> bool:
    """True where the theme is the rule's and the title says one of its keywords."""
    if rule.theme not in subject.themes[:1]:
        return False
    said = stems_of("\n".join((fiche.title, *fiche.lines("objectif_operationnel"))))
    return any(keyed and keyed <= said for keyed in map(stems_of, (*rule.keywords, rule.title)))


def _wrong_quotes(fiche: ReviewedFiche, book: CitationBook) -> Iterator[Finding]:
    """Words that a document of the corpus wrote wrongly and that the fiche has taken over."""
    said = letters(fiche.text)
    for rule in load_obligations().rules:
        for mention in rule.gaps:
            if letters(mention.quote) in said:
                number = _cite(book, rule)
                yield Finding(
                    kind="reference-depassee", key=None, sources=(book.citation(number),),
                    text=f"« {mention.quote} » n'est pas exact : {mention.note} [{number}]",
                )  # fmt: skip


def _former_names(fiche: ReviewedFiche) -> Iterator[Finding]:
    for former, today, since in _former():
        acronym = former.isupper()
        found = re.search(
            rf"\b{re.escape(former if acronym else fold(former))}s?\b", fiche.text if acronym else fold(fiche.text)
        )
        if found and not re.search(rf"\b{re.escape(fold(today))}s?\b", fold(fiche.text)):
            when = f" depuis {since}" if since else ""
            yield Finding(
                kind="reference-depassee",
                key=None,
                text=f"« {former} » est un ancien nom : on dit « {today} »{when}.",
            )


@lru_cache(maxsize=1)
def _former() -> tuple[tuple[str, str, str | None], ...]:
    return tuple(
        (former.name, entry.term, former.until) for entry in load_glossary().entries for former in entry.former
    )


def _cite(book: CitationBook, rule: Rule) -> int:
    return book.cite_note(f"obligation:{rule.id}", rule.title, rule.full_text())

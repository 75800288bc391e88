"""Cross-references that lead elsewhere: an annexe cited under another number, an article number mistyped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.conflicts.records import Finding, Source, place
from corpus.text import squeeze, stems

_ANNEXE = re.compile(r"^[ \t*]*annexe[ \t]+(\d{1,2})\b[ \t]*[:–-]?[ \t]*([^\n]{6,})", re.IGNORECASE | re.MULTILINE)
_CITED = re.compile(r"\bannexe[ \t]+(\d{1,2})\b", re.IGNORECASE)
_CONTEXT = 220
_ARTICLE = re.compile(r"\b([LRD])\.?\s?(\d{3,4})-([\dIl]{1,3})(?![\w-])")
_COMMON_STEMS = "present convention annex articl figur commun communaut territoir plan action"
_COMMON = frozenset(_COMMON_STEMS.split())


@dataclass(frozen=True)
class LegalArticle:
    """A reference to an article of a code."""

    shown: str
    read: str
    """With digits where a letter was typed for one."""
    start: int
    end: int


def legal_articles(text: str) -> tuple[LegalArticle, ...]:
    """Every "L. 263-1" of a text."""
    return tuple(
        LegalArticle(
            shown=squeeze(match[0]),
            read=f"{match[1]}. {match[2]}-{re.sub('[Il]', '1', match[3])}",
            start=match.start(),
            end=match.end(),
        )
        for match in _ARTICLE.finditer(text)
    )


def find_references(sources: Sequence[Source]) -> Iterator[Finding]:
    """Annexes cited under another number (per document), article numbers typed otherwise (over the corpus)."""
    for source in sources:
        yield from _annexes(source)
    yield from _articles(sources)


def _annexes(source: Source) -> Iterator[Finding]:
    titles = {match[1]: match for match in _ANNEXE.finditer(source.text)}
    seen: set[tuple[str, str]] = set()
    for match in _CITED.finditer(source.text):
        cited = match[1]
        if any(title.start() <= match.end() <= title.end() for title in titles.values()):
            continue
        wanted = _subject(re.split(r"[;\n]", source.text[max(0, match.start() - _CONTEXT) : match.start()])[-1])
        shared = {number: len(wanted & _subject(title[2])) for number, title in titles.items()}
        best = max(shared, key=lambda number: shared[number], default=cited)
        if best == cited or shared[best] < 2 or shared.get(cited, 0) or (cited, best) in seen or cited in titles:
            continue
        seen.add((cited, best))
        yield Finding(
            kind="renvoi",
            subject=f"annexe {cited} {best}",
            title=f"Annexe {cited} ou annexe {best} : un renvoi ne mène pas où il dit",
            explanation=f"Le texte renvoie à l'annexe {cited}, que le document ne contient pas ; l'annexe {best} "
            "porte ce sujet. La numérotation des annexes est sans doute à corriger.",
            places=(
                place(source, match.start(), match.end()),
                place(source, titles[best].start(1), titles[best].end(1)),
            ),
        )


def _articles(sources: Sequence[Source]) -> Iterator[Finding]:
    found = [(source, article) for source in sources for article in legal_articles(source.text)]
    for source in sources:
        typed = [article for owner, article in found if owner is source and re.search("[Il]$", article.shown)]
        right = [
            (owner, other) for article in typed for owner, other in found
            if other.read == article.read and not re.search("[Il]$", other.shown)
        ]  # fmt: skip
        if typed and right:
            owner, other = right[0]
            yield Finding(
                kind="reference",
                subject=other.read,
                title=f"Articles cités avec une lettre pour un chiffre : {', '.join(item.shown for item in typed[:3])}",
                explanation=f"« {typed[0].shown} » est une faute de frappe pour « {other.shown} », que cite "
                f"{owner.territory} dans le même visa.",
                places=(place(source, typed[0].start, typed[0].end), place(owner, other.start, other.end)),
            )


def _subject(text: str) -> set[str]:
    return {stem for stem in stems(text) if len(stem) > 2 and stem not in _COMMON}

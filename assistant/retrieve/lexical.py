"""Lexical score of the passages for the terms of a question.

A term counts once however many of its forms a passage holds (the best weighted form), so that a long list of
equivalents cannot drown a rare word. BM25 itself is SQLite's (FTS5), with weighted columns.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from corpus.index.reader import Index
from corpus.records import Term

_MOST_HITS = 600


@dataclass(frozen=True)
class TermHits:
    """Where one term of the question stands."""

    word: str
    scores: dict[str, float]
    """Passage id to the best weighted BM25 score among the term's forms."""
    rarity: float
    """Inverse document frequency of the term (natural logarithm); 0 where nothing holds it."""
    forms: dict[str, str]
    """Passage id to the form that was found in it."""


@dataclass(frozen=True)
class LexicalMatch:
    """Lexical evidence for one passage."""

    score: float
    coverage: float
    """Share of the question's rarity that the passage covers, in [0, 1]."""
    terms: tuple[tuple[str, float], ...]
    """Terms found, with their share of the score; the form found in brackets where it is another word."""


def find_term_hits(
    index: Index, terms: Sequence[Term], documents: Collection[str] | None, columns: tuple[float, float, float, float]
) -> tuple[TermHits, ...]:
    """Where each term stands, over the given documents (None: all). `columns`: title, section, context, body."""
    total = max(1, len(index.passages()))
    found = []
    for term in terms:
        scores: dict[str, float] = {}
        forms: dict[str, str] = {}
        own_frequency = 0
        for phrase, weight in term.forms:
            hits = index.lexical(phrase, documents, _MOST_HITS, columns)
            if phrase == term.word:
                own_frequency = len(hits)
            for passage, score in hits:
                if weight * score > scores.get(passage, 0.0):
                    scores[passage] = weight * score
                    forms[passage] = phrase
        frequency = own_frequency or len(scores)
        rarity = math.log(1 + total / (1 + frequency)) * max(weight for _, weight in term.forms) if scores else 0.0
        found.append(TermHits(term.word, scores, rarity, forms))
    return tuple(found)


def match_passages(hits: Sequence[TermHits]) -> dict[str, LexicalMatch]:
    """Lexical evidence of every passage that holds at least one term.

    A term that the corpus never writes counts in the coverage with the rarity of a term found once: a passage that
    leaves the main word of the question unanswered covers little of it.
    """
    rarest = max((hit.rarity for hit in hits), default=0.0)
    wanted = sum(hit.rarity or rarest for hit in hits) or 1.0
    totals: dict[str, float] = {}
    covered: dict[str, float] = {}
    parts: dict[str, list[tuple[str, float]]] = {}
    for hit in hits:
        for passage, score in hit.scores.items():
            totals[passage] = totals.get(passage, 0.0) + score
            covered[passage] = covered.get(passage, 0.0) + hit.rarity
            form = hit.forms[passage]
            label = hit.word if form == hit.word else f"{hit.word} ({form})"
            parts.setdefault(passage, []).append((label, score))
    return {
        passage: LexicalMatch(total, min(1.0, covered[passage] / wanted), tuple(parts[passage]))
        for passage, total in totals.items()
    }

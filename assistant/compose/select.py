"""Which units of the passages found answer the question: the words they cover decide, the field asked for helps."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.compose.expected import expected_answer, holds_expected
from assistant.compose.known import KnownAnswers
from assistant.reading import readable_steps
from assistant.retrieve.lexical import TermHits
from assistant.retrieve.search import Searcher, SearchResult
from assistant.understand.cues import load_cues, plain_words
from corpus.index.reader import Index
from corpus.records import RankedPassage, Term
from corpus.text import letters, stems
from corpus.units import Unit, split_units

_FRAME = frozenset({"axe", "champs", "interet", "methodologie", "public"})
"""Fields that frame a fiche and answer only who asks for them."""
_MEASURES = frozenset({"indicateurs_suivi", "indicateurs_evaluation"})
_NOT_MEASURED = 0.25
"""What an indicator loses where nothing to measure is asked for: it names the subject without saying what is done."""
_LABEL = 12
"""Letters that "Article 10 -" may add to a title."""
_AROUND = 0.5
"""What a word counts for when it stands in the title, the section or the lead of a unit, against 1 in the unit."""
_RANK = 0.5
"""Weight of the passage's own score, against the words of the question that the unit covers."""
_REPEATS = 0.5
"""What a line loses that only names what the question names ("DGS / Chargée de coopération")."""
_NEW_STEMS = 1
_TITLED = 0.4
"""What a unit gains under a title whose every word the question says."""
_KNOWN = 1.5
"""Weight of a known question close to the one asked, which the unit answers."""
_COMPARED = 30
"""Candidates whose vectors are compared with the question's, the best by their words."""
_MEANING = 0.6
"""Weight of that comparison."""
_MEANING_ALONE = 1.8
"""The same in a document for which no question is known: it stands in for what they would say."""
_FOREIGN = re.compile(r"[^\W\d_][£$^~¢©®\\]|[£$^~¢©®\\][^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2}")
_BARE_NAME = re.compile(r"\W*\w+\W*:\s*$")
"""One word that announces what follows ("Objectif :") and says nothing alone."""
_NOISY = 0.15
"""Share of such words from which a unit is not quoted."""
_LEAST_LETTERS = 3
"""Fewer are what a recognised page leaves of a bullet or of a torn word."""


@dataclass(frozen=True)
class Candidate:
    """A unit with how well it answers."""

    unit: Unit
    score: float
    coverage: float
    """Share of the question's rarity that the unit and what stands around it cover."""
    own: float
    """Share covered by the unit's own words."""
    rank: int
    """Rank of its passage."""
    known: float = 0.0
    """How surely it answers by the known questions close to the one asked, in [0, 1]."""
    met: bool = False
    """True where it holds a thing of the kind that the question expects (a price, a name, a count…)."""


def score_units(searcher: Searcher, result: SearchResult, depth: int) -> list[Candidate]:
    """The units of the `depth` first passages, best first. Raises ModelUnavailable."""
    embedder = searcher.embedder
    if result.vector is None or embedder is None or not embedder.quick:
        return _score_by_words(searcher.index, result, depth, silent=False)
    by_words = _score_by_words(searcher.index, result, depth, silent=True)
    compared = by_words[:_COMPARED]
    readings = [candidate.unit.reading for candidate in compared]
    nearness = searcher.sentences.nearness(embedder, result.vector, readings)
    known = result.meaning.known
    moved = [
        replace(
            candidate, score=candidate.score + near * (_MEANING if _document(candidate) in known else _MEANING_ALONE)
        )
        for candidate, near in zip(compared, nearness, strict=True)
    ]
    return sorted([*moved, *by_words[_COMPARED:]], key=_order)


def _is_named(steps: Sequence[str], said: set[str]) -> bool:
    """True where the question says every word of a section's title."""
    title = steps[-1].partition(" : ")[2] or steps[-1] if steps else ""
    words = {stem for stem in stems(title) if len(stem) > 1 and not stem.isdigit()}
    return len(words) > 1 and words <= said


def _is_repeated(unit: Unit, said: set[str]) -> bool:
    """True where a unit says next to nothing that the question does not say."""
    return len({stem for stem in stems(unit.text) if len(stem) > 1} - said) <= _NEW_STEMS


def _document(candidate: "Candidate") -> str:
    return candidate.unit.passage.document


def _order(candidate: "Candidate") -> tuple[float, int, int]:
    return (-candidate.score, candidate.rank, candidate.unit.ordinal)


def _score_by_words(index: Index, result: SearchResult, depth: int, *, silent: bool) -> list[Candidate]:
    """`silent`: with the units that hold nothing of the question, which only their meaning may bring to it."""
    matcher = Matcher(result.query.terms, result.hits)
    expectation = expected_answer(result.query.resolved_question, result.query.terms)
    answers = KnownAnswers(result.meaning)
    hinted = load_cues().hinted_in(plain_words(result.query.resolved_question))
    best = result.passages[0].score if result.passages else 1.0
    said = {stem for term in result.query.terms for stem in stems(term.word)}
    candidates = []
    for ranked in result.passages[:depth]:
        around = matcher.found(_around(ranked))
        titled = _TITLED if _is_named(readable_steps(index, ranked.passage), said) else 0.0
        for unit in split_units(index, ranked.passage):
            if says_nothing(unit) or (unit.key in _FRAME and unit.key not in result.query.fields):
                continue
            own = matcher.found(f"{unit.label} {unit.text}" if unit.label else unit.text)
            lead = matcher.found(unit.lead.text) if unit.lead else frozenset()
            outside = (around | lead) - own
            held = matcher.share(own)
            coverage = held + _AROUND * matcher.share(outside)
            asked = bool(unit.key and unit.key in result.query.fields)
            known = answers.support(unit)
            if not silent and not (held or lead or asked or known or unit.key in hinted):
                continue
            score = held + 0.7 * _AROUND * matcher.share(outside) + _RANK * ranked.score / (best or 1.0)
            score += _KNOWN * known + titled
            if asked or unit.key in hinted:
                score += 0.25
            met = expectation is not None and holds_expected(expectation, unit.text)
            if met:
                score += 0.25
            if unit.key == "titre":
                score -= 0.15
            if not met and unit.key is None and _is_repeated(unit, said):
                score -= _REPEATS
            if unit.key in _MEASURES and not asked and expectation is None:
                score -= _NOT_MEASURED
            candidates.append(Candidate(unit, score, min(1.0, coverage), held, ranked.rank, known, met))
    return sorted(candidates, key=_order)


def says_nothing(unit: Unit) -> bool:
    """True for a heading, for what is left of a bullet or of a cell, and for words that recognition left unreadable."""
    if unit.key is None and unit.label is None and (not _WORD.search(unit.text) or _BARE_NAME.match(unit.text)):
        return True
    return is_heading(unit) or len(letters(unit.text)) < _LEAST_LETTERS or _is_noise(unit.text)


def _is_noise(text: str) -> bool:
    """True for words that recognition left unreadable ("diagnosti£a mois)"): signs that no word holds."""
    tokens = text.split()
    return sum(1 for token in tokens if _FOREIGN.search(token)) >= _NOISY * len(tokens)


def is_heading(unit: Unit) -> bool:
    """True for the line that only names the section, which the reader is given with the place."""
    said = letters(unit.text)
    return unit.key is None and any(
        said.endswith(letters(step)[-len(said) :]) and len(said) <= len(letters(step)) + _LABEL
        for step in unit.passage.section_path[-2:]
    )


def _around(ranked: RankedPassage) -> str:
    return " ".join((ranked.fiche_title or "", *ranked.passage.section_path))


class Matcher:
    """Tells which terms of a question stand in a text."""

    def __init__(self, terms: Sequence[Term], hits: Sequence[TermHits]) -> None:
        rarest = max((hit.rarity for hit in hits), default=1.0) or 1.0
        self._rarity = [hit.rarity or rarest for hit in hits]
        self._total = sum(self._rarity) or 1.0
        self._forms = [tuple((tuple(stems(phrase)), weight) for phrase, weight in term.forms) for term in terms]

    def found(self, text: str) -> frozenset[tuple[int, float]]:
        """Terms found, each with the weight of its best form."""
        present = set(stems(text))
        return frozenset(self._matches(present))

    def share(self, found: frozenset[tuple[int, float]]) -> float:
        """Share of the question's rarity that some terms are worth."""
        best: dict[int, float] = {}
        for term, weight in found:
            best[term] = max(best.get(term, 0.0), weight)
        return sum(self._rarity[term] * weight for term, weight in best.items()) / self._total

    def _matches(self, present: set[str]) -> Iterator[tuple[int, float]]:
        for position, forms in enumerate(self._forms):
            weights = [weight for phrase, weight in forms if phrase and present.issuperset(phrase)]
            if weights:
                yield position, max(weights)

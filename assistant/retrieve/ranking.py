"""The ranking: lexical evidence first, then what the structure, the field asked for and the vectors add."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from assistant.reading import readable_address, readable_title
from assistant.retrieve.lexical import LexicalMatch, TermHits, match_passages
from assistant.retrieve.meaning import Meaning
from assistant.retrieve.weights import RankingWeights
from assistant.retrieve.widening import widen_passage
from assistant.understand.question import Understood
from corpus.index.reader import Index
from corpus.records import Passage, RankedPassage
from corpus.text import fold, letters

_ASKS_FIGURE = re.compile(r"\b(?:combien|cb|nombre|taux|part|pourcentage|quand|date|annee|quelle annee|montant|age)\b")
_FIGURE = re.compile(r"\d")
_ASKS_SIGNATORIES = re.compile(
    r"\b(?:sign\w*|maires?|president\w*|represent\w*|directeur|directrice|vu|visa\w*|loi|delib\w*|vot\w*|prefet)\b"
)
_SIGNATORIES = frozenset({"partiessignataires", "signatures"})
_CANDIDATES = 200
_NEAR_QUESTION = "question connue proche"

Scores = dict[str, dict[str, float]]
"""Passage id to reasons with their share of the score."""


def rank_passages(
    index: Index,
    understood: Understood,
    hits: Sequence[TermHits],
    weights: RankingWeights,
    *,
    meaning: Meaning | None = None,
    meaning_factor: float = 1.0,
    limit: int = 10,
) -> tuple[RankedPassage, ...]:
    """The `limit` best passages for a query, best first.

    `hits`: where the query's terms stand (`find_term_hits` over the documents searched). `meaning`: nearness
    of the passages to the question, where vectors take part; `meaning_factor`: by how much its weights are multiplied.
    """
    documents = searched_documents(index, understood)
    matches = match_passages(hits)
    scores = _lexical_scores(matches, weights)
    if meaning is not None:
        _add(scores, "sens proche", meaning.passages, weights.vectors * meaning_factor)
        _add(scores, _NEAR_QUESTION, meaning.by_questions(), weights.questions * meaning_factor)
    _add_structure(index, understood, scores, weights, documents)
    _add_neighbours(index, scores, weights)
    candidates = sorted(scores, key=lambda passage: (-sum(scores[passage].values()), passage))[:_CANDIDATES]
    return _select(index, understood, candidates, scores, matches, weights, limit)


def searched_documents(index: Index, understood: Understood) -> tuple[str, ...] | None:
    """Documents that the query is about; None for all."""
    query = understood.query
    if query.territories:
        return query.territories
    if query.excluded:
        return tuple(record.entry.id for record in index.documents() if record.entry.id not in query.excluded)
    return None


def _lexical_scores(matches: Mapping[str, LexicalMatch], weights: RankingWeights) -> Scores:
    best = max((match.score for match in matches.values()), default=0.0) or 1.0
    scores: Scores = {}
    for passage, match in matches.items():
        share = match.score / best
        scores[passage] = {
            "mots": share * (1 - weights.coverage),
            "part de la question couverte": share * weights.coverage * match.coverage,
        }
    return scores


def _add(scores: Scores, reason: str, values: Mapping[str, float], weight: float) -> None:
    if weight:
        for passage, value in values.items():
            scores.setdefault(passage, {})[reason] = weight * value


def _add_structure(
    index: Index, understood: Understood, scores: Scores, weights: RankingWeights, documents: Collection[str] | None
) -> None:
    query = understood.query
    asks_figure = bool(_ASKS_FIGURE.search(fold(query.resolved_question)))
    asks_signatories = bool(_ASKS_SIGNATORIES.search(fold(query.resolved_question)))
    references = understood.references
    for fiche in (*references.fiches, *references.titled, *filter(None, [understood.history_fiche])):
        for passage in index.passages_of_fiche(fiche):
            scores.setdefault(passage.id, {})
    labels = tuple(letters(label) for label in understood.references.articles)
    if labels:
        for passage in index.passages():
            if (documents is None or passage.document in documents) and _in_article(passage, labels):
                scores.setdefault(passage.id, {})["article nommé"] = weights.reference
    for identifier, reasons in scores.items():
        passage = index.passage(identifier)
        if passage.fiche in understood.references.fiches and passage.fiche:
            reasons["fiche nommée"] = weights.reference
        elif passage.fiche in understood.references.titled and passage.fiche:
            reasons["titre de fiche nommé"] = weights.history
        elif passage.fiche and passage.fiche == understood.history_fiche:
            reasons["fiche de la conversation"] = weights.history
        if not asks_signatories and letters(passage.section_path[0] if passage.section_path else "") in _SIGNATORIES:
            lost = (1 - weights.signatories) * sum(reasons.values())
            reasons["liste de signataires"] = -lost
        if query.fields and set(query.fields) & set(passage.fields):
            reasons["champ demandé"] = weights.field * _found(reasons)
        if query.themes and passage.themes and query.themes[0] in passage.themes:
            reasons["thème"] = weights.theme * _found(reasons)
        if asks_figure and _FIGURE.search(passage.text):
            reasons["chiffre ou date"] = weights.figure * _found(reasons)


def _found(reasons: Mapping[str, float]) -> float:
    """The lexical share of a score: what structure adds is worth no more than the words it stands on."""
    return reasons.get("mots", 0.0) + reasons.get("part de la question couverte", 0.0)


def _in_article(passage: Passage, labels: Sequence[str]) -> bool:
    return any(
        letters(part).startswith(label) and not letters(part)[len(label) : len(label) + 1].isdigit()
        for part in passage.section_path
        for label in labels
    )


def _add_neighbours(index: Index, scores: Scores, weights: RankingWeights) -> None:
    """A good passage lifts the others of its fiche: the field asked for may not repeat the subject's words."""
    best: dict[str, float] = {}
    totals = {passage: sum(reasons.values()) for passage, reasons in scores.items()}
    for passage, total in totals.items():
        fiche = index.passage(passage).fiche
        if fiche:
            best[fiche] = max(best.get(fiche, 0.0), total)
    for passage, reasons in scores.items():
        fiche = index.passage(passage).fiche
        if fiche and best[fiche] > totals[passage]:
            reasons["même fiche"] = weights.neighbour * best[fiche]


def _select(
    index: Index,
    understood: Understood,
    candidates: Sequence[str],
    scores: Scores,
    matches: Mapping[str, LexicalMatch],
    weights: RankingWeights,
    limit: int,
) -> tuple[RankedPassage, ...]:
    """The best candidates one by one: twins and, across territories, repeats of one fiche or document step back."""
    totals = {passage: sum(reasons.values()) for passage, reasons in scores.items()}
    remaining = {passage: totals[passage] for passage in candidates}
    chosen: list[tuple[str, float, Passage]] = []
    seen_text: dict[str, str] = {}
    while remaining and len(chosen) < limit:
        best = max(remaining, key=lambda passage: (remaining[passage], passage))
        score = remaining.pop(best)
        passage = index.passage(best)
        widened, held = widen_passage(index, passage, totals, weights.length)
        chosen.append((best, score, widened))
        for absorbed in held:
            remaining.pop(absorbed, None)
        seen_text[best] = _beginning(passage.text)
        for other in remaining:
            rival = index.passage(other)
            if rival.document != passage.document and _beginning(rival.text) == seen_text[best]:
                remaining[other] *= weights.twin
            elif understood.query.across and rival.document == passage.document:
                factor = weights.same_fiche if rival.fiche and rival.fiche == passage.fiche else 1.0
                remaining[other] *= factor * weights.same_fiche
    return tuple(
        _ranked(index, rank, widened, score, scores[passage], matches.get(passage))
        for rank, (passage, score, widened) in enumerate(chosen, start=1)
    )


@lru_cache(maxsize=20_000)
def _beginning(text: str) -> str:
    """The first letters of a passage: what tells that two conventions share a clause."""
    return letters(text)[:400]


def _ranked(
    index: Index, rank: int, passage: Passage, score: float, reasons: Mapping[str, float], match: LexicalMatch | None
) -> RankedPassage:
    fiche = index.fiche(passage.fiche) if passage.fiche else None
    read = index.repaired(passage.document).laid_over(passage.text, passage.spans)
    words = tuple((f"mot : {label}", round(share, 3)) for label, share in (match.terms if match else ()))
    return RankedPassage(
        rank=rank,
        score=round(score, 4),
        passage=passage,
        territory=index.document(passage.document).entry.territory.short_name,
        address=readable_address(index, passage),
        fiche_title=readable_title(index, fiche) if fiche else None,
        repaired=read if read != passage.text else None,
        reasons=(*((name, round(share, 4)) for name, share in reasons.items()), *words),
    )

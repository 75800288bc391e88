"""What resembles a request: fiches, actions and passages of all territories, scored, none drowning the others."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.compose.places import territory_of
from assistant.draft.nearness import Nearness, fiche_factor, measure_nearness
from assistant.draft.records import DraftRequest, SimilarEntry
from assistant.draft.subject import Subject, focus_of, themes_of
from assistant.draft.weighing import make_subject
from assistant.reading import readable_title
from assistant.retrieve.lexical import find_term_hits, match_passages
from assistant.retrieve.search import Searcher
from assistant.retrieve.weights import load_weights
from assistant.understand.question import understand_question
from corpus.errors import UnknownDocument
from corpus.index.reader import Index
from corpus.records import FicheAction, Passage, Term
from corpus.text import letters, squeeze
from corpus.themes import find_themes

_MOST = {"fiche": 6, "action": 8, "passage": 2}
_LEAST_SCORE = 0.22
_LEAST_SHARE = 0.4
"""Entries under this share of the best one are left out."""
_FEWEST = 5
"""Under this many entries, weaker ones are shown too."""
_OTHER_TERRITORY = 0.17
"""A second territory is shown from this score on, though the first one holds all that is close."""
_SAME_TERRITORY = 0.93
"""What an entry loses for each one of its territory that stands before it."""
_PASSAGES = 60
_WEAK_SUBJECT = 0.2
"""Under this best score, or where the corpus writes less than this share of the subject, the subject is unknown."""
_WEAK_WITHOUT_THEME = 0.45
"""The same where no known theme is in sight either."""
_LEAST_KNOWN = 0.34
_NAMED = 0.6
_BARELY_NAMED = 0.4
_TOUCHED_ON = 0.33
"""How far a fiche must speak of the subject, though the known questions ask about it."""
_MUCH = 0.45
"""Share of a request that makes it thin where no title names it."""
_NOT_FOR_THEM = 0.6
"""What a fiche keeps that never names those whom the request is for."""
_ELSEWHERE = 0.6
"""What a fiche on other themes keeps, unless its title names the subject."""
_LEGAL_HEADINGS = (
    "signa", "preambule", "annexe1", "equipement", "liste", "champsdintervention", "objetdela", "engagement",
    "modalitesdecollaboration", "echangesdedonnees", "duree", "execution", "recours", "confidentialite",
)  # fmt: skip
"""Clauses and lists of a convention: they say nothing of how an action is led."""


@dataclass(frozen=True)
class Similar:
    """What resembles a request, and the subject by which it was judged."""

    subject: Subject
    entries: tuple[SimilarEntry, ...]
    closest: tuple[SimilarEntry, ...]
    """Given where `entries` is empty: the nearest there is."""
    nearness: Nearness | None = None
    """None where vectors take no part."""
    distant: bool = False
    """True where no fiche bears the subject in its title: only lines that speak of it themselves are of use."""
    unnamed: tuple[str, ...] = ()
    """The ideas of the request that no entry bears in its title, where they weigh much of it."""
    ticked: bool = False
    """True where the requester chose the entries."""
    instead: str | None = None
    """The part of the request that the entries are on, where none is on what it names first."""


def find_similar(searcher: Searcher, request: DraftRequest) -> Similar:
    """Fiches, actions and passages near a request, best first; the requester's own documents are left out.

    Where no fiche is on what the request names first, those on what it names next ("PEdT : harmoniser les temps
    périscolaires").
    """
    found = _find(searcher, request)
    clauses = request.subject.split(", ")
    for place in range(1, len(clauses)) if found.distant or not found.entries else ():
        rest = ", ".join(clauses[place:])
        if not set(find_themes(title=rest)) & set(request.themes):
            continue
        other = _find(searcher, request.model_copy(update={"subject": rest}), meant=request.subject)
        if other.entries and not other.distant:
            return replace(other, instead=rest, unnamed=other.unnamed or (rest,))
    return found


def _find(searcher: Searcher, request: DraftRequest, meant: str | None = None) -> Similar:
    """`meant`: the whole of what is asked, where `request` holds a part of it."""
    index = searcher.index
    documents = _documents(index, request)
    understood = understand_question(request.subject, replace(searcher.understanding, associations={}))
    query = understood.query
    everything = [*index.fiches(), *index.actions()]
    subject = make_subject(query.terms, request.themes or query.themes, everything, request.subject)
    words = {term.word for term in subject.terms}
    found = _found_passages(index, [term for term in query.terms if term.word in words], documents)
    scored = _scored_fiches(index, found, subject, [fiche for fiche in everything if fiche.document in documents])
    scored += _scored_passages(index, found, subject)
    near = measure_nearness(searcher, meant or request.subject)
    by_words = sorted(scored, key=lambda entry: (-entry.score, entry.id))
    scored = [_weighed(entry, near) for entry in by_words] if near is not None else by_words
    scored.sort(key=lambda entry: (-entry.score, entry.id))
    best = scored[0].score if scored else 0.0
    if best < (_WEAK_SUBJECT if subject.themes else _WEAK_WITHOUT_THEME) or subject.known_share < _LEAST_KNOWN:
        return Similar(subject, (), _readable(index, _spread(scored)[:5]), near)
    kept = _kept(scored, best)
    distant = not any(_names_subject(index, entry, subject) or _is_asked(index, entry, subject, near) for entry in kept)
    if distant:
        # Only lines that speak of the subject count there: the words lead to them, not the meaning of their fiches.
        kept = _kept(by_words, by_words[0].score)
    entries = _limited(_spread(_with_second_territory(kept, scored)))
    unnamed = () if distant else _unnamed(index, entries, subject)
    return Similar(subject, _readable(index, entries), (), near, distant, unnamed)


def select_similar(similar: Similar, chosen: Sequence[str]) -> Similar:
    """Only the entries chosen, by their id or as "document:ref". Raises UnknownDocument for one that is not there."""
    everything = (*similar.entries, *similar.closest)
    kept = []
    for name in chosen:
        found = [entry for entry in everything if letters(name) in {letters(entry.id), letters(address(entry))}]
        if not found:
            known = ", ".join(address(entry) for entry in everything[:8])
            raise UnknownDocument(f"« {name} » n'est pas parmi les fiches proches de la demande. Proposées : {known}.")
        kept += found
    return replace(similar, entries=tuple(dict.fromkeys(kept)), distant=False, unnamed=(), ticked=True)


def address(entry: SimilarEntry) -> str:
    """How a person ticks an entry: "monts-du-pilat:PE4"."""
    return f"{entry.document}:{entry.ref}"


def _documents(index: Index, request: DraftRequest) -> tuple[str, ...]:
    names = tuple(record.entry.id for record in index.documents())
    wanted = request.chosen_documents or names
    return tuple(name for name in wanted if name not in request.own_documents) or names


def _found_passages(index: Index, terms: Sequence[Term], documents: Sequence[str]) -> dict[str, float]:
    """Passage id to its lexical score against the best one's, in [0, 1], the best first."""
    weights = load_weights()
    matches = match_passages(find_term_hits(index, terms, documents, weights.columns))
    scores = {
        passage: match.score * (1 - weights.coverage + weights.coverage * match.coverage)
        for passage, match in matches.items()
    }
    top = max(scores.values(), default=0.0) or 1.0
    ordered = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:_PASSAGES]
    return {passage: score / top for passage, score in ordered}


def _scored_fiches(
    index: Index, passages: Mapping[str, float], subject: Subject, fiches: Sequence[FicheAction]
) -> list[SimilarEntry]:
    found: dict[str, float] = {}
    for identifier, score in passages.items():
        fiche = index.passage(identifier).fiche
        if fiche:
            found[fiche] = max(found.get(fiche, 0.0), score)
    return [
        SimilarEntry(
            id=fiche.id, kind=fiche.kind, document=fiche.document, ref=fiche.ref, title=fiche.title,
            territory=territory_of(index, fiche.document),
            score=round(_fiche_score(fiche, subject, found.get(fiche.id, 0.0)), 3),
        )
        for fiche in fiches
    ]  # fmt: skip


def _fiche_score(fiche: FicheAction, subject: Subject, found: float) -> float:
    title = "\n".join((fiche.title, fiche.text_of("objectif_operationnel") if fiche.kind == "action" else ""))
    themes = themes_of(title, fiche.whole_text())
    on_theme = bool(set(themes[:2]) & set(subject.themes[:2]))
    named = subject.relevance(title)
    said = subject.relevance(fiche.whole_text())
    others = subject.is_for_others(fiche.title)
    elsewhere = bool(themes) and bool(subject.themes) and not set(themes[:3]) & set(subject.themes) and named < _NAMED
    score = 0.4 * named + 0.2 * said + 0.28 * found + (0.12 if on_theme else 0.0)
    for_them = subject.is_for(fiche.whole_text())
    return score * (_ELSEWHERE if elsewhere else 1.0) * (1.0 if for_them and not others else _NOT_FOR_THEM)


def _weighed(entry: SimilarEntry, near: Nearness) -> SimilarEntry:
    return entry.model_copy(update={"score": round(min(1.0, entry.score * fiche_factor(near.of(entry))), 3)})


def _scored_passages(index: Index, passages: Mapping[str, float], subject: Subject) -> list[SimilarEntry]:
    """Plain text that speaks of the subject: the place of what a territory has not put into fiches."""
    entries = []
    for identifier, score in passages.items():
        passage = index.passage(identifier)
        if passage.fiche or passage.kind != "texte" or not passage.section_path or _is_legal_text(passage):
            continue
        said = subject.relevance(passage.text)
        if said < 0.5:
            continue
        entries.append(
            SimilarEntry(
                id=passage.id,
                kind="passage",
                document=passage.document,
                territory=territory_of(index, passage.document),
                ref=_step(passage),
                title=_step(passage),
                score=round(0.45 * said + 0.35 * score, 3),
            )
        )
    return entries


def _step(passage: Passage) -> str:
    return passage.section_path[-1]


def _is_legal_text(passage: Passage) -> bool:
    head = letters(passage.section_path[0])
    return any(word in head for word in _LEGAL_HEADINGS)


def _with_second_territory(kept: list[SimilarEntry], scored: Sequence[SimilarEntry]) -> list[SimilarEntry]:
    if len({entry.document for entry in kept}) >= 2:
        return kept
    known = {entry.document for entry in kept}
    others = [entry for entry in scored if entry.document not in known and entry.score >= _OTHER_TERRITORY]
    return [*kept, *others[:2]]


def _spread(entries: Sequence[SimilarEntry]) -> list[SimilarEntry]:
    """Best first, each entry worth a little less for every one of its territory already taken."""
    remaining, taken, ordered = list(entries), Counter[str](), []
    while remaining:
        best = max(remaining, key=lambda entry: (entry.score * _SAME_TERRITORY ** taken[entry.document], entry.id))
        remaining.remove(best)
        taken[best.document] += 1
        ordered.append(best)
    return ordered


def _names_subject(index: Index, entry: SimilarEntry, subject: Subject) -> bool:
    return entry.kind != "passage" and focus_of(index.fiche(entry.id), subject) >= _BARELY_NAMED


def _is_asked(index: Index, entry: SimilarEntry, subject: Subject, near: Nearness | None) -> bool:
    """True for a fiche that the known questions nearest to the request ask about, whatever its title says."""
    if entry.kind != "fiche" or near is None or not near.is_meant(entry):
        return False
    if focus_of(index.fiche(entry.id), subject) < _TOUCHED_ON:
        return False
    return not subject.is_for_others("\n".join((entry.title, index.fiche(entry.id).text_of("public"))))


def _kept(scored: Sequence[SimilarEntry], best: float) -> list[SimilarEntry]:
    kept = [entry for entry in scored if entry.score >= max(_LEAST_SCORE, _LEAST_SHARE * best)]
    return kept if len(kept) >= _FEWEST else [entry for entry in scored if entry.score >= _LEAST_SCORE][:_FEWEST]


def _unnamed(index: Index, entries: Sequence[SimilarEntry], subject: Subject) -> tuple[str, ...]:
    unnamed, share = subject.unnamed_in([index.fiche(entry.id) for entry in entries if entry.kind != "passage"])
    return unnamed if share >= _MUCH else ()


def _readable(index: Index, entries: Sequence[SimilarEntry]) -> tuple[SimilarEntry, ...]:
    """The entries with their titles as people read them."""
    return tuple(
        entry
        if entry.kind == "passage"
        else entry.model_copy(update={"title": squeeze(readable_title(index, index.fiche(entry.id)))})
        for entry in entries
    )


def _limited(entries: Sequence[SimilarEntry]) -> list[SimilarEntry]:
    counts: Counter[str] = Counter()
    kept = []
    for entry in entries:
        counts[entry.kind] += 1
        if counts[entry.kind] <= _MOST[entry.kind]:
            kept.append(entry)
    return kept

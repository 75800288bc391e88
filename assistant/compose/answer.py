"""The composer: chooses the form of the answer, decides whether to answer, adds what the reader must know."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose.catalogue import compose_catalogue
from assistant.compose.citing import CitationBook
from assistant.compose.confidence import is_answered
from assistant.compose.counting import compose_count
from assistant.compose.duty import compose_duty
from assistant.compose.equipment import compose_equipment
from assistant.compose.expected import expected_answer
from assistant.compose.fact import MARKS, PROSE_BUDGET, add_by_place, choose_units, compose_fact
from assistant.compose.fields import compose_fields
from assistant.compose.filtered import compose_filtered
from assistant.compose.glossary import compose_glossary
from assistant.compose.lines import Composition, finish
from assistant.compose.manners import compose_manners
from assistant.compose.matrix import compose_matrix
from assistant.compose.named import misses_the_name
from assistant.compose.named_fiche import compose_named_fiche, compose_unstated
from assistant.compose.notices import evidence_notices
from assistant.compose.refusal import compose_absent_fiche, compose_refusal
from assistant.compose.select import Candidate, score_units
from assistant.compose.several import Part, find_parts, with_parts
from assistant.compose.summary import compose_summary
from assistant.compose.versions import add_other_versions
from assistant.obligations.reading import states_population
from assistant.retrieve.search import Searcher, SearchResult
from assistant.understand.cues import load_cues, plain_words
from corpus.glossary import load_glossary
from corpus.index.reader import Index
from corpus.records import Answer, Notice

_DEPTH = 8
_NEAR = 3
_COVERED = 0.25
"""Share of the question that a unit must cover to be shown as near, where nothing answers."""
_BY_FIELD = frozenset({"champ", "fait", "liste", "procedure", "obligation"})
_KNOWN = 0.55
"""Nearness of a known question from which its answer is preferred to the field that the words suggest."""
_FAMILIAR = 0.4
"""Nearness of a known question from which the fiche of the sentence that answered it is the one meant."""
_LOOSE = frozenset({"objectifs", "actions", "public", "contexte", "moyens", "interet"})
"""Fields that everyday words seem to ask for ("les formations visées", "concrètement")."""
_EXPLICIT = frozenset({"etapes", "vigilance", "indicateurs_suivi", "indicateurs_evaluation", "partenaires"})
"""Fields whose names nobody uses for anything else."""
_MOST_WORDS = 0.6
_LIKELY = 0.5
"""The same where the sentence that answered it also holds `_MOST_WORDS` of the question."""
_AND = re.compile(r"\bet\b")
_HEADINGS = ("titre", "axe", "objectif_strategique")
_BESIDE = 450
"""Most characters for what is said beside the fields asked for."""
_LEAST_ROOM = 200
_CLOSE = 0.5
"""Share of the best unit's score from which a unit that stands elsewhere is worth it."""
_SUBJECT = re.compile(r"[a-z]{3,}")


@dataclass(frozen=True)
class Composer:
    """Composes answers over one generation of the index, without a language model."""

    index: Index
    searcher: Searcher
    evidence_size: int = 10
    """Passages that an answer is composed from."""

    def compose(self, result: SearchResult) -> Answer:
        """The answer to a question from the passages found for it."""
        book = CitationBook(self.index)
        composition = self._composition(result, book)
        add_other_versions(self.index, composition, book, result)
        composition.notices += evidence_notices(self.index, result.query, composition, book)
        return finish(result.query.question, result.query, composition, book)

    def _composition(self, result: SearchResult, book: CitationBook) -> Composition:
        if self._is_manners(result):
            return compose_manners(result.query.question)
        if result.understood.references.absent and not result.understood.references.fiches:
            return compose_absent_fiche(self.index, result, book)
        if told := compose_named_fiche(self.index, result, book):
            return told
        if result.query.intent == "corpus":
            return compose_catalogue(self.index, result.query, book)
        if result.query.intent == "glossaire" and (found := compose_glossary(load_glossary(), result, book)):
            return found
        if filtered := compose_filtered(self.searcher, result, book):
            return filtered
        if result.query.intent == "comptage" and (counted := compose_count(self.searcher, result, book)):
            return counted
        if result.query.intent == "resume" and (summary := compose_summary(self.index, result, book)):
            return summary
        if listed := compose_equipment(self.searcher, result, book):
            return listed
        candidates = score_units(self.searcher, result, _DEPTH) if result.passages else []
        asks_duty = result.query.intent == "obligation" or states_population(result.query.resolved_question)
        if asks_duty and (duty := compose_duty(self.index, result, book, candidates)):
            return duty
        if result.query.intent == "comparaison" or (result.query.across and len(result.query.territories) != 1):
            matrix = compose_matrix(self.searcher, result, book)
            if matrix.answered:
                return matrix
        parts = find_parts(self.searcher, result)
        definition = _definition(parts, book)
        answered = is_answered(result, candidates) or any(is_answered(one.result, one.candidates) for one in parts)
        if not answered or misses_the_name(self.searcher, result, candidates):
            if definition is not None:
                return definition
            missing = tuple(hit.word for hit in result.hits if not hit.scores)
            near = [candidate for candidate in candidates[:_NEAR] if candidate.coverage >= _COVERED]
            if not result.query.terms and not near:
                return _put_back()
            return compose_refusal(self.index, result, book, near, missing)
        named = bool(result.understood.references.fiches) or result.understood.history_fiche is not None
        by_field = result.query.fields and result.query.intent in _BY_FIELD
        several = len(set(result.query.fields) - _LOOSE) > 1
        elsewhere = (
            _expects_a_value(result)
            or _told_by_another_field(result, candidates)
            or (not named and _said_elsewhere(result, candidates))
        )
        if by_field and (several or not elsewhere):
            fields = compose_fields(self.index, result, book, result.query.fields, _fiche_told(candidates))
            if fields is not None:
                _complete(self.index, fields, book, result, candidates)
                return fields
            if unstated := compose_unstated(self.index, result, book, result.query.fields):
                return unstated
        found = compose_fact(self.index, result, book, with_parts(candidates, parts))
        if definition is not None:
            listed = compose_equipment(self.searcher, parts[-1].result, book, asked=True)
            found.lines = [*definition.lines, *(listed.lines if listed else ()), *found.lines]
        return found

    @staticmethod
    def _is_manners(result: SearchResult) -> bool:
        """True for a greeting, thanks or "que sais-tu faire ?" with nothing else in it."""
        if result.query.intent == "conversation":
            return True
        plain = plain_words(result.query.question)
        left = load_cues().politeness.sub(" ", plain)
        return left != plain and not _SUBJECT.search(left)


def _said_elsewhere(result: SearchResult, candidates: Sequence[Candidate]) -> bool:
    """True where a close known question was answered outside of the fields that the question seems to ask for."""
    best = max(candidates, key=lambda candidate: candidate.known, default=None)
    if best is None or best.known < _KNOWN or best.unit.key in result.query.fields:
        return False
    # "Quelles étapes ?" asks for the field whatever sentence of the fiche answered a close question.
    return best.unit.key is None or not _EXPLICIT.intersection(result.query.fields)


def _asks_beside(result: SearchResult) -> bool:
    """True where a field of a fiche is asked for, and something else with it."""
    return len(result.query.fields) == 1 and bool(_AND.search(plain_words(result.understood.core)))


def _complete(
    index: Index, composition: Composition, book: CitationBook, result: SearchResult, candidates: Sequence[Candidate]
) -> None:
    """Add what else is asked beside one field ("laquelle, et pour quel budget ?"), where there is room for it."""
    if not _asks_beside(result):
        return
    room = min(_BESIDE, PROSE_BUDGET - sum(len(line.text) + MARKS for line in composition.lines))
    given = {(one.document, span.start) for one in book.citations() for span in (one.spans or (one,))}
    others = [
        candidate
        for candidate in candidates
        if candidate.unit.key not in (*result.query.fields, *_HEADINGS)
        and (candidate.unit.passage.document, candidate.unit.start) not in given
        and max(candidate.known, candidate.own) >= _FAMILIAR
    ]
    if others and others[0].score >= _CLOSE * candidates[0].score and room >= _LEAST_ROOM:
        add_by_place(index, composition, book, choose_units(index, others, whole_lists=False, budget=room))


def _expects_a_value(result: SearchResult) -> bool:
    """True where a count, a price, a date… is asked for, which the fields that everyday words suggest do not hold."""
    expectation = expected_answer(result.query.resolved_question, result.query.terms)
    return expectation is not None and _LOOSE.issuperset(result.query.fields)


def _told_by_another_field(result: SearchResult, candidates: Sequence[Candidate]) -> bool:
    """True where a unit outside of the fields asked for holds most words of the question, and answered a close one."""
    best = next(iter(candidates), None)
    if best is None or best.unit.key in (*result.query.fields, "titre") or not _LOOSE.issuperset(result.query.fields):
        return False
    return best.own >= _MOST_WORDS and best.known >= _LIKELY


def _fiche_told(candidates: Sequence[Candidate]) -> str | None:
    """The fiche that holds the best sentence, where a known question says so or it holds most of the question."""
    best = next(iter(candidates), None)
    if best is None or (best.known < _FAMILIAR and best.own < _MOST_WORDS):
        return None
    return best.unit.passage.fiche


def _definition(parts: Sequence[Part], book: CitationBook) -> Composition | None:
    """What a term means, where the first of two questions asks it ("c'est quoi un LAEP et qui en a un ?")."""
    if not parts or parts[0].result.query.intent != "glossaire":
        return None
    return compose_glossary(load_glossary(), parts[0].result, book)


def _put_back() -> Composition:
    composition = Composition(answered=False)
    composition.add("Je ne sais pas de quoi il s'agit : de quelle structure, de quelle action ou de quel territoire "
                    "voulez-vous parler ?")  # fmt: skip
    composition.notices.append(Notice(kind="ambiguous", text="La question ne se comprend pas sans son contexte."))
    return composition

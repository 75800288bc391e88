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
from assistant.compose.fact import compose_fact
from assistant.compose.fields import compose_fields
from assistant.compose.filtered import compose_filtered
from assistant.compose.glossary import compose_glossary
from assistant.compose.lines import Composition, finish
from assistant.compose.manners import compose_manners
from assistant.compose.matrix import compose_matrix
from assistant.compose.notices import evidence_notices
from assistant.compose.refusal import compose_refusal
from assistant.compose.select import Candidate, score_units
from assistant.compose.several import Part, find_parts, with_parts
from assistant.compose.summary import compose_summary
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
_BY_FIELD = frozenset({"champ", "fait", "liste", "procedure"})
_KNOWN = 0.55
"""Nearness of a known question from which its answer is preferred to the field that the words suggest."""
_LOOSE = frozenset({"objectifs", "actions", "public", "contexte", "moyens", "interet"})
"""Fields that everyday words seem to ask for ("les formations visées", "concrètement")."""
_MOST_WORDS = 0.6
_LIKELY = 0.5
"""The same where the sentence that answered it also holds `_MOST_WORDS` of the question."""
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
        composition.notices += evidence_notices(self.index, result.query, composition, book)
        return finish(result.query.question, result.query, composition, book)

    def _composition(self, result: SearchResult, book: CitationBook) -> Composition:
        if self._is_manners(result):
            return compose_manners(result.query.question)
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
        if not is_answered(result, candidates) and not any(is_answered(one.result, one.candidates) for one in parts):
            if definition is not None:
                return definition
            missing = tuple(hit.word for hit in result.hits if not hit.scores)
            near = [candidate for candidate in candidates[:_NEAR] if candidate.coverage >= _COVERED]
            if not result.query.terms and not near:
                return _put_back()
            return compose_refusal(self.index, result, book, near, missing)
        named = bool(result.understood.references.fiches) or result.understood.history_fiche is not None
        by_field = result.query.fields and result.query.intent in _BY_FIELD
        several = len(result.query.fields) > 1
        elsewhere = _told_by_another_field(result, candidates) or (not named and _said_elsewhere(result, candidates))
        if by_field and (several or not elsewhere):
            fields = compose_fields(self.index, result, book, result.query.fields)
            if fields is not None:
                return fields
        found = compose_fact(self.index, result, book, with_parts(candidates, parts))
        if definition is not None:
            found.lines = [*definition.lines, *found.lines]
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
    return best is not None and best.known >= _KNOWN and best.unit.key not in result.query.fields


def _told_by_another_field(result: SearchResult, candidates: Sequence[Candidate]) -> bool:
    """True where a unit outside of the fields asked for holds most words of the question, and answered a close one."""
    best = next(iter(candidates), None)
    if best is None or best.unit.key in (*result.query.fields, "titre") or not _LOOSE.issuperset(result.query.fields):
        return False
    return best.own >= _MOST_WORDS and best.known >= _LIKELY


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

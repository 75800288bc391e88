"""The ideas of a question, each with the forms under which the corpus may write it."""

import re
from collections.abc import Collection, Sequence
from typing import Protocol

from assistant.understand.spelling import Speller
from corpus.associations import Associations
from corpus.records import Term
from corpus.text import STOPWORDS, fold, stem, words

REPAIRED_WEIGHT = 0.9
"""Weight of a repaired spelling, against 1 for a word found as typed."""

_ASKING = frozenset(
    """combien comment quoi pourquoi quand quel quelle quels quelles lequel laquelle lesquels cb koi svp stp bjr bonjour
    merci salut existe existent concerne concernant parle parlent dit dire savoir sait voudrais aimerais besoin
    connaitre question reponse exactement precisement info infos renseignement donner donne donnez peux pouvez veux
    vais va vont etre etait truc chose choses ca cest quil quelle sais veut veulent qqun qqn qqch""".split()
)
"""Words of asking: they say what is wanted, never what it is about."""

_WEAK = frozenset(
    """convention conventions ctg territoire territoires document documents corpus fiche fiches action actions plan
    communaute communes commune projet projets place mise prevu prevue prevus prevues mettre caf""".split()
)
"""Words that nearly every passage holds: kept, at a third of their weight."""


_WEAK_FACTOR = 1 / 3


class Expander(Protocol):
    """What a lexicon offers: for a sequence of folded words, the spans it knows with their equivalents."""

    def expand(self, question_words: Sequence[str]) -> Sequence[tuple[tuple[int, int], tuple[tuple[str, float], ...]]]:
        """[(first word, word after the last), ((phrase, weight), …)], longest matches first."""
        ...


def find_terms(
    question: str,
    lexicon: Expander,
    speller: Speller,
    ignored: Collection[str] = (),
    associations: Associations | None = None,
) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    """The terms of a question and the words that were added to it.

    `associations`: what was learned from pairs (none where absent). `ignored`: folded words already
    understood otherwise (territory names, politeness).
    """
    typed = words(question)
    repaired = [speller.repair(word) or word for word in typed]
    terms: list[Term] = []
    added: list[str] = []
    covered: set[int] = set()
    for (first, last), equivalents in lexicon.expand(repaired):
        if any(word in ignored for word in repaired[first:last]):
            continue
        span = range(first, last)
        phrase = " ".join(repaired[first:last])
        factor = _WEAK_FACTOR if all(word in _WEAK or word in STOPWORDS for word in repaired[first:last]) else 1.0
        forms = {phrase: factor}
        for equivalent, weight in equivalents:
            forms[equivalent] = max(forms.get(equivalent, 0.0), factor * weight)
        terms.append(Term(word=phrase, forms=tuple(forms.items())))
        added += [equivalent for equivalent, _ in equivalents]
        if last - first == 1 or all(word in STOPWORDS for word in repaired[first:last]):
            covered.update(span)
    for position, (word, right) in enumerate(zip(typed, repaired, strict=True)):
        if position in covered or right in STOPWORDS or right in _ASKING or word in ignored or right in ignored:
            continue
        weight = _WEAK_FACTOR if right in _WEAK else 1.0
        form_list = [(right, weight)]
        if right != word:
            form_list = [(right, REPAIRED_WEIGHT * weight), (word, weight)]
            added.append(right)
        terms.append(Term(word=right, forms=tuple(form_list)))
    learned = [_with_associations(term, associations or {}) for term in _without_repeats(terms)]
    return tuple(learned), tuple(dict.fromkeys(added))


def _with_associations(term: Term, associations: Associations) -> Term:
    """The term with the words of the documents that were learned to answer it; never heavier than it is itself."""
    others = associations.get(stem(term.word), ()) if " " not in term.word else ()
    forms = dict(term.forms)
    heaviest = max(forms.values())
    for word, weight in others:
        forms.setdefault(word, weight * heaviest)
    return term.model_copy(update={"forms": tuple(forms.items())})


def _without_repeats(terms: Sequence[Term]) -> tuple[Term, ...]:
    seen: set[str] = set()
    kept = []
    for term in terms:
        key = " ".join(stem(word) for word in words(term.word))
        if key and key not in seen:
            seen.add(key)
            kept.append(term)
    return tuple(kept)


def as_typed(question: str, word: str) -> str:
    """A folded word of a question as it was typed, accents and capitals kept; as it is where it was not typed."""
    wanted = word.split()
    typed = re.findall(r"[^\W_]+", question)
    folded = [fold(one) for one in typed]
    for place in range(len(folded) - len(wanted) + 1):
        if folded[place : place + len(wanted)] == wanted:
            return " ".join(typed[place : place + len(wanted)])
    return word

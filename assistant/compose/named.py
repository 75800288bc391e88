"""Names that an answer must hold: who asks for the mayor of a village is not answered by the mayor of another."""

import re
from collections.abc import Sequence

from assistant.compose.confidence import SAME_QUESTION
from assistant.compose.expected import expected_answer
from assistant.compose.select import Candidate
from assistant.retrieve.search import Searcher, SearchResult
from assistant.understand.territories import name_words
from corpus.index.reader import Index
from corpus.text import STOPWORDS, fold

_ANYWHERE = frozenset({"date", "duree", "frequence"})
"""Kinds of things that a rule tells for every commune."""
_FEW = 3
"""Rows of the lists of structures that may bear a word for it to be the name of one."""
_LETTERS = 4
"""Letters of the shortest word of a name."""


def misses_the_name(searcher: Searcher, result: SearchResult, candidates: Sequence[Candidate]) -> bool:
    """True where a count, a person, a price… of a named commune or structure is asked for, and none found is its own.

    The name may stand in the passage, in its section or in the title of its fiche.
    """
    expectation = expected_answer(result.query.resolved_question, result.query.terms)
    if expectation is None or expectation.kind in _ANYWHERE:
        return False
    names = names_asked(searcher, result)
    telling = [candidate for candidate in candidates if candidate.met or candidate.known >= SAME_QUESTION]
    return bool(names) and not any(_holds(searcher.index, candidate, names) for candidate in telling)


def names_asked(searcher: Searcher, result: SearchResult) -> list[frozenset[str]]:
    """The names in a question, each as its folded words: communes other than the territory's own, structures."""
    index = searcher.index
    question = result.understood.core or result.query.resolved_question
    names = []
    for mention in searcher.understanding.finder.find(question):
        own = [set(name_words(index.document(document).entry.territory.name)) for document in mention.documents]
        if mention.commune and not any(words & set(mention.words) for words in own):
            names.append(frozenset(mention.words))
    asked = set(re.findall(r"\w+", fold(question))) - STOPWORDS
    territories = {word for record in index.documents() for word in name_words(record.entry.territory.name)}
    asked = {word for word in asked - territories if not searcher.understanding.finder.is_common(word)}
    bearers: dict[str, list[str]] = {}
    for row in index.equipment():
        for word in re.findall(r"\w+", row.name):
            if fold(word) in asked and len(word) >= _LETTERS:
                bearers.setdefault(fold(word), []).append(word)
    names += [frozenset({word}) for word, forms in bearers.items() if len(forms) <= _FEW and _is_name(index, forms)]
    return names


def _is_name(index: Index, forms: Sequence[str]) -> bool:
    """True for words ("Picotis") that begin with a capital wherever the corpus writes them."""
    if not all(form[0].isupper() for form in forms):
        return False
    common = re.compile("|".join(rf"\b{re.escape(form.lower())}\b" for form in set(forms)))
    return not any(common.search(passage.text) for passage in index.passages())


def _holds(index: Index, candidate: Candidate, names: Sequence[frozenset[str]]) -> bool:
    passage = candidate.unit.passage
    title = index.fiche(passage.fiche).title if passage.fiche else ""
    text = " ".join((candidate.unit.text, passage.text, title, *passage.section_path))
    said = set(name_words(text))
    return any(name <= said for name in names)

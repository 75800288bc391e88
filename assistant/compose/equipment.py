"""Which structures, where, how many: from the rows of the lists of structures annexed to conventions."""

import re
from collections.abc import Collection, Sequence

from assistant.compose.citing import CitationBook
from assistant.compose.expected import expected_answer
from assistant.compose.fact import labelled
from assistant.compose.known import KnownAnswers
from assistant.compose.lines import Composition
from assistant.compose.named import names_asked
from assistant.compose.places import territory_of
from assistant.retrieve.search import Searcher, SearchResult
from assistant.understand.cues import plain_words
from assistant.understand.territories import TerritoryMention, name_words
from corpus.index.reader import Index
from corpus.records import Equipment, Passage, Term
from corpus.text import fold, stems
from corpus.units import equipment_unit, split_units

_ASKS = re.compile(
    r"\b(?:combien|cb|nombre|nb|liste|listes|lister|quels?|quelles?|lesquelles|lesquels|ou est|ou sont|ou se trouve\w*|"
    r"c est ou|c ou|adresses?|quelle rue|y a t il|ya|il y a|tous les|toutes les|existe\w*|cite\w*|noms?)\b"
)
_WHOLE = re.compile(r"\b(?:ctg|convention|territoire|intercommunalite|agglo\w*|communaute|bassin)\b")
"""Says that the name is that of the whole territory, where a commune has it too."""
_COMMUNE = re.compile(r"(?:commune|ville|mairie)\b")
_NEAR = 6
"""The list must be among this many passages found first."""
_LEADING = 3
_SHARE = 0.6
_SHARE_LEADING = 0.35
"""Least share of the question's rarity that the rows must hold; less where the list is among the very first."""
_SURE = 0.6
"""Least weight of another name of what is looked for ("crèche" for "EAJE")."""
_TYPE = 1.5
_ALIKE = 0.99
_CLOSE = 0.6
"""Nearness of a known question from which the row that answered it is the answer."""
_MOST_ROWS = 14
_NAMESAKES = 2
_PROSE = 1050
_LITTLE = frozenset("de du des la le les et en sur".split())
_HEADINGS = frozenset(
    stems("structure structures équipement équipements service services commune communes adresse liste type nom lieu")
)


def compose_equipment(
    searcher: Searcher, result: SearchResult, book: CitationBook, *, asked: bool = False
) -> Composition | None:
    """The rows that the question is about, by owner; None where it is not about a list of structures.

    `asked`: the structures are asked for whatever the words ("et qui en a un ?").
    """
    index = searcher.index
    lists = [ranked for ranked in result.passages[:_NEAR] if ranked.passage.kind == "equipement"]
    if not lists or not (asked or _ASKS.search(plain_words(result.query.resolved_question))):
        return None
    documents = result.query.territories or tuple(dict.fromkeys(ranked.passage.document for ranked in lists))
    rows = [row for document in documents for row in index.equipment(document)]
    mentions = searcher.understanding.finder.find(result.query.resolved_question)
    whole = bool(_WHOLE.search(plain_words(result.query.resolved_question)))
    standing = _standing_in(rows, () if whole else mentions)
    kept, share = _about(standing, result, {word for mention in mentions for word in mention.words})
    if share < _SHARE and (known := _known(index, standing, result)):
        kept, share = known, 1.0
    if not kept or share < (_SHARE_LEADING if lists[0].rank <= _LEADING else _SHARE) or not _tell(kept, result):
        return None
    composition = _listed(index, kept, documents, book)
    if not result.query.territories:
        _add_namesakes(searcher, result, kept, composition, book)
    return composition


def _add_namesakes(
    searcher: Searcher, result: SearchResult, rows: Sequence[Equipment], composition: Composition, book: CitationBook
) -> None:
    """What other territories say under the same name, where the question names none: it may be the one meant."""
    index = searcher.index
    names = [name for name in names_asked(searcher, result) if any(name <= set(name_words(row.name)) for row in rows)]
    elsewhere = [
        unit
        for passage in index.passages()
        if passage.document not in {row.document for row in rows} and any(_writes(passage.text, name) for name in names)
        for unit in split_units(index, passage)
        if any(_writes(unit.text, name) for name in names)
    ]
    if not elsewhere:
        return
    composition.add("Le même nom ailleurs dans le corpus :")
    for unit in elsewhere[:_NAMESAKES]:
        territory = territory_of(index, unit.passage.document)
        composition.add(f"{territory} : {labelled(unit)}", [book.cite(unit)], style="element", territory=territory,
                        document=unit.passage.document)  # fmt: skip


def _writes(text: str, name: Collection[str]) -> bool:
    return set(name) <= set(name_words(text))


def _tell(rows: Sequence[Equipment], result: SearchResult) -> bool:
    """False where the question asks for what such a list does not tell: a price, an hour, a number of places."""
    expectation = expected_answer(result.query.resolved_question, result.query.terms)
    if expectation is None:
        return True
    if expectation.kind == "adresse":
        return any(row.address for row in rows)
    said = [set(stems(f"{row.type} {row.name}")) | _HEADINGS for row in rows]
    counted = any(form <= words for form in expectation.counted for words in said)
    return expectation.kind == "nombre" and counted


def _known(index: Index, rows: Sequence[Equipment], result: SearchResult) -> list[Equipment]:
    """The rows that answered the known question closest to this one, where it is very close."""
    answers = KnownAnswers(result.meaning)
    supports = [answers.support(equipment_unit(index, row, _passage_of(index, row))) for row in rows]
    best = max(supports, default=0.0)
    return [
        row
        for row, support in zip(rows, supports, strict=True)
        if support == best >= max(_CLOSE, result.meaning.closest)
    ]


def _standing_in(rows: Sequence[Equipment], mentions: Sequence[TerritoryMention]) -> list[Equipment]:
    """Rows of the places named: under their heading or at their address; all rows where no place of theirs is named."""
    wanted = [set(mention.words) for mention in mentions]
    headed = [
        row
        for row in rows
        if _COMMUNE.match(fold(row.owner)) and any(words <= set(name_words(row.owner)) for words in wanted)
    ]
    if headed and len(headed) < len(rows):
        located = [row for row in rows if any(words <= set(name_words(row.address)) for words in wanted)]
        return [row for row in rows if row in headed or row in located]
    communes = [set(mention.words) for mention in mentions if mention.commune]
    if not communes:
        return list(rows)
    return [row for row in rows if any(words <= set(name_words(f"{row.name} {row.address}")) for words in communes)]


def _about(rows: Sequence[Equipment], result: SearchResult, places: Collection[str]) -> tuple[list[Equipment], float]:
    """Rows that hold most of the question, and the share of it that some row holds; all where only `places` are named.

    A type of structure weighs more than a name: "le relais des nounous" is no crèche called "Chez Nounou".
    """
    typed = [set(stems(row.type)) for row in rows]
    named = [words | set(stems(row.name)) for words, row in zip(typed, rows, strict=True)]
    scores = [0.0] * len(rows)
    total = found = 0.0
    phrases = [
        set(term.word.split())
        for term in result.query.terms
        if " " in term.word and any(form <= words for form in _sure_forms(term) for words in named)
    ]
    singles = {term.word for term in result.query.terms if " " not in term.word}
    for term, hit in zip(result.query.terms, result.hits, strict=True):
        if set(stems(term.word)) <= _HEADINGS or any(term.word in phrase for phrase in phrases):
            continue
        if " " in term.word and set(term.word.split()) not in phrases and singles.issuperset(term.word.split()):
            # "crèche, halte" is no phrase of the list: its words are looked for one by one.
            continue
        if places and set(name_words(term.word)) <= set(places):
            continue
        forms = _sure_forms(term)
        rarity = hit.rarity or 1.0
        total += rarity
        held = False
        for place, words in enumerate(named):
            if any(form <= words for form in forms):
                held = True
                scores[place] += rarity * (_TYPE if any(form <= typed[place] for form in forms) else 1.0)
        found += rarity if held else 0.0
    if places and not total:
        return list(rows), 1.0
    best = max(scores, default=0.0)
    if not best:
        return [], 0.0
    return [row for row, score in zip(rows, scores, strict=True) if score >= _ALIKE * best], found / total


def _sure_forms(term: Term) -> list[set[str]]:
    return [set(stems(phrase)) for phrase, weight in term.forms if weight >= _SURE and stems(phrase)]


def _listed(index: Index, rows: Sequence[Equipment], documents: Sequence[str], book: CitationBook) -> Composition:
    composition = Composition()
    names = ", ".join(territory_of(index, document) for document in documents)
    several = len(rows) > 1
    lines: list[tuple[Equipment, str, int | None]] = []
    spent = 0
    for row in rows[:_MOST_ROWS]:
        unit = equipment_unit(index, row, _passage_of(index, row))
        text = labelled(unit)
        spent += len(text) + 10
        if lines and spent > _PROSE:
            break
        lines.append((row, text, book.cite(unit)))
    composition.add(
        f"{len(rows)} ligne{'s' if several else ''} de la liste des structures ({names}) :",
        [number for _, _, number in lines[:1]],
        nature="donnee",
    )
    owner = ""
    for row, text, number in lines:
        if row.owner != owner:
            owner = row.owner
            composition.add(_proper(owner), style="titre")
        composition.add(
            text, [number], style="element", territory=territory_of(index, row.document), document=row.document
        )
    if left := len(rows) - len(lines):
        composition.add(f"… et {left} autre{'s' if left > 1 else ''}, dans la même liste.")
    return composition


def _proper(owner: str) -> str:
    """A heading in capitals as a name is written."""
    if not owner.isupper():
        return owner
    words = [word if word in _LITTLE else word.capitalize() for word in owner.lower().split()]
    return " ".join(words)[:1].upper() + " ".join(words)[1:]


def _passage_of(index: Index, row: Equipment) -> Passage:
    """The passage of the list that holds a row."""
    return next(
        passage
        for passage in index.passages(row.document)
        if any(span.start <= row.start and row.end <= span.end for span in passage.spans)
    )

"""The words by which tables and slides are recognised (`tables.yaml`), and how tolerant the comparison is."""

from functools import cache, lru_cache

from pydantic import Field
from rapidfuzz import fuzz, process

from corpus.records.base import HandWritten
from corpus.text import fold, letters, words
from ingest.lines import clean
from ingest.vocabulary import load_vocabulary

_HEAD_LIKENESS = 88
_LABEL_LIKENESS = 84
_LONGEST_HEAD = 60
_INFINITIVE_ENDINGS = ("er", "ir", "re", "oir")
_NOUN_ENDINGS = ("tion", "sion", "ment", "age")


class BoxWords(HandWritten):
    """Labels of the boxes of a slide."""

    objectif: tuple[str, ...] = Field(min_length=1)
    action: tuple[str, ...] = Field(min_length=1)


class SynthesisWords(HandWritten):
    """Heads of the columns of a synthesis slide."""

    enjeux: tuple[str, ...] = Field(min_length=1)
    objectifs: tuple[str, ...] = Field(min_length=1)
    actions: tuple[str, ...] = Field(min_length=1)


class VerbWords(HandWritten):
    """Verbs that rather begin an action, and those that rather begin an aim, folded."""

    doing: tuple[str, ...] = Field(min_length=1)
    aim: tuple[str, ...] = Field(min_length=1)


class ActorWords(HandWritten):
    """Words that a column of pilots is made of, one at a time."""

    whole: tuple[str, ...] = Field(min_length=1)
    open: tuple[str, ...] = ()
    complements: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


class TableWords(HandWritten):
    """All of `tables.yaml`."""

    columns: dict[str, tuple[str, ...]]
    """Heads of columns by key: a field of a fiche, or actions, fiche, type_structure, nom, nom_adresse, adresse."""
    address_words: tuple[str, ...]
    action_nouns: tuple[str, ...]
    boxes: BoxWords
    synthesis: SynthesisWords
    verbs: VerbWords
    themes: tuple[str, ...]
    plan_titles: tuple[str, ...]
    actors: ActorWords


@cache
def table_words() -> TableWords:
    """The vocabulary of tables.

    Raises CorpusError where the file is missing or wrong.
    """
    words_of_tables: TableWords = load_vocabulary("tables.yaml", TableWords)
    return words_of_tables


@lru_cache(maxsize=4096)
def column_key(head: str) -> str | None:
    """Key of a column from the words of its head; None where they are not those of a known head."""
    words_of_head = clean(head).strip(" :")
    if not words_of_head or len(words_of_head) > _LONGEST_HEAD:
        return None
    heads = _heads()
    match = process.extractOne(letters(words_of_head), heads.keys(), scorer=fuzz.ratio, score_cutoff=_HEAD_LIKENESS)
    return heads[match[0]] if match else _state_key(words_of_head)


def states_progress(head: str) -> bool:
    """True where the head of a column of actions says how far they are ("Actions à conforter")."""
    folded = letters(head)
    known = {letters(form) for form in table_words().columns["actions"]}
    if process.extractOne(folded, known, scorer=fuzz.ratio, score_cutoff=_HEAD_LIKENESS + 4):
        return False
    return _state_key(clean(head)) is not None


@lru_cache(maxsize=8192)
def label_kind(text: str) -> str | None:
    """ "objectif" or "action" where the text is the label of a box and nothing else; None otherwise."""
    folded = letters(text)
    if not 5 <= len(folded) <= 12:
        return None
    forms = {letters(form): kind for kind, group in _box_groups() for form in group}
    match = process.extractOne(folded, forms.keys(), scorer=fuzz.ratio, score_cutoff=_LABEL_LIKENESS)
    return forms[match[0]] if match else None


@lru_cache(maxsize=8192)
def synthesis_kind(text: str) -> str | None:
    """ "enjeux", "objectifs" or "actions" where the text is the head of a column of a synthesis; None otherwise."""
    if len(text) > _LONGEST_HEAD:
        return None
    groups = table_words().synthesis
    forms = {
        letters(form): kind
        for kind, group in (("enjeux", groups.enjeux), ("objectifs", groups.objectifs), ("actions", groups.actions))
        for form in group
    }
    match = process.extractOne(letters(text), forms.keys(), scorer=fuzz.ratio, score_cutoff=_LABEL_LIKENESS + 6)
    return forms[match[0]] if match else None


@lru_cache(maxsize=8192)
def starts_action(word: str) -> bool:
    """True where a word can begin an action: an infinitive, or a noun of action."""
    folded = words(word)
    if not folded:
        return False
    first = folded[0]
    if first in _action_nouns():
        return True
    return len(first) > 4 and first.endswith(_INFINITIVE_ENDINGS + _NOUN_ENDINGS)


def is_verb(word: str) -> bool:
    """True for the infinitive of a verb that begins actions or aims; the word is folded."""
    verbs = table_words().verbs
    return word in verbs.doing or word in verbs.aim


@cache
def _action_nouns() -> frozenset[str]:
    return frozenset(noun for form in table_words().action_nouns for noun in words(form))


def names_plan(title: str) -> bool:
    """True where a heading announces a plan of actions."""
    folded = letters(title)
    return any(letters(form) in folded for form in table_words().plan_titles)


def is_address(text: str) -> bool:
    """True where a text begins like an address: a street number, a postal code or a word of the street."""
    first = words(text)[:2]
    if not first:
        return False
    return first[0][0].isdigit() or fold(first[0]) in {fold(word) for word in table_words().address_words}


def _state_key(head: str) -> str | None:
    first = words(head)
    qualified = 2 <= len(first) <= 6 and (first[0] in ("action", "actions") or first[0] in ("piste", "pistes"))
    return "actions" if qualified and {"action", "actions"} & set(first[:2]) else None


@cache
def _heads() -> dict[str, str]:
    return {letters(form): key for key, forms in table_words().columns.items() for form in forms}


def _box_groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    boxes = table_words().boxes
    return ("objectif", boxes.objectif), ("action", boxes.action)

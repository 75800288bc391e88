"""The names that belong to one territory: from the manifest, the equipment lists, the signatories, or by their capital.

A name in a line is local when the manifest gives it to a territory, or when it is written with a capital though no
document ever writes it without one and it is not known all over France (wording.yaml, glossary).
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.draft.wording import load_wording
from corpus.glossary import is_acronym, load_glossary
from corpus.index.reader import Index
from corpus.records import DocumentEntry
from corpus.text import fold, stem
from corpus.themes import load_themes

NameKind = Literal["institution", "lieu", "commune", "departement", "caf"]
_INSTITUTION = re.compile(r"communaut|syndicat|metropole|regroupement|\bcc\b|agglo")
_WORD = re.compile(r"[^\W\d_][\w]*")
_AMID = re.compile(r"(?<=[a-zà-ÿ] )[A-ZÀ-Ý][\w-]{2,}|(?<=[a-zà-ÿ]['’])[A-ZÀ-Ý][\w-]{2,}")
_LEAST_TIMES = 3
_SELDOM = 3
_SHORTEST_NAME = 3
_PERSON = re.compile(r"\b(?:M\.|MM\.|Mme|Mr|Monsieur|Madame)\s+((?:[A-ZÀ-Ý][\w.'-]+\s*){1,4})")
_OF_ONE_PLACE = re.compile(r"^(?:À|En|Au|Dans) (?:l[ae] |l['’])?[A-ZÀ-Ý][^,;.]*,|\bdu département d[eu] ")
"""A definition of the glossary that says where ("À Dijon, école…"): the acronym is that place's."""
_SAINTS = ((r"\bsaint\b", "st"), (r"\bsainte\b", "ste"))


@dataclass(frozen=True)
class LocalName:
    """A name of the manifest."""

    name: str
    """As matched: see `flat`."""
    kind: NameKind
    document: str
    any_case: bool
    """True where the manifest writes it without a capital ("bassin nord")."""


class Gazetteer:
    """What is local in the documents of an index."""

    def __init__(self, index: Index) -> None:
        self.names: dict[str, LocalName] = {}
        for record in index.documents():
            for name in _names_of(record.entry):
                self.names.setdefault(name.name, name)
        written = {record.entry.id: index.raw_text(record.entry.id) for record in index.documents()}
        texts = list(written.values())
        self._small = {document: _written_small(text) for document, text in written.items()}
        self._lower = Counter(flat(word) for text in texts for word in _WORD.findall(text) if word[0].islower())
        self._stems = frozenset(stem(word) for word in self._lower)
        self._general = _general_words()
        self.persons = frozenset(
            flat(part) for text in texts for match in _PERSON.findall(text) for part in _WORD.findall(match)
            if len(part) > 2 and part.isupper()
        )  # fmt: skip
        self.persons |= frozenset(
            flat(part) for document, text in written.items() for match in _PERSON.findall(text)
            for part in _WORD.findall(match)
            if len(part) > 2 and flat(part) not in self._general and flat(part) not in self._small[document]
            and not self._lower[flat(part)]
        )  # fmt: skip
        self.equipment = frozenset(
            flat(word) for row in index.equipment() for word in _WORD.findall(row.name)
            if len(word) > 3 and not self._lower[flat(word)] and flat(word) not in self._general
        )  # fmt: skip
        titled = _titled_pattern()
        self.titles = frozenset(
            flat(word) for text in texts for match in titled.finditer(text)
            for word in _WORD.findall(match.group(1))[:1] if word[0].isupper() and flat(word) not in self._general
        )  # fmt: skip
        """First words of what documents name in quotation marks ("la newsletter « Sortir »")."""
        for document, text in written.items():
            for plain in _capitals_amid(text, _LEAST_TIMES):
                if plain not in self._small[document] and self._is_of_one(plain, document):
                    self.names.setdefault(plain, LocalName(plain, "lieu", document, any_case=True))
        self.pattern = _alternatives(self.names)
        """Finds the names of the manifest in a flat text, the longest first."""

    def is_general(self, name: str) -> bool:
        """True where every word of a name is known everywhere ("Croix-Rouge")."""
        return all(flat(word) in self._general for word in re.split(r"[-\s]", name) if word)

    def _is_of_one(self, plain: str, document: str) -> bool:
        """True for a word that only one document writes, and that is not known everywhere."""
        others = (small for name, small in self._small.items() if name != document)
        return plain not in self._general and not any(plain in small for small in others)

    def is_local_word(self, word: str, document: str | None = None) -> bool:
        """True for a capitalised word that no document writes otherwise and that is not known everywhere.

        `document`: where the word stands; a common word that this one never writes small ("la Passerelle") is a name.
        """
        plain = flat(word)
        if plain in self._general or word in self._general or not word[:1].isupper():
            return False
        small = self._small.get(document) if document else None
        if small is not None and len(word) >= _SHORTEST_NAME and plain not in small and stem(plain) not in small:
            return True
        if plain in self.equipment or plain in self.persons or plain in self.titles:
            return True
        if any(char.isdigit() for char in word):
            return True
        return len(word) > 1 and not self._lower[plain] and (word.isupper() or stem(plain) not in self._stems)


def _written_small(text: str) -> frozenset[str]:
    """Words that a document writes small, and their stems; a name typed small once does not count."""
    small = Counter(flat(word) for word in _WORD.findall(text) if word[0].islower())
    capital = _capitals_amid(text, 1)
    words = [word for word, times in small.items() if _SELDOM * times >= capital.get(word, 0)]
    return frozenset({*words, *map(stem, words)})


def _capitals_amid(text: str, least: int) -> dict[str, int]:
    """Words that a text writes with a capital amid its sentences `least` times or more."""
    found = Counter(flat(word) for word in _AMID.findall(text) if not word.isupper())
    return {word: times for word, times in found.items() if times >= least}


@lru_cache(maxsize=8192)
def flat(text: str) -> str:
    """Lower case without accents, hyphens and apostrophes as spaces; as many characters as the text has."""
    return "".join(_flat_char(char) for char in text)


@lru_cache(maxsize=1024)
def _flat_char(char: str) -> str:
    if char in "-’'‘–":
        return " "
    plain = fold(char)
    return plain if len(plain) == 1 else char.lower()[:1]


def _names_of(entry: DocumentEntry) -> Iterable[LocalName]:
    territory = entry.territory
    for commune in territory.communes:
        yield from _variants(commune, "commune", entry.id)
    for name in (territory.name, territory.short_name, *territory.other_names):
        kind: NameKind = "institution" if _INSTITUTION.search(flat(name)) or _is_sigle(name) else "lieu"
        yield from _variants(name, kind, entry.id)
    if territory.department:
        yield from _variants(territory.department, "departement", entry.id)
    if territory.caf:
        yield from _variants(territory.caf, "caf", entry.id)


def _variants(name: str, kind: NameKind, document: str) -> Iterable[LocalName]:
    plain = re.sub(r"^(?:le|la|les|l) ", "", flat(name))
    any_case = name.islower() and kind != "commune"
    forms = {plain}
    for long, short in _SAINTS:
        forms |= {re.sub(long, short, form) for form in set(forms)}
        forms |= {re.sub(rf"\b{short}\b", re.sub(r"\\b", "", long), form) for form in set(forms)}
    for form in forms:
        yield LocalName(form, kind, document, any_case)


def _titled_pattern() -> re.Pattern[str]:
    nouns = "|".join(re.escape(noun) for noun in load_wording().structures)
    return re.compile(rf"\b(?:{nouns})s?\s+[«\"“]\s*([^«»\"“”]{{2,40}}?)\s*[»\"”]", re.IGNORECASE)


def _is_sigle(name: str) -> bool:
    bare = re.sub(r"^(?:la|le|les|l')\s*", "", name)
    return bare.isupper() and " " not in bare


def _alternatives(names: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted((name for name in names if len(name) > 1), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in ordered) + r")\b")


def _general_words() -> frozenset[str]:
    """Words that may bear a capital anywhere: national names, the glossary's general acronyms, the themes' words."""
    found: set[str] = set()
    for name in load_wording().national:
        found |= {flat(word) for word in _WORD.findall(name)}
    for entry in load_glossary().entries:
        full = entry.full or ""
        if (
            is_acronym(entry.term)
            and full
            and full == full[:1].lower() + full[1:]
            and not (_has_name(full) or _OF_ONE_PLACE.search(entry.definition))
        ):
            found |= {flat(entry.term), f"{flat(entry.term)}s"}
    for theme in load_themes():
        found |= {flat(acronym) for acronym in theme.acronyms if " " not in acronym and not _is_named_local(acronym)}
        found |= {flat(word) for word in _WORD.findall(" ".join((theme.name, *theme.strong)))}
    return frozenset(found)


def _has_name(full: str) -> bool:
    return any(word[0].isupper() and flat(word) != "france" and word != "État" for word in _WORD.findall(full))


def _is_named_local(acronym: str) -> bool:
    """An acronym whose full form holds a proper name ("ESCO": espace solidarités Côte-d'Or), or that one place has."""
    return any(
        _has_name(entry.full or "A") or _OF_ONE_PLACE.search(entry.definition)
        for entry in load_glossary().named(acronym)
    )

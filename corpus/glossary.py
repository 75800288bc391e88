"""The field's acronyms and expressions: what they mean, what they were called, what people call them."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field

from corpus.phrases import PhraseIndex, phrase_key
from corpus.records.base import HandWritten, Record
from corpus.text import STOPWORDS, fold, squeeze, words
from corpus.yamlfile import load_yaml

GLOSSARY_FILE = Path(__file__).resolve().parent / "glossary.yaml"

LEAST_LIKENESS = 65
LIKENESS_RANGE = 15
MAX_SUGGESTIONS = 5
"""A suggestion is at least so like the word (0 to 100), and nearly as like as the best one."""

FormKind = Literal["terme", "forme complète", "variante", "ancien nom", "expression voisine", "mot courant"]
STRICT_KINDS: tuple[FormKind, ...] = ("terme", "forme complète", "variante", "ancien nom")
"""Forms that name the same thing; a neighbouring expression or an everyday word only points to it."""


class FormerName(HandWritten):
    """A name that is no longer the right one."""

    name: str = Field(min_length=2)
    until: str | None = Field(default=None, pattern=r"^\d{4}$")
    """Year in which the name changed; None where it is not established."""
    confidence: Literal["A", "B"]
    """A: two sources or a legal text; B: one source."""


class GlossaryEntry(HandWritten):
    """An acronym or expression of the field."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    term: str = Field(min_length=2)
    """Acronym or expression, as the documents mostly write it."""
    full: str | None = None
    """Full form of an acronym; None where the term is already complete or its full form is not known."""
    definition: str = Field(min_length=20)
    theme: str
    """Id of a theme, or "pilotage" for money, institutions and method."""
    variants: tuple[str, ...] = ()
    """Other written forms, misspellings of the documents included."""
    covers: tuple[str, ...] = ()
    """Expressions of the documents that the entry covers without being their name ("téléalarme")."""
    former: tuple[FormerName, ...] = ()
    everyday: tuple[str, ...] = ()
    """What people really type for it."""
    related: tuple[str, ...] = ()
    """Ids of entries that a question on this one may also want to reach."""
    seen: tuple[str, ...] = ()
    """Ids of the delivered documents in which it occurs under one of its names."""

    def forms(self) -> Iterable[tuple[str, FormKind]]:
        """Every way to say it, the term first."""
        yield self.term, "terme"
        if self.full:
            yield self.full, "forme complète"
        yield from ((variant, "variante") for variant in self.variants)
        yield from ((former.name, "ancien nom") for former in self.former)
        yield from ((expression, "expression voisine") for expression in self.covers)
        yield from ((word, "mot courant") for word in self.everyday)

    def names(self) -> tuple[str, ...]:
        """Term, full form, variants and former names."""
        return tuple(form for form, kind in self.forms() if kind in STRICT_KINDS)


class GlossaryMatch(Record):
    """An entry that answers to a word, and by which of its forms."""

    entry: GlossaryEntry
    form: str
    kind: FormKind


class LookUp(Record):
    """What the glossary knows of a word."""

    word: str
    matches: tuple[GlossaryMatch, ...] = ()
    """Closest kind of form first; several where the word has several meanings."""
    suggestions: tuple[str, ...] = ()
    """Terms that are written nearly so; empty where there are matches."""


class Mention(NamedTuple):
    """An acronym of the glossary in a text: `text[start:end]`."""

    start: int
    end: int
    entry: GlossaryEntry


class _GlossaryFile(HandWritten):
    entries: tuple[GlossaryEntry, ...]


@lru_cache(maxsize=4)
def load_glossary(path: Path = GLOSSARY_FILE) -> "Glossary":
    """Read and check the glossary, once per file and process.

    Raises CorpusError, with file, line and key, where the file is missing or wrong.
    """
    return Glossary(load_yaml(path, _GlossaryFile).entries)


class Glossary:
    """The entries, and the ways to reach them."""

    def __init__(self, entries: Iterable[GlossaryEntry]) -> None:
        self.entries = tuple(entries)
        self._by_id = {entry.id: entry for entry in self.entries}
        self._forms: PhraseIndex[GlossaryMatch] = PhraseIndex(
            (form, GlossaryMatch(entry=entry, form=form, kind=kind))
            for entry in self.entries
            for form, kind in entry.forms()
        )
        self._names: PhraseIndex[str] = PhraseIndex(
            (name, entry.id) for entry in self.entries for name in entry.names() if not is_acronym(name)
        )
        self._acronyms: dict[str, list[GlossaryEntry]] = {}
        for entry in self.entries:
            for name in filter(is_acronym, entry.names()):
                self._acronyms.setdefault(name.upper(), []).append(entry)

    def entry(self, entry_id: str) -> GlossaryEntry | None:
        """The entry of this id; None where there is none."""
        return self._by_id.get(entry_id)

    def look_up(self, word: str) -> LookUp:
        """Find a word whatever its case, accents and plural, by any of its forms; else suggest the closest terms."""
        wanted = squeeze(word)
        order: tuple[FormKind, ...] = (*STRICT_KINDS, "expression voisine", "mot courant")
        best: dict[str, GlossaryMatch] = {}
        for match in sorted(self._forms.get(wanted), key=lambda match: order.index(match.kind)):
            best.setdefault(match.entry.id, match)
        suggestions = () if best or not words(wanted) else self._closest(wanted)
        return LookUp(word=wanted, matches=tuple(best.values()), suggestions=suggestions)

    def mentions(self, text: str) -> list[Mention]:
        """The acronyms that stand in a text, each with its place: what a reader may want spelled out."""
        found = []
        for match in _CAPITALISED.finditer(text):
            written = _acronym_in(match.group())
            if written and written.upper() in self._acronyms:
                entry = self._acronyms[written.upper()][0]
                found.append(Mention(match.start(), match.start() + len(written), entry))
        return found

    def forms_in(self, phrase: str) -> list[GlossaryMatch]:
        """The forms of the glossary that stand in a phrase, the longest only; small words are no acronyms there."""
        found = self._forms.find(words(phrase))
        return [match for part in found for match in part.items if searchable(match.form)]

    def named_in(self, text: str) -> frozenset[str]:
        """Ids of the entries that a document names. Acronyms count in capitals ("PAT", never "pat")."""
        found = self._names.find_every(words(text))
        written = {entry_id for phrase in found for entry_id in phrase.items}
        capitals = {_acronym_in(match.group()).upper() for match in _CAPITALISED.finditer(text)}
        return frozenset(written | {entry.id for name in capitals for entry in self._acronyms.get(name, ())})

    def named(self, name: str) -> tuple[GlossaryEntry, ...]:
        """The entries that have exactly this name (everyday words left out)."""
        return tuple(match.entry for match in self._forms.get(name) if match.kind in STRICT_KINDS)

    def _closest(self, wanted: str) -> tuple[str, ...]:
        from rapidfuzz import fuzz, process

        forms = {fold(form): entry.term for entry in self.entries for form, _ in entry.forms()}
        ranked = process.extract(fold(wanted), list(forms), scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS, limit=12)
        near = [forms[form] for form, score, _ in ranked if score >= ranked[0][1] - LIKENESS_RANGE]
        return tuple(dict.fromkeys(near))[:MAX_SUGGESTIONS]


_CAPITALISED = re.compile(r"\b[A-ZÀ-Ý][\wÀ-ÿ]+\b")


def is_acronym(name: str) -> bool:
    """True for one word written in capitals ("EAJE", "CD21")."""
    return bool(re.fullmatch(r"[A-Z][A-Z0-9]+", name))


def searchable(form: str) -> bool:
    """Can this form be recognised among the folded words of a question? ("CA" cannot: it would be "ça".)"""
    key = phrase_key(form)
    return bool(key) and not (len(key) == 1 and key[0] in STOPWORDS)


def _acronym_in(word: str) -> str:
    """The acronym that a capitalised word writes: "EHPAD" of "EHPADs", "Alsh" of "Alsh".

    Empty for two letters of which one is small ("En" is not "EN").
    """
    bare = word[:-1] if word.endswith("s") and word[:-1].isupper() else word
    capitals = sum(char.isupper() for char in bare)
    return bare if capitals >= 2 or len(bare) >= 3 else ""

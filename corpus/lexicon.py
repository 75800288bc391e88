"""From the words people type to the words the documents write.

The glossary brings what names the same thing; the lexicon groups bring everyday language, in one direction only.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import Field

from corpus.glossary import GLOSSARY_FILE, STRICT_KINDS, FormKind, Glossary, GlossaryEntry, load_glossary, searchable
from corpus.phrases import PhraseIndex, phrase_key
from corpus.records.base import HandWritten
from corpus.yamlfile import load_yaml

LEXICON_FILE = Path(__file__).resolve().parent / "lexicon.yaml"

STRICT_WEIGHT = 0.9
"""Another name of the same thing."""
EVERYDAY_WEIGHT = 0.6
"""An everyday word, or what it points to."""
GROUP_WEIGHT = 0.6
"""What a lexicon group reaches."""
CHAINED_SHARE = 0.8
"""Share of a group's weight for the other names of a glossary term that it reaches."""
RELATED_WEIGHT = 0.3
"""A neighbouring notion."""

WeightedPhrase = tuple[str, float]


class LexiconGroup(HandWritten):
    """Everyday words and the phrases of the documents that they should reach."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    words: tuple[str, ...] = Field(min_length=1)
    reach: tuple[str, ...] = Field(min_length=1)
    weight: float = Field(default=GROUP_WEIGHT, gt=0, le=1)
    """Lower where the words are so common that they say little ("aider", "parents")."""


class Expansion(NamedTuple):
    """Words of a question and what they may be called in the documents."""

    span: tuple[int, int]
    """Positions of the words: `words[span[0]:span[1]]`."""
    forms: tuple[WeightedPhrase, ...]
    """Phrases with their weights, the heaviest first; never the words themselves."""


class _LexiconFile(HandWritten):
    groups: tuple[LexiconGroup, ...]


def load_lexicon(paths: Sequence[Path] = (LEXICON_FILE,), glossary_path: Path = GLOSSARY_FILE) -> "Lexicon":
    """Read the glossary and the lexicon files, and join them.

    Raises CorpusError, with file, line and key, where a file is missing or wrong.
    """
    groups = [group for path in paths for group in load_yaml(path, _LexiconFile).groups]
    return Lexicon(load_glossary(glossary_path), groups)


class Lexicon:
    """The joined vocabulary of the glossary and of the lexicon groups."""

    def __init__(self, glossary: Glossary, groups: Iterable[LexiconGroup]) -> None:
        self.glossary = glossary
        self.groups = tuple(groups)
        self._phrases: PhraseIndex[tuple[WeightedPhrase, ...]] = PhraseIndex(
            [*self._glossary_phrases(), *self._group_phrases()]
        )

    def expand(self, words: Sequence[str]) -> list[Expansion]:
        """What the words of a question (folded, as `corpus.text.words` gives them) may be called in the documents.

        The longest phrases are recognised first and do not overlap. A form already said is not repeated.
        """
        expansions = []
        for found in self._phrases.find(words):
            typed = phrase_key(" ".join(words[found.start : found.end]))
            forms = _heaviest(form for forms in found.items for form in forms)
            kept = tuple(form for form in forms if phrase_key(form[0]) != typed)
            if kept:
                expansions.append(Expansion((found.start, found.end), kept))
        return expansions

    def _glossary_phrases(self) -> Iterable[tuple[str, tuple[WeightedPhrase, ...]]]:
        for entry in self.glossary.entries:
            related = tuple(self._related(entry))
            for form, kind in entry.forms():
                if searchable(form):
                    yield form, (*_names(entry, kind), *related)

    def _related(self, entry: GlossaryEntry) -> Iterable[WeightedPhrase]:
        for other in filter(None, map(self.glossary.entry, entry.related)):
            yield other.term, RELATED_WEIGHT
            if other.full:
                yield other.full, RELATED_WEIGHT

    def _group_phrases(self) -> Iterable[tuple[str, tuple[WeightedPhrase, ...]]]:
        for group in self.groups:
            reached: list[WeightedPhrase] = [(phrase, group.weight) for phrase in group.reach]
            for phrase in group.reach:
                for entry in self.glossary.named(phrase):
                    reached += [(name, group.weight * CHAINED_SHARE) for name in entry.names()]
            for typed in group.words:
                yield typed, _heaviest((*reached, *self._names_inside(typed, group.weight)))

    def _names_inside(self, typed: str, weight: float) -> Iterable[WeightedPhrase]:
        """Names of the glossary's terms inside an everyday phrase: "manque de nounous" is also about nounous."""
        for match in self.glossary.forms_in(typed):
            yield from ((name, weight * CHAINED_SHARE) for name in match.entry.names())


def _names(entry: GlossaryEntry, typed_as: FormKind) -> Iterable[WeightedPhrase]:
    """A word that only points to the thing reaches its names; a name reaches the other names, and those words."""
    if typed_as in STRICT_KINDS:
        yield from ((name, STRICT_WEIGHT) for name in entry.names())
        yield from ((word, EVERYDAY_WEIGHT) for word in (*entry.covers, *entry.everyday))
    else:
        yield from ((name, EVERYDAY_WEIGHT) for name in entry.names())


def _heaviest(forms: Iterable[WeightedPhrase]) -> tuple[WeightedPhrase, ...]:
    """Each phrase once (plurals and accents apart), with its greatest weight, the heaviest first."""
    best: dict[tuple[str, ...], WeightedPhrase] = {}
    for phrase, weight in forms:
        key = phrase_key(phrase)
        if key not in best or weight > best[key][1]:
            best[key] = (phrase, weight)
    return tuple(sorted(best.values(), key=lambda form: -form[1]))

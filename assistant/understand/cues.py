"""Turns of phrase that tell what a question expects. The phrases are data (cues.yaml), matched on folded words."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.records.base import HandWritten
from corpus.text import fold
from corpus.yamlfile import load_yaml


class CueFile(HandWritten):
    """cues.yaml: phrases by intent and by field, and the phrases that carry no subject."""

    intents: dict[str, tuple[str, ...]]
    fields: dict[str, tuple[str, ...]]
    hints: dict[str, tuple[str, ...]]
    across: tuple[str, ...]
    compared: tuple[str, ...]
    """A territory held against the others: it is part of the answer."""
    others: tuple[str, ...]
    politeness: tuple[str, ...]
    filler: tuple[str, ...]


@dataclass(frozen=True)
class Cues:
    """Compiled phrases; every match is on the folded, space-joined words of a question."""

    intents: tuple[tuple[str, re.Pattern[str]], ...]
    fields: tuple[tuple[str, re.Pattern[str]], ...]
    hints: tuple[tuple[str, re.Pattern[str]], ...]
    across: re.Pattern[str]
    compared: re.Pattern[str]
    others: re.Pattern[str]
    politeness: re.Pattern[str]
    filler: re.Pattern[str]

    def intents_in(self, plain: str) -> tuple[str, ...]:
        """Intents whose phrases stand in the question, in the file's order of precedence."""
        return tuple(name for name, pattern in self.intents if pattern.search(plain))

    def fields_in(self, plain: str) -> tuple[str, ...]:
        """Fields of a fiche that the question asks for."""
        return tuple(name for name, pattern in self.fields if pattern.search(plain))

    def hinted_in(self, plain: str) -> tuple[str, ...]:
        """Fields where the answer probably stands, though the question does not ask for them."""
        return tuple(name for name, pattern in self.hints if pattern.search(plain))


def plain_words(question: str) -> str:
    """The question as cues see it: folded words separated by one space, elisions opened ("s'il" → "s il")."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(question)))


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """The cues of cues.yaml. Raises CorpusError (file, line, key) where the file is wrong."""
    data = load_yaml(Path(__file__).with_name("cues.yaml"), CueFile)
    return Cues(
        intents=tuple((name, _compile(phrases)) for name, phrases in data.intents.items()),
        fields=tuple((name, _compile(phrases)) for name, phrases in data.fields.items()),
        hints=tuple((name, _compile(phrases)) for name, phrases in data.hints.items()),
        across=_compile(data.across),
        compared=_compile(data.compared),
        others=_compile(data.others),
        politeness=_compile(data.politeness),
        filler=_compile(data.filler),
    )


def _compile(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_phrase_pattern(phrase) for phrase in sorted(phrases, key=len, reverse=True)))


def _phrase_pattern(phrase: str) -> str:
    parts = []
    for word in phrase.split():
        if word == "…":
            parts.append(r"(?:\w+ ){0,4}?")
        elif word.endswith("*"):
            parts.append(re.escape(word[:-1]) + r"\w* ")
        else:
            parts.append(re.escape(word) + " ")
    return r"\b" + "".join(parts).rstrip() + r"\b"

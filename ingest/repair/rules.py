"""The rules of the repair, read from rules.yaml."""

import re
from functools import lru_cache
from pathlib import Path

from corpus.records.base import HandWritten
from corpus.yamlfile import load_yaml


class PrepositionRules(HandWritten):
    """When an "a" without its accent is the preposition. Words are separated by spaces, phrases by bars."""

    governors: str
    """Words after which the preposition comes, never the verb."""
    verb_before: str
    """Words before which it is the verb."""
    verb_after: str
    """Words after which it is the verb."""
    had: str
    """What one has: "a la charge de"."""
    phrases: str
    """Groups that always begin with the preposition."""


class RepairRules(HandWritten):
    """What is known of French and of optical readers."""

    noise: tuple[str, ...]
    confusions: tuple[tuple[str, str], ...]
    phrases: tuple[tuple[str, str], ...]
    glued: tuple[str, ...]
    glued_after: tuple[str, ...]
    glued_after_infinitive: tuple[str, ...]
    abstract_endings: tuple[str, ...]
    elided: tuple[str, ...]
    preposition: PrepositionRules


@lru_cache(maxsize=1)
def load_rules() -> RepairRules:
    """Raises CorpusError, naming the line, where the file is wrong."""
    return load_yaml(Path(__file__).with_name("rules.yaml"), RepairRules)


@lru_cache(maxsize=1)
def compiled_phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns whose group "x" is replaced."""
    return tuple((re.compile(pattern), right) for pattern, right in load_rules().phrases)

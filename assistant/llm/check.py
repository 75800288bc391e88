"""Each sentence of a language model is held against what it cites: figures, names, words. What fails is marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.text import STOPWORDS, fold, letters, stem, words

MARK = re.compile(r"\[(\d{1,3})\]")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?=\s|$|\[)|\n|$)(?:\s*\[\d{1,3}\])*")
_NUMBER = re.compile(r"\d+(?:[.,\s]\d+)*")
_NAME = re.compile(r"\b[A-ZÉÈÀÂÎÔÇ][\w-]{2,}")
_URL = re.compile(r"(?:https?://|www\.)\S+|\[([^\]]*)\]\([^)]*\)")
_LEAST_SUPPORT = 0.5
"""Least share of a sentence's words that its quotes must hold."""
_NOT_NAMES = STOPWORDS | frozenset(
    """caf ctg rpe mam eaje alsh laep pmi epci convention article fiche annexe axe cependant selon durant enfin
    toutefois concernant depuis entre outre aucune plusieurs certains certaines voici cela celle ensuite deux trois
    quatre cinq chaque pendant avant apres oui non""".split()
)
"""Words that begin a sentence with a capital, and acronyms of the field: they name nobody."""


@dataclass(frozen=True)
class CheckedSentence:
    """A sentence of the model, and what became of its citations."""

    text: str
    """Without marks, links taken out."""
    cited: tuple[int, ...]
    """Numbers that exist."""
    invented: tuple[int, ...]
    """Numbers that do not exist, removed."""
    supported: bool
    reasons: tuple[str, ...]
    """Why it is not supported, in French; empty where it is."""


def check_sentences(text: str, evidence: Sequence[str]) -> tuple[CheckedSentence, ...]:
    """The sentences of a model's text; `evidence[n - 1]` is what [n] stands for, its place included."""
    cleaned = _URL.sub(lambda match: match.group(1) or "", text)
    return tuple(
        _check(match.group(), evidence) for match in _SENTENCE.finditer(cleaned) if re.search(r"\w", match.group())
    )


def missing_figures(text: str, source: str) -> list[str]:
    """Figures of a text that its source does not hold."""
    figures = {_digits(number) for number in _NUMBER.findall(source)}
    figures |= {part for number in _NUMBER.findall(source) for part in re.findall(r"\d+", number)}
    return [number for number in _NUMBER.findall(text) if _digits(number) not in figures]


def is_supported(text: str, source: str) -> bool:
    """True where the source holds at least half of the words of a text."""
    return _support(text, source) >= _LEAST_SUPPORT


def _check(sentence: str, evidence: Sequence[str]) -> CheckedSentence:
    numbers = tuple(dict.fromkeys(int(mark) for mark in MARK.findall(sentence)))
    cited = tuple(number for number in numbers if 1 <= number <= len(evidence))
    text = re.sub(r"\s+([.,;:!?])", r"\1", " ".join(MARK.sub("", sentence).split()))
    reasons = _faults(text, " ".join(evidence[number - 1] for number in cited)) if cited else ("sans source",)
    return CheckedSentence(text, cited, tuple(n for n in numbers if n not in cited), not reasons, tuple(reasons))


def _faults(text: str, source: str) -> tuple[str, ...]:
    faults = []
    plain = letters(source)
    missing = missing_figures(text, source)
    if missing:
        faults.append(f"chiffre absent de la source : {missing[0].strip()}")
    names = [name for name in _NAME.findall(text) if fold(name) not in _NOT_NAMES and letters(name) not in plain]
    if names:
        faults.append(f"nom absent de la source : {names[0]}")
    if not is_supported(text, source):
        faults.append("peu de mots en commun avec la source")
    return tuple(faults)


def _digits(number: str) -> str:
    return re.sub(r"[\s.,]", "", number)


def _support(text: str, source: str) -> float:
    wanted = {stem(word) for word in words(text) if word not in STOPWORDS and len(word) > 2}
    held = {stem(word) for word in words(source)}
    return len(wanted & held) / len(wanted) if wanted else 0.0

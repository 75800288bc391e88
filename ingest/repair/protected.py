"""What a repair never touches: numbers, dates, amounts, proper names."""

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.text import fold

_NUMBER = re.compile(r"\S*\d\S*")
_DATE = re.compile(r"\d{1,2}(?:er)?\s+\S{3,9}\s+(?:19|20)\d\d")
_TITLED = re.compile(r"\b(?:M|MM|Mme|Mmes|Mlle|Dr|Monsieur|Madame)\.?\s+(?:[A-ZÀ-Ý][\w’'-]*\s*){1,4}")
_CAPITALISED = re.compile(r"(?<![\w])[A-ZÀ-ÝŒ][^\W\d_]+(?:[-’'][^\W\d_]+)*")
_AFTER_STOP = re.compile(r"(?:^|[.!?…:;]|[\n\r]\s*[\n\r]|[•▪➢✓»=*+◦·“]|\bv['\"’]?|\d[.)°-]|[a-z]\)|[-–—])\s*$")
_LOOK_BACK = 6


class Protected:
    """The places of a text that must stay as they are."""

    def __init__(self, text: str, names: Iterable[str] = ()) -> None:
        """`names` are known proper names (places, people); each of their words is one wherever it is capitalised."""
        self._text = text
        self._known = _name_words(tuple(names))
        taken = bytearray(len(text))
        for pattern in (_NUMBER, _DATE, _TITLED):
            for match in pattern.finditer(text):
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        for match in _CAPITALISED.finditer(text):
            if self._is_name(match):
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        self._taken = taken

    def touches(self, start: int, end: int) -> bool:
        """Whether any character of [start, end) belongs to a number, a date or a name."""
        return 1 in self._taken[start:end]

    def _is_name(self, match: re.Match[str]) -> bool:
        word = match.group()
        if word.isupper():
            return True
        if any(fold(part) in self._known for part in re.split(r"[-’']", word) if part[:1].isupper()):
            return True
        following = self._text[match.end() : match.end() + 12].lstrip()[:2]
        return not starts_sentence(self._text, match.start()) or (len(following) == 2 and following.isupper())


def starts_sentence(text: str, position: int) -> bool:
    """Whether a capital at this place may only be that of a sentence, a heading or an item of a list."""
    return bool(_AFTER_STOP.search(text[max(0, position - _LOOK_BACK) : position])) or position == 0


@lru_cache(maxsize=8)
def _name_words(names: tuple[str, ...]) -> frozenset[str]:
    small = {"le", "la", "les", "l", "d", "de", "du", "des", "et", "sur", "en", "au", "aux", "nord", "sud", "communes"}
    words = {fold(word) for name in names for word in re.findall(r"[^\W\d_]+", name)}
    return frozenset(words - small)

"""All the repairs of one text: mixed columns first, then marks, whole phrases, words, joints and the preposition."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from corpus.records import Repair
from corpus.text import fold
from ingest.repair.interleaved import find_interleaved
from ingest.repair.lexicon import FrenchWords
from ingest.repair.marks import find_elisions, find_stray_marks
from ingest.repair.preposition import find_prepositions
from ingest.repair.protected import Protected, starts_sentence
from ingest.repair.rules import compiled_phrases, load_rules
from ingest.repair.words import elided_word, is_lost_article, may_be_surname, parted_word, right_word

_TOKEN = re.compile(r"(?<![\w€¢&@|])(?:[^\W\d_]|€(?=[^\W\d_]))(?:[^\W\d_]|¢)+(?![\w€¢&@|])|(?<!\w)¢(?:[^\W\d_])+")
_SPLIT = re.compile(r"(?<![\w'’-])(?P<first>[^\W\d_]{2,}) (?=(?P<second>[^\W\d_]{2,})(?![\w'’-]))")
_HYPHENATED = re.compile(r"(?<![\w'’-])(?P<first>[a-zéèêàçôîûâœ]{2,})-[ \t]*\n[ \t]*(?P<second>[a-zéèêàçôîûâœ]{2,})")
_BAR = re.compile(r"(?<![\w|])\|(?P<rest>[a-zéèêàçôîûâ]{3,})(?![\w|])")
_LEAST_SIGNS = 3
_SIGNS_PER_1000 = 1.0
_LEAST_OWN = 3
_SMALL_L = ("Ia", "Ies")
"""The article with its l read as a capital I."""
_GLUED_ACRONYM = re.compile(r"(?P<article>[dl]|L[ae]s?|Des?|Du|Une?)(?P<acronym>[A-Z]{3,})")
_BEFORE_FIGURE = re.compile(r"(?<![\w-])[^\W\d_]{3,}(?=\d)")
_LONG = 7
_ELIDED = re.compile(r"(?<!\w)[ld]['’](?P<word>[a-zà-ÿœ]{8,})(?!\w)")
_VERY_COMMON = 5000


def is_noisy(text: str) -> bool:
    """Whether a text shows the signs of a recognition with faults; a clean text has next to none."""
    signs = sum(1 for _ in _noise().finditer(text))
    return signs >= max(_LEAST_SIGNS, _SIGNS_PER_1000 * len(text.split()) / 1000)


def find_repairs(text: str, lexicon: FrenchWords, names: Iterable[str] = ()) -> tuple[Repair, ...]:
    """The sure repairs of a text, in order and apart from each other; `names` are known proper names."""
    protected = Protected(text, names)
    kept = list(find_interleaved(text))
    taken = bytearray(len(text) + 1)
    for repair in kept:
        taken[repair.start : repair.end] = b"\1" * (repair.end - repair.start)
    for repair in _all_repairs(text, lexicon):
        is_name = protected.touches(repair.start, repair.end) and not _may_touch_a_name(text, repair)
        if is_name or 1 in taken[repair.start : repair.end] or text[repair.start : repair.end] == repair.text:
            continue
        taken[repair.start : repair.end] = b"\1" * (repair.end - repair.start)
        kept.append(repair)
    return tuple(sorted(kept, key=lambda repair: repair.start))


def _all_repairs(text: str, lexicon: FrenchWords) -> Iterator[Repair]:
    yield from find_elisions(text)
    yield from _phrases(text)
    yield from _joined(text, lexicon)
    yield from _words(text, lexicon, _own_words(text, lexicon))
    yield from find_prepositions(text, lexicon)
    yield from find_stray_marks(text)


def _phrases(text: str) -> Iterator[Repair]:
    for pattern, right in compiled_phrases():
        for match in pattern.finditer(text):
            yield Repair(start=match.start("x"), end=match.end("x"), text=_with_case(match.group("x"), right))


def _joined(text: str, lexicon: FrenchWords) -> Iterator[Repair]:
    """Words cut in two by a space or by the end of a line."""
    for match in _HYPHENATED.finditer(text):
        whole = match.group("first") + match.group("second")
        right = whole if lexicon.knows(whole) else right_word(whole, lexicon)
        if right is not None and not _repairable(match.group("first"), match.group("second"), lexicon):
            yield Repair(start=match.start(), end=match.end(), text=right)
    for match in _SPLIT.finditer(text):
        first, second = match.group("first"), match.group("second")
        if not (first + second).islower() or (lexicon.knows(first) and lexicon.knows(second)):
            continue
        whole = first + second
        if len(whole) >= _LONG and lexicon.knows(whole) and not _repairable(first, second, lexicon):
            yield Repair(start=match.start(), end=match.end("second"), text=whole)


def _repairable(first: str, second: str, lexicon: FrenchWords) -> bool:
    """Whether each of two words can be right by itself."""
    return all(lexicon.knows(word) or right_word(word, lexicon) for word in (first, second))


def _own_words(text: str, lexicon: FrenchWords) -> frozenset[str]:
    """The words that only this text uses, and uses often or with its article, but for misreadings of another."""
    counts = Counter(word for word in re.findall(r"[^\W\d_]{5,}", text) if word.islower() and not lexicon.knows(word))
    often = {word for word, count in counts.items() if count >= _LEAST_OWN}
    elided = {word for word in _ELIDED.findall(text) if not lexicon.knows(word)}
    return frozenset(word for word in often | elided if right_word(word, lexicon) is None)


def _words(text: str, lexicon: FrenchWords, own: frozenset[str]) -> Iterator[Repair]:
    capitals = frozenset(re.findall(r"(?<!\w)[A-Z]{3,}(?!\w)", text))
    acronyms = frozenset(word for word in capitals if not lexicon.knows(word.lower()))
    for match in _TOKEN.finditer(text):
        word = match.group()
        lower = word.lower()
        if is_lost_article(word, lexicon, own):
            yield Repair(start=match.start(), end=match.start() + 1, text="l'")
            continue
        glued = _GLUED_ACRONYM.fullmatch(word)
        if glued and glued.group("acronym") in acronyms:
            article = glued.group("article")
            joint = "'" if article.islower() else " "
            yield Repair(start=match.start(), end=match.start() + len(article), text=article + joint)
            continue
        if word[:-1].islower() and word[-1] == "S" and lexicon.knows(lower):
            yield Repair(start=match.end() - 1, end=match.end(), text="s")
            continue
        if word != lower and not (word[1:].islower() and starts_sentence(text, match.start())):
            continue
        right = right_word(lower, lexicon)
        if word != lower:
            sure = (
                parted_word(lower, lexicon) if right is None else right if _is_common(lower, right, lexicon) else None
            )
            if sure and sure[0] == lower[0] and not (" " in sure and may_be_surname(sure)):
                yield Repair(start=match.start(), end=match.end(), text=word[0] + sure[1:])
            continue
        right = right or elided_word(lower, lexicon, own) or parted_word(lower, lexicon)
        if right:
            yield Repair(start=match.start(), end=match.end(), text=right)
    for match in _BEFORE_FIGURE.finditer(text):
        if lexicon.weight(match.group().lower()) >= _VERY_COMMON and not match.group().isupper():
            yield Repair(start=match.start(), end=match.end(), text=match.group() + " ")
    for match in _BAR.finditer(text):
        if lexicon.knows("i" + match.group("rest")) and not lexicon.knows("l" + match.group("rest")):
            letter = "I" if starts_sentence(text, match.start()) else "i"
            yield Repair(start=match.start(), end=match.start() + 1, text=letter)


def _is_common(read: str, right: str, lexicon: FrenchWords) -> bool:
    """Whether a capitalised word can be no name: a word of the field, or a very common one whose accent was misread."""
    misread = not read.isascii() and fold(read) == fold(right) and len(read) > _LONG
    return lexicon.in_field(right) or (misread and lexicon.weight(right) >= _VERY_COMMON)


def _may_touch_a_name(text: str, repair: Repair) -> bool:
    """A lost article is no part of the name after it; a space before a figure changes no sign of it."""
    return _is_lost_article(text, repair) or repair.text == text[repair.start : repair.end] + " "


def _is_lost_article(text: str, repair: Repair) -> bool:
    """An article before a name is no part of it: `I'Etat`, `'Enfant`, `U'EN`; nor is `Ia` one."""
    read = text[repair.start : repair.end]
    if read in _SMALL_L:
        return True
    return repair.text.lower() in ("l'", "l’") and not any(char.isdigit() for char in read)


def _with_case(read: str, right: str) -> str:
    is_capital = read[:1].isupper() and read not in _SMALL_L
    return right.capitalize() if is_capital and right[:1].islower() else right


@lru_cache(maxsize=1)
def _noise() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in load_rules().noise))

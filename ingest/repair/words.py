"""One word that does not exist, and the only word that it can be."""

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.text import fold
from ingest.repair.lexicon import FrenchWords
from ingest.repair.preposition import is_infinitive
from ingest.repair.rules import load_rules

_PARTICIPLE = re.compile(r"é(?:e?s?)$")
_DOUBLE_E = re.compile(r"eé|ée|eè|èe|eê|êe|éè|èé|éé")
_REFORMED = {"î": "i", "û": "u"}
"""Accents that the spelling of 1990 leaves out: their absence is no sign of a wrong reading."""
_COMMON = 200
"""How common a word must be to be put in the place of another."""
_DOMINANT = 20
"""How many times more common than every other candidate a word of the field must be to be the only sensible one."""
_VERY_COMMON = 1000
_LONG = 5
_SHORTEST = 4
_ARTICLES_OF_NAMES = frozenset({"le", "la", "les", "de", "du", "des"})


def right_word(word: str, lexicon: FrenchWords) -> str | None:
    """The one word of the language that was read as `word` (in lower case); None where there is none, or two."""
    if len(word) < _SHORTEST or lexicon.knows(word):
        return None
    for step in (_read_twice, _accents, _accents_read_twice, _one_letter):
        found = {candidate for candidate in step(word, lexicon) if candidate != word}
        if found:
            return _only(found, word, lexicon)
    return None


def elided_word(word: str, lexicon: FrenchWords, own: frozenset[str] = frozenset()) -> str | None:
    """`linverse` as `l'inverse`, `dun` as `d'un`; None where it is not sure. `own`: words of the text itself."""
    if lexicon.knows(word):
        return None
    for article in load_rules().elided:
        rest = word.removeprefix(article)
        if rest == word or fold(rest)[:1] not in tuple("aeiouh"):
            continue
        if lexicon.weight(rest) < _COMMON and rest not in own:
            continue
        if len(rest) >= _SHORTEST or (rest in ("un", "une") and article in ("d", "l", "qu")):
            return f"{article}'{rest}"
    return None


def parted_word(word: str, lexicon: FrenchWords) -> str | None:
    """`etla` as `et la`, `ladate` as `la date`; None where it is not sure."""
    if lexicon.knows(word):
        return None
    tools = load_rules().glued
    for tool in tools:
        rest = word.removeprefix(tool)
        if rest != word and (rest in tools or _stands_alone(rest, lexicon)):
            return f"{tool} {rest}"
    for tool in load_rules().glued_after:
        rest = word.removesuffix(tool)
        if rest != word and _stands_alone(rest, lexicon):
            return f"{rest} {tool}"
    for tool in load_rules().glued_after_infinitive:
        rest = word.removesuffix(tool)
        if rest != word and len(rest) >= _LONG and lexicon.in_field(rest) and is_infinitive(rest, lexicon):
            return f"{rest} {tool}"
    return None


def is_lost_article(word: str, lexicon: FrenchWords, own: frozenset[str]) -> bool:
    """Whether the capital of `Finclusion`, `Uinstallation`, `Poffre` is an article l' that was misread."""
    rest = word[1:]
    if word[0] not in "FUP" or fold(rest)[:1] not in tuple("aeiou") or not rest.islower() or len(rest) < _LONG:
        return False
    return (lexicon.in_field(rest) or rest in own) and not lexicon.knows(word.lower())


def may_be_surname(parted: str) -> bool:
    """Whether a capitalised word that was parted, `Des champs`, `La fontaine`, may as well be a name."""
    article, rest = parted.split(" ", 1)
    return article in _ARTICLES_OF_NAMES and not rest.endswith(load_rules().abstract_endings)


def _stands_alone(word: str, lexicon: FrenchWords) -> bool:
    if len(word) < _LONG:
        return False
    is_abstract = word.endswith(load_rules().abstract_endings) and lexicon.knows(word)
    return is_abstract or lexicon.in_field(word) or lexicon.weight(word) >= _VERY_COMMON


def _only(found: set[str], word: str, lexicon: FrenchWords) -> str | None:
    """The only candidate, or the one beside which the others are nothing."""
    hard = word.replace("igu", "iqu")
    if hard in found and hard != word:
        return hard
    ligatures = {candidate for candidate in found if "œ" in candidate}
    best, *others = sorted(ligatures or found, key=lexicon.weight, reverse=True)
    if others and not (lexicon.in_field(best) and lexicon.weight(best) >= _DOMINANT * lexicon.weight(others[0])):
        return None
    same_letters = fold(best) == fold(word) and len(word) > _LONG
    sure = ligatures or (same_letters and not best.endswith("ent")) or lexicon.weight(best) >= _COMMON
    return best if sure and not _is_another_tense(word, best, lexicon) else None


def _is_another_tense(word: str, candidate: str, lexicon: FrenchWords) -> bool:
    """ "fragilise" is no "fragilisé", though a list of words may hold only the participle."""
    stem = _PARTICIPLE.sub("", candidate)
    ending = word.removeprefix(stem)
    return stem != candidate and ending.startswith("e") and ending.isascii() and lexicon.knows(stem + "er")


def _read_twice(word: str, lexicon: FrenchWords) -> Iterator[str]:
    """An accented letter read once without and once with its accent."""
    return (variant for variant in _readings(word) if variant != word and lexicon.knows(variant))


def _accents(word: str, lexicon: FrenchWords) -> Iterator[str]:
    """The same letters with their accents."""
    return (candidate for candidate in lexicon.alike(fold(word)) if _fits(word, candidate))


def _accents_read_twice(word: str, lexicon: FrenchWords) -> Iterator[str]:
    """The same letters with their accents, but for one that was read twice."""
    return (candidate for variant in _readings(word) for candidate in _accents(variant, lexicon))


def _one_letter(word: str, lexicon: FrenchWords) -> Iterator[str]:
    """One letter taken for another, its accents with it."""
    for wrong, right in load_rules().confusions:
        position = word.find(wrong)
        while position >= 0:
            changed = word[:position] + right + word[position + len(wrong) :]
            if len(word) >= _LONG or not wrong.isalpha():
                for candidate in {changed, *lexicon.alike(fold(changed))}:
                    if _fits(changed, candidate) and lexicon.knows(candidate):
                        yield candidate
            position = word.find(wrong, position + 1)


def _readings(word: str) -> Iterator[str]:
    yield word
    for match in _DOUBLE_E.finditer(word):
        for accented in match.group().replace("e", ""):
            yield word[: match.start()] + accented + word[match.end() :]


@lru_cache(maxsize=50_000)
def _fits(read: str, candidate: str) -> bool:
    """Whether a recognition may have read the candidate so: it loses or changes accents, it never invents them."""
    if len(read) != len(candidate):
        return False
    for seen, true in zip(read, candidate, strict=True):
        if seen == true:
            continue
        if fold(seen) != fold(true) or true.isascii() or _REFORMED.get(true) == seen:
            return False
    return True

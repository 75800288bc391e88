"""The right side of a line that was read across a plan: its pilots, then its year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from corpus.text import fold
from ingest.tables.vocabulary import table_words

_YEAR = re.compile(r"(?:19|20)\d\d")
_LOOK_ALIKE = 75
_SENTENCE_END = (".", ")", "»", "…", ":", ";", "(", "?")
_BEFORE_A_DATE = frozenset(
    ["en", "depuis", "pour", "fin", "ici", "annee", "debut", "avant", "apres", "loi", "du", "de"]
)


class Actor(Enum):
    """What a word is in a column of pilots."""

    WHOLE = "whole"
    OPEN = "open"
    COMPLEMENT = "complement"
    LINK = "link"
    DASH = "dash"


@dataclass(frozen=True, slots=True)
class Right:
    """What a line holds to the right of its action."""

    rest: int
    """How many words of the line remain for the columns to the left."""
    pilots: int
    """Place of the first word of the pilots; equal to `years` where there are none."""
    years: int
    """Place of the first word of the years; the number of words where there are none."""


def split_right(words: Sequence[str], pilots_so_far: str | None) -> Right:
    """The words of a line cut before its pilots and its years.

    `pilots_so_far` is what the row's pilots already say: None before they begin, when only a capital opens them.
    """
    years = _years_from(words)
    end = years
    if end and words[end - 1] in _DASHES and years < len(words):
        end -= 1
    begins = _pilots_from(words[:end], pilots_so_far, dated=years < len(words))
    if begins == end and pilots_so_far is None and years < len(words) and end:
        years = begins = _undated(words, years)
        end = years
    return Right(begins, begins, years if begins < years or years == begins else end)


def all_actors(words: Sequence[str]) -> bool:
    """True where words can only be pilots: an actor first, and nothing else but actors and what qualifies them."""
    kinds = [actor_kind(word) for word in words]
    return bool(kinds) and None not in kinds and kinds[0] in (Actor.WHOLE, Actor.OPEN)


def calls_for_more(pilots: str) -> bool:
    """True where pilots cannot end there: a dash, a comma, a linking word or an actor that calls for a precision."""
    last = pilots.split()[-1] if pilots.strip() else ""
    return last.endswith(",") or last[-1:] in _DASHES or actor_kind(last) in (Actor.LINK, Actor.DASH, Actor.OPEN)


@lru_cache(maxsize=8192)
def actor_kind(word: str) -> Actor | None:
    """What a word is in a column of pilots; None for any other word."""
    if word in _DASHES:
        return Actor.DASH
    if word.endswith(_SENTENCE_END) or word.startswith(("(", "«", "“")):
        return None
    folded = re.sub(r"^(?:[li|1]['’‘`\"]|d['’])", "", fold(word).strip(",;-–—|/"))
    kinds = _kinds()
    if folded in kinds:
        return kinds[folded]
    if len(folded) < 4:
        return Actor.LINK if folded in ("a", "|a") else None
    near = process.extractOne(folded, [known for known in kinds if len(known) >= 4], scorer=fuzz.ratio)
    return kinds[near[0]] if near and near[1] >= (_LOOK_ALIKE if len(folded) == 4 else 88) else None


_DASHES = frozenset(["-", "–", "—", "/", "=", "+"])


@cache
def _kinds() -> dict[str, Actor]:
    actors = table_words().actors
    groups = (
        (Actor.LINK, actors.links),
        (Actor.COMPLEMENT, actors.complements),
        (Actor.OPEN, actors.open),
        (Actor.WHOLE, actors.whole),
    )
    kinds = {fold(word): kind for kind, group in groups for word in group}
    kinds["en"] = Actor.WHOLE
    return kinds


def _years_from(words: Sequence[str]) -> int:
    place = len(words)
    while place and (_YEAR.fullmatch(words[place - 1].strip(".,;-–—/")) or _is_dash_between(words, place)):
        place -= 1
    return place


def _is_dash_between(words: Sequence[str], place: int) -> bool:
    inside = place < len(words) and words[place - 1] in _DASHES
    return inside and place >= 2 and bool(_YEAR.fullmatch(words[place - 2]))


def _undated(words: Sequence[str], years: int) -> int:
    """A year that goes on with the words before it ("mis en place en 2024") is no date of the row."""
    return len(words) if fold(words[years - 1]) in _BEFORE_A_DATE else years


def _pilots_from(words: Sequence[str], so_far: str | None, *, dated: bool) -> int:
    """Place where the pilots begin: the longest run of actors' words that ends the line and may begin there."""
    end = len(words)
    place = end
    while place and actor_kind(words[place - 1]) is not None:
        place -= 1
    run = range(place, end)
    if so_far is None:
        starts = [at for at in run if _opens(words[at]) and (dated or place == 0)]
        return starts[0] if starts else end
    going_on = [at for at in run if _goes_on(words, at, so_far, whole_line=place == 0)]
    named = [at for at in going_on if actor_kind(words[at]) is not Actor.COMPLEMENT]
    return next(iter(named or going_on), end)


def _opens(word: str) -> bool:
    return word[:1].isupper() and word[:2] not in ("I'", "I’", 'I"') and actor_kind(word) in (Actor.WHOLE, Actor.OPEN)


def _goes_on(words: Sequence[str], at: int, so_far: str, *, whole_line: bool) -> bool:
    kind = actor_kind(words[at])
    last = so_far.split()[-1]
    last_kind = Actor.DASH if last[-1:] in _DASHES or last.endswith(",") else actor_kind(last)
    following = actor_kind(words[at + 1]) if at + 1 < len(words) else None
    if kind is Actor.DASH:
        return words[at] != "/" and following is Actor.WHOLE and last_kind is not Actor.DASH
    if last_kind in (Actor.DASH, Actor.LINK):
        return kind in (Actor.WHOLE, Actor.OPEN) or (kind is Actor.COMPLEMENT and last_kind is not None)
    if last_kind is Actor.OPEN:
        return kind is Actor.COMPLEMENT
    return last_kind is Actor.COMPLEMENT and kind is Actor.COMPLEMENT and (whole_line or fold(last) == "petite")

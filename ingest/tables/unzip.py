"""Boxes that stand side by side and were read line by line: each line is given back to its columns.

Lines are cut where the words say so: a capital opens a column, words known to go together (see `evidence`) stay
together, an unfinished line calls for its continuation, and a column keeps about the same width.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations_with_replacement, pairwise

from corpus.records import Span
from corpus.text import fold
from ingest.lines import is_finished, is_open
from ingest.tables.evidence import Pairs
from ingest.tables.vocabulary import is_verb, starts_action

_BEAM = 80
"""Readings kept after each line, shared among the columns beyond the first."""
_MOST_WORDS = 16
_MOST_COLUMNS = 3
_PAIR = 2.0
_OPENING = 3.0
_STRAY_CAPITAL = 1.5
_CALL = 1.5
_IMPOSSIBLE = 3.0
_BULLET = 2.0
_WIDTH = 0.12
_WRAP = 0.18
"""Cost of each character that was left free on a line though the next word would have had room there."""
_BULLETS = frozenset(["*", "»", "•", "▪", "■", "=", "→", "e", "o"])
"""Signs that begin an item in the middle of a line; a round bullet is read as a letter."""
_STAINS = frozenset(["°", ".", ",", ")", "]", "}", "|", "'", "`", "_", "~", "\\"])
_DETERMINERS = frozenset(["le", "la", "les", "un", "une", "des", "du", "aux", "au", "ce", "cette", "leur", "leurs"])
_PREPOSITIONS = frozenset(["a", "au", "aux", "de", "des", "du", "et", "en", "ou", "par", "pour", "sur", "dans", "avec"])
_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Columns:
    """Lines given back to their columns."""

    pieces: tuple[tuple[Span, ...], ...]
    """The pieces of each column, from left to right, in reading order."""
    score: float
    """How well the columns read; only to be compared with another reading of the same lines."""


@dataclass(frozen=True, slots=True)
class _State:
    score: float = 0.0
    tails: tuple[str, ...] = ()
    """What each column ends with."""
    widths: tuple[int, ...] = ()
    """Longest fragment of each column."""
    pieces: tuple[tuple[Span, ...], ...] = field(default=())
    last: int = -1
    """Column of the last fragment of the line before, where that line went to one column only."""


def unzip_lines(
    text: str,
    lines: Sequence[Span],
    columns: int,
    pairs: Pairs,
    *,
    known: Mapping[int, int] | None = None,
    loose: bool = False,
) -> Columns | None:
    """The columns of lines that were read across them; `known` gives the column of lines that stand in one only.

    `loose` tells that the first column holds what is left of several: nothing is asked of the width of its lines.

    None where there are more than three columns, where a line is too long to be tried, or a column stays empty.
    """
    if not 2 <= columns <= _MOST_COLUMNS:
        return None
    states = [_State(tails=("",) * columns, widths=(0,) * columns, pieces=((),) * columns)]
    for place, line in enumerate(lines):
        tokens = _tokens(text, line)
        if len(tokens) > _MOST_WORDS:
            return None
        own = (known or {}).get(place)
        whole = None if own is None else (0,) * (own + 1) + (len(tokens),) * (columns - own)
        every_cut = [whole] if whole else _cuts(text, tokens, columns, pairs)
        following = [_step(text, state, tokens, cuts, pairs, loose) for state in states for cuts in every_cut]
        following.sort(key=lambda state: -state.score)
        states = following[: _BEAM // (columns - 1) ** 2]
    complete = [state for state in states if all(state.pieces)]
    if not complete:
        return None
    best = max(complete, key=_settled)
    return Columns(best.pieces, _settled(best))


def starts_item(fragment: str) -> bool:
    """True where a fragment begins with a bullet."""
    words = fragment.split(maxsplit=1)
    return len(words) == 2 and words[0] in _BULLETS


def _settled(state: _State) -> float:
    return state.score - _CALL * sum(map(is_open, state.tails))


def _tokens(text: str, line: Span) -> list[Span]:
    """The words of a line; a sign belongs to the word before it, what is only a stain of the page is dropped."""
    tokens: list[Span] = []
    bullet: int | None = None
    for match in _TOKEN.finditer(text[line.start : line.end]):
        start, end = line.start + match.start(), line.start + match.end()
        span = Span(start=start if bullet is None else bullet, end=end)
        bullet = None
        if match.group() in _STAINS:
            continue
        if match.group() in _BULLETS and text[end : end + 3].lstrip()[:1].isupper():
            bullet = start
        elif tokens and not any(char.isalnum() for char in match.group()) and match.group() not in "«(":
            tokens[-1] = Span(start=tokens[-1].start, end=span.end)
        else:
            tokens.append(span)
    return tokens


def _cuts(text: str, tokens: list[Span], columns: int, pairs: Pairs) -> list[tuple[int, ...]]:
    """All ways to cut a line; with three columns and more, only where the words are not known to go together."""
    count = len(tokens)
    places = [
        place
        for place in range(count + 1)
        if columns == 2 or place in (0, count) or not pairs.seen(_at(text, tokens[place - 1]), _at(text, tokens[place]))
    ]
    return [(0, *cuts, count) for cuts in combinations_with_replacement(places, columns - 1)]


def _step(text: str, state: _State, tokens: list[Span], cuts: tuple[int, ...], pairs: Pairs, loose: bool) -> _State:
    score = state.score
    tails, widths, pieces = list(state.tails), list(state.widths), list(state.pieces)
    used = []
    for column, (first, after) in enumerate(pairwise(cuts)):
        if first == after:
            continue
        used.append(column)
        span = Span(start=tokens[first].start, end=tokens[after - 1].end)
        fragment = text[span.start : span.end]
        score += _joining(tails[column], fragment, pairs)
        measured = widths[column] > 0 and not (loose and column == 0)
        if measured and not is_finished(tails[column]):
            room = widths[column] - len(tails[column]) - len(fragment.split()[0]) - 1
            score -= _WRAP * max(0, room + 1)
        score += sum(_inside(text, tokens, place, pairs) for place in range(first + 1, after))
        if all(is_open(word) for word in fragment.split()):
            score -= 1.0
        if measured:
            score -= _WIDTH * max(0, len(fragment) - widths[column] - 2)
        tails[column] = fragment
        widths[column] = max(widths[column], len(fragment))
        pieces[column] = (*pieces[column], span)
    for cut in cuts[1:-1]:
        if 0 < cut < len(tokens) and pairs.seen(_at(text, tokens[cut - 1]), _at(text, tokens[cut])):
            score -= _PAIR / max(1, cuts[1:-1].count(cut))
    score -= sum(_CALL for column, tail in enumerate(tails) if column not in used and is_open(tail))
    alone = used[0] if len(used) == 1 else -1
    if alone >= 0 and state.last >= 0 and alone != state.last:
        score -= 1.0
    return _State(score, tuple(tails), tuple(widths), tuple(pieces), alone)


def _joining(tail: str, fragment: str, pairs: Pairs) -> float:
    """How well a fragment goes on with the column: what opens a column is a capital, best a word of action."""
    first = fragment.split()[0]
    if starts_item(fragment):
        return _BULLET if not tail or is_finished(tail) else -_BULLET
    capital = first[:1].isupper() and not first[:2].isupper()
    if not tail:
        return (_OPENING if starts_action(first) else 1.0) if capital or first[:1] in "|" else 0.0
    if _never_meet(tail.split()[-1], first):
        return -_IMPOSSIBLE
    score = _PAIR if pairs.seen(tail, fragment) else 0.0
    if capital:
        score -= _STRAY_CAPITAL * (2 if starts_action(first) else 1)
    elif is_finished(tail) and first[:1].islower():
        score -= _CALL
    return score


def _inside(text: str, tokens: list[Span], place: int, pairs: Pairs) -> float:
    left, right = _at(text, tokens[place - 1]), _at(text, tokens[place])
    if starts_item(right):
        return -_OPENING
    score = 0.3 if pairs.seen(left, right) else -0.3
    capital = right[:1].isupper() and right[1:2].islower()
    if capital and starts_action(right):
        score -= _OPENING
    if is_finished(left) and right[:1].islower():
        score -= _CALL
    if fold(left) == fold(right) or _never_meet(left, right):
        score -= _IMPOSSIBLE
    return score


def _never_meet(left: str, right: str) -> bool:
    """True for words that French never puts side by side: a determiner calls for a noun, "de" for no preposition."""
    before, after = fold(left), fold(right)
    if before not in _DETERMINERS | {"de"}:
        return False
    if after in _PREPOSITIONS or after.startswith("d'"):
        return True
    if before == "de":
        return False
    return after in _DETERMINERS or after.startswith("l'") or is_verb(after)


def _at(text: str, span: Span) -> str:
    return text[span.start : span.end]

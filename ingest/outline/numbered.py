"""Numbered sub-parts of an article or an annexe: "3.1- Les modalités", "2) Structurer…", "II - Le diagnostic".

A number in front of a line may also be an item of a list. A sub-part stands alone between blank lines, belongs to a
sequence that begins at one, and has something written under it.
"""

from collections.abc import Callable, Sequence

from ingest.headings import RANKS, Heading, heading_end
from ingest.lines import Line, clean, has_word
from ingest.numbering import numbered_part, numbered_title

_LONGEST = 230


def numbered_headings(lines: Sequence[Line], first: int, stop: int, fresh: Callable[[int], bool]) -> list[Heading]:
    """The numbered sub-parts among lines[first:stop], in order. `fresh(i)` tells that a paragraph or a page begins
    at line i."""
    deep: list[Heading] = []
    flat: dict[bool, list[Heading]] = {True: [], False: []}
    at = first
    while at < stop:
        heading = _candidate(lines, at, stop, fresh)
        if heading is None:
            at += 1
            continue
        at = heading.last + 1
        if heading.rank > RANKS["partie"] + 1:
            deep.append(heading)
        else:
            flat[heading.label[:1].isdigit()].append(heading)
    chains = [heading for series in flat.values() for heading in _sequence(series, stop)]
    return sorted(deep + chains, key=lambda heading: heading.first)


def _candidate(lines: Sequence[Line], at: int, stop: int, fresh: Callable[[int], bool]) -> Heading | None:
    number = numbered_part(lines[at])
    if number is None or not fresh(at):
        return None
    last = heading_end(lines, at)
    alone = last + 1 >= len(lines) or lines[last + 1].blanks > 0 or last + 1 >= stop
    title = clean(" ".join([numbered_title(lines[at]), *(lines[p].words for p in range(at + 1, last + 1))]))
    written, value, depth = number
    worded = any(len(word) > 3 and has_word(word) for word in title.split())
    if not alone or not worded or len(title) > _LONGEST or title.endswith((";", ",", ":")):
        return None
    if depth > 1 and title.endswith("."):
        return None
    label = written if depth > 1 else (f"{written})" if written.isdigit() else written)
    return Heading("partie", RANKS["partie"] + depth, label, title, at, last, value, lines[at].start, lines[last].end)


def _sequence(series: Sequence[Heading], stop: int) -> list[Heading]:
    """The headings of a series that count 1, 2, 3… with something written under most of them."""
    best: list[Heading] = []
    chain: list[Heading] = []
    for heading in series:
        expected = chain[-1].number + 1 if chain and chain[-1].number else 1
        if heading.number == expected:
            chain.append(heading)
        elif heading.number == 1:
            best = _better(best, chain, stop)
            chain = [heading]
    return _better(best, chain, stop)


def _better(best: list[Heading], chain: list[Heading], stop: int) -> list[Heading]:
    if len(chain) < 2:
        return best
    after = [heading.first for heading in chain[1:]] + [stop]
    written = sum(following - heading.last > 1 for heading, following in zip(chain, after, strict=True))
    return best + chain if written * 2 > len(chain) and after[-1] - chain[-1].last > 1 else best

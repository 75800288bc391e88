"""Heads and feet that a document repeats on its pages: they would cut the sentences that run over a page break."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.readers.page_layout import line_pieces
from ingest.readers.paragraphs import Word

_MARGIN_SHARE = 0.085
_REPEATED_SHARE = 0.5
_FEWEST_PAGES = 3
_PAGE_NUMBER = re.compile(r"(?:page|p\.)?\s*[-–—|]?\s*(\d{1,4})\s*[-–—|]?(?:\s*(?:/|sur|de)\s*\d{1,4})?", re.IGNORECASE)


def without_running_lines(pages: Sequence[tuple[list[Word], float]]) -> list[list[Word]]:
    """Words of each page (words, height) without page numbers and repeated heads and feet.

    The first occurrence of a repeated line stays: it may be the only place of a title.
    """
    margins = [_margin_lines(words, height) for words, height in pages]
    repeated = _repeated(margins)
    numbered = _numbered(margins)
    seen: set[str] = set()
    kept = []
    for number, ((words, _), lines) in enumerate(zip(pages, margins, strict=True), 1):
        dropped: set[int] = set()
        for text, members in lines:
            is_number = numbered is not None and _number(text) == number + numbered
            if is_number or (text in repeated and text in seen):
                dropped.update(map(id, members))
            seen.add(text)
        kept.append([word for word in words if id(word) not in dropped])
    return kept


def _margin_lines(words: list[Word], height: float) -> list[tuple[str, list[Word]]]:
    """Pieces of lines that stand in the top or bottom margin of a page, each with its words."""
    limit = _MARGIN_SHARE * height
    margin = [word for word in words if word.bottom < limit or word.top > height - limit]
    return [(piece.text, list(piece.words)) for piece in line_pieces(margin)]


def _repeated(margins: Sequence[list[tuple[str, list[Word]]]]) -> set[str]:
    counts = Counter(text for lines in margins for text in {text for text, _ in lines})
    enough = max(2, min(_FEWEST_PAGES, len(margins)), _REPEATED_SHARE * len(margins))
    return {text for text, count in counts.items() if count >= enough}


def _numbered(margins: Sequence[list[tuple[str, list[Word]]]]) -> int | None:
    """Difference between printed numbers and page ranks, where most pages agree on it."""
    shifts: Counter[int] = Counter()
    for rank, lines in enumerate(margins, 1):
        shifts.update({number - rank for text, _ in lines if (number := _number(text)) is not None})
    if not shifts:
        return None
    shift, count = shifts.most_common(1)[0]
    return shift if count >= 2 and count >= 0.4 * len(margins) else None


def _number(text: str) -> int | None:
    match = _PAGE_NUMBER.fullmatch(text.strip())
    return int(match.group(1)) if match else None

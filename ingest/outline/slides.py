"""Slides: a document made of them, or an annexe into which a presentation was pasted."""

import re
from collections.abc import Sequence

from corpus.records import ReadDocument
from corpus.text import fold
from ingest.headings import RANKS, Heading, heading_words, is_capitals
from ingest.lines import Line, clean, has_word, is_finished, split_lines, starts_low
from ingest.outline.nodes import Node

_LONGEST_TITLE = 230
_WORD = re.compile(r"\S")
_PAGES_OF_A_PRESENTATION = 3
_UNTITLED = "Diapositive"


def slide_nodes(read: ReadDocument, annexes: Sequence[Heading]) -> list[Node]:
    """One part per slide of a document made of slides; an annexe begins with the slide that announces it."""
    nodes: list[Node] = []
    for page in read.pages:
        lines = split_lines(read.text, page.start, page.end)
        if not lines:
            continue
        announces = [heading for heading in annexes if page.start <= heading.title_start < page.end]
        for heading in announces:
            nodes.append(Node(lines[0].start, "annexe", heading.rank, heading.label, heading.title))
        label = f"Diapositive {page.number}" if page.number is not None else "Diapositive"
        nodes.append(Node(lines[0].start, "diapositive", RANKS["diapositive"], label, _leading_title(lines)))
    return nodes


def pasted_slide_nodes(read: ReadDocument, start: int, end: int) -> list[Node]:
    """One part per page of an annexe that looks like a presentation; none for an annexe of running text.

    `start` is where what stands under the annexe's heading begins, `end` where the annexe ends.
    """
    pages = [
        (max(page.start, start), min(page.end, end)) for page in read.pages if page.end > start and page.start < end
    ]
    pages = [(first, last) for first, last in pages if read.text[first:last].strip()]
    if len(pages) < _PAGES_OF_A_PRESENTATION:
        return []
    titles = [_page_title(read.text, first, last) for first, last in pages]
    if sum(title is not None for title in titles) * 2 < len(pages):
        return []
    return [
        Node(_first_word(read.text, first), "diapositive", RANKS["partie"], "", title or _UNTITLED, last)
        for title, (first, last) in zip(titles, pages, strict=True)
    ]


def _leading_title(lines: Sequence[Line]) -> str:
    """The first paragraph of a slide and the paragraphs in capitals that follow it, up to its first column head."""
    heads = heading_words().capitales
    paragraphs: list[list[str]] = []
    for position, line in enumerate(lines):
        opens = position == 0 or line.blanks > 0
        words = line.words
        size = sum(len(word) for part in paragraphs for word in part)
        if line.bullet() or size + len(words) > _LONGEST_TITLE:
            break
        if position and opens and not (is_capitals(words) and has_word(words)):
            break
        if opens and position and any(fold(words).startswith(head) for head in heads):
            break
        if not opens and not (is_capitals(words) or starts_low(words) or position < 3):
            break
        if opens:
            paragraphs.append([])
        paragraphs[-1].append(words)
    return " – ".join(clean(" ".join(part)) for part in paragraphs)


def _page_title(text: str, start: int, end: int) -> str | None:
    """The title of a pasted slide: its first line, or the first line in capitals near its top."""
    lines = split_lines(text, start, end)
    for position, line in enumerate(lines[:12]):
        alone = position + 1 >= len(lines) or lines[position + 1].blanks > 0
        words = line.words
        real = sum(has_word(word) for word in words.split())
        letters_share = sum(char.isalpha() or char.isspace() for char in words) / max(len(words), 1)
        shaped = 8 <= len(words) <= 120 and real >= 2 and letters_share > 0.8 and words[:1].isupper()
        if not shaped or not alone or line.bullet():
            continue
        if is_capitals(words) or (position == 0 and (words.endswith("?") or not is_finished(words))):
            return words.rstrip(".")
    return None


def _first_word(text: str, start: int) -> int:
    found = _WORD.search(text, start)
    return found.start() if found else start

"""Lines of a page put back together into paragraphs and items of lists."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median, quantiles

from ingest.lines import is_open, starts_low
from ingest.readers.blocks import LINE_END_SIGNS, Block, Paragraph, bullet_sign
from ingest.readers.flow import ItemLevels

_BULLET = re.compile(r"([-–—•·●○◦*‐⁃∙⚫■□▪▫➢➤→►▶❖✓✔☐☑☒»>\uf000-\uf0ff]|o(?=\s+\S))\s+(?=\S)")
_NUMBER = re.compile(r"(\d{1,2}[.)]|[a-z][.)]|\(\d{1,2}\))\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?:;»…]\s*$")
_LABEL = re.compile(r"[A-ZÀ-Ý][^\W\d_]+(?:[ '’-][^\W\d_]+){0,4} ?:(?:\s|$)")
_CAPITAL_LABEL = re.compile(r"[A-ZÀ-ÖØ-ÞŒ][A-ZÀ-ÖØ-ÞŒ'’ -]{5,60}\d{0,2}\s?:")
_CUT_WORD = re.compile(r"[^\W\d_][-\u2010\u00ad]$")
_LAST_PART = re.compile(r"[^\W\d_]+$")
_FIRST_PART = re.compile(r"[^\W\d_]+")
_GAP = 0.55
_SAME_SIZE = 0.6
_SAME_SHARE = 0.08
_SAME_INDENT = 4.0
_ENOUGH_GAPS = 10
_LINES_LOOKED_AT = 8
_SAME_LINE_SHARE = 0.5
_AROUND_WORDS = ".,;:!?()«»\"'’“”"
_SHORTEST_CUT = 16
_GAP_SLACK = 0.15
_WIDEST_USUAL_GAP = 0.35
_RUN_SLACK = 0.3
_NATURAL_GAP = 0.15


@dataclass(frozen=True)
class Word:
    """A word and its place; points from the page's top left corner."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True)
class TextLine:
    """Words that follow each other on one line."""

    words: tuple[Word, ...]
    breaks: frozenset[int] = frozenset()
    """Places of the words before which a tab stands."""

    @classmethod
    def row(cls, cells: Sequence["TextLine"]) -> "TextLine":
        """Side-by-side pieces as one line with tabs between them."""
        words = tuple(word for cell in cells for word in cell.words)
        starts, count = [], 0
        for cell in cells[:-1]:
            count += len(cell.words)
            starts.append(count)
        return cls(words, frozenset(starts))

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @cached_property
    def top(self) -> float:
        return median(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        return median(word.bottom for word in self.words)

    @cached_property
    def size(self) -> float:
        return median(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    @property
    def text(self) -> str:
        parts = []
        for place, word in enumerate(self.words):
            parts.append(("\t" if place in self.breaks else " ") if place else "")
            parts.append(word.text)
        return "".join(parts)


@dataclass(frozen=True)
class Habits:
    """What the whole document tells about any one place of it."""

    words: frozenset[str] = frozenset()
    """Its words in lower case: they tell whether a hyphen at the end of a line belongs to the word."""
    gap: float | None = None
    """White space between two lines of a paragraph, as a share of their size; None where too few lines tell."""

    @classmethod
    def of(cls, pages: Sequence[Sequence["TextLine"]]) -> "Habits":
        """Habits of a document, from the lines of its pages."""
        words = {word.text.strip(_AROUND_WORDS).lower() for lines in pages for line in lines for word in line.words}
        gaps = [gap for lines in pages for gap in _gaps(lines)]
        tight = quantiles(gaps, n=10)[0] if len(gaps) >= _ENOUGH_GAPS else None
        return cls(frozenset(words), None if tight is None else min(tight, _WIDEST_USUAL_GAP))


def join_lines(lines: Sequence[TextLine], habits: Habits, right: float | None = None) -> list[Block]:
    """Paragraphs of lines read from top to bottom; `right` is where the text area ends, by default where they end."""
    edge = right if right is not None else max((line.x1 for line in lines), default=0.0)
    groups: list[list[TextLine]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, edge, habits.gap):
            groups[-1].append(line)
        else:
            groups.append([line])
    return _paragraphs(groups, habits)


def goes_on_after(above: str, below: str) -> bool:
    """True where a text that ends a column or a page is cut and the next one goes on with its sentence."""
    if "\t" in above or len(above) < _SHORTEST_CUT or _BULLET.match(below):
        return False
    return is_open(above) or (above[-1].isalpha() and starts_low(below))


def _gaps(lines: Sequence[TextLine]) -> list[float]:
    """White space between each line and the one right below it in its column, as a share of their size."""
    gaps = []
    ordered = sorted(lines, key=lambda line: line.top)
    for place, line in enumerate(ordered):
        for below in ordered[place + 1 : place + _LINES_LOOKED_AT]:
            overlap = min(line.x1, below.x1) - max(line.x0, below.x0)
            gap = _gap(line, below) / line.size
            if overlap > 0 and gap > -_SAME_LINE_SHARE:
                if abs(below.size - line.size) <= _SAME_SIZE and gap < 1:
                    gaps.append(gap)
                break
    return gaps


def _goes_on(group: Sequence[TextLine], line: TextLine, edge: float, usual: float | None) -> bool:
    """True where a line goes on with the paragraph above it: it is close, alike, and would not have fitted there."""
    above = group[-1]
    if above.breaks or line.breaks or not _is_close(above, line):
        return False
    if _BULLET.match(line.text) and not _is_dash_of_sentence(group[0], above, line):
        return False
    if _CAPITAL_LABEL.match(line.text) and not above.text.isupper():
        return False
    if usual is not None and _gap(above, line) > (usual + _GAP_SLACK) * line.size:
        return False
    if not _is_alike(above, line) or (above.bold != line.bold and not _is_mixed(above)):
        return False
    ended = _SENTENCE_END.search(above.text) is not None
    if ended and _LABEL.match(line.text):
        return False
    if ended and (_NUMBER.match(line.text) or (_is_item(group[0]) and line.x0 < group[0].x0 + 0.3 * line.size)):
        return False
    if _CUT_WORD.search(above.text) and line.text[0].islower():
        return True
    first = line.words[0]
    return edge - above.x1 < (first.x1 - first.x0) + 0.25 * line.size


def _is_alike(above: TextLine, line: TextLine) -> bool:
    """Whether two lines are of one size: that of a word is its height, which its letters make vary a little."""
    return abs(above.size - line.size) <= max(_SAME_SIZE, _SAME_SHARE * line.size)


def _is_dash_of_sentence(first: TextLine, above: TextLine, line: TextLine) -> bool:
    """True for a line that begins with a dash by chance, in the middle of an unfinished sentence."""
    if line.text[0] == "»":
        return True
    in_line = abs(line.x0 - above.x0) < 0.3 * line.size and not _is_item(first)
    return line.text[0] in "-–—>" and in_line and above.text[-1].isalnum()


def _is_item(line: TextLine) -> bool:
    return bool(_BULLET.match(line.text) or _NUMBER.match(line.text))


def _is_mixed(line: TextLine) -> bool:
    return len({word.bold for word in line.words}) > 1


def _is_close(above: TextLine, line: TextLine) -> bool:
    return -above.size < _gap(above, line) <= _GAP * min(above.size, line.size)


def _is_same_run(above: TextLine, line: TextLine, usual: float | None) -> bool:
    """True where nothing shows that another paragraph begins: neither space nor another type."""
    if not _is_close(above, line) or above.bold != line.bold or abs(above.size - line.size) > _SAME_SIZE:
        return False
    return _gap(above, line) <= ((_NATURAL_GAP if usual is None else usual) + _RUN_SLACK) * line.size


def _gap(above: TextLine, line: TextLine) -> float:
    return line.top - above.bottom


def _paragraphs(groups: Sequence[Sequence[TextLine]], habits: Habits) -> list[Block]:
    paragraphs: list[Block] = []
    levels = ItemLevels(_SAME_INDENT)
    for place, group in enumerate(groups):
        close = place > 0 and _is_same_run(groups[place - 1][-1], group[0], habits.gap)
        text = group[0].text
        for line in group[1:]:
            text = _joined(text, line.text, habits.words)
        match = _BULLET.match(text)
        if match is None:
            paragraphs.append(Paragraph(text, close=close))
            continue
        if place == 0 or not _BULLET.match(groups[place - 1][0].text):
            levels.reset()
        level = levels.level_of(group[0].x0)
        paragraphs.append(Paragraph(text[match.end() :], bullet=bullet_sign(match.group(1)), level=level, close=close))
    return paragraphs


def _joined(text: str, following: str, known: frozenset[str]) -> str:
    """Two lines of a paragraph; a hyphen goes only where the document knows the word without it."""
    if text.endswith(LINE_END_SIGNS) and text[-2:-1].isalpha() and following[:1].isalpha():
        hyphen = text[-1] in "-\u2010"
    elif text.endswith("\u00ad"):
        return text[:-1] + following
    else:
        return f"{text} {following}"
    head, tail = _LAST_PART.search(text[:-1]), _FIRST_PART.match(following)
    whole = ((head.group() if head else "") + (tail.group() if tail else "")).lower()
    return text[:-1] + following if hyphen and whole in known else text + following

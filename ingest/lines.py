"""A raw text as lines that know their place, and the marks that extraction leaves around words.

Every span of the project points into the raw text, which is never modified: cleaning only decides what is read out.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.records import Span
from corpus.text import TAG, fold, squeeze, without_marks

_LAST_TAG = re.compile(TAG.pattern + "$")
_EMPHASIS = re.compile(r"__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])")
_BULLET = re.compile(
    r"""(?:
        [-–—•▪●◦■□▶→➢➤✓✔·*=»>¢]           # printed bullets, and what OCR makes of them
      | \+(?!\s+(?:de?\b|\d))               # but "+ de 3 habitants sur 10" counts
      | ["“”‘’']\s?[*+=»]                   # a bullet read as a quotation mark and a star
      | v\s?['"’”/]?                     # a tick read as a letter v
      | [eo](?=\s+[A-ZÀ-Ý])                 # a round bullet read as a letter
      | \d{1,2}\s?[.)](?!\d) | [a-hA-H]\)
    )\s+""",
    re.VERBOSE,
)
_NUMBER_BULLET = re.compile(r"\d{1,2}\s?[.)]|[a-hA-H]\)")
_LONE_BULLET = re.compile(r"[-–—•▪●◦→·*=+»>¢\s]+")
_LINKS = """a à au aux avec ce ces cette comme dans de des du d en entre et l la le les leur leurs ou où par pour que
    qui sa sans se ses son sous sur un une vers via dont afin notamment chaque"""
_OPEN_WORDS = frozenset(_LINKS.split())


@dataclass(frozen=True, slots=True)
class Line:
    """One line that carries something. Blank lines are only counted."""

    start: int
    """First character that is not white space."""
    end: int
    """Character after the last one that is not white space."""
    text: str
    """The raw characters between start and end."""
    indent: int
    """White space before it on its line."""
    blanks: int
    """Blank lines between it and the line before; at least 1 where one space marks the beginning of a page."""
    in_table: bool = False
    """True where it is a row of cells kept apart by tabulations."""

    @property
    def words(self) -> str:
        """The text without marks, white space folded."""
        return clean(self.text)

    @property
    def folded(self) -> str:
        return _folded(self.words)

    @property
    def in_grid(self) -> bool:
        """True for a table row that holds more than one cell."""
        return self.in_table and sum(1 for cell in self.text.split("\t") if cell.strip()) > 1

    def bullet(self) -> str:
        """The bullet or list number it begins with; empty where there is none."""
        return bullet_of(self.text)


def split_lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of a part of a raw text that carry something, in order."""
    stop = len(text) if end is None else end
    found: list[Line] = []
    blanks = 0
    at = start
    while at < stop:
        newline = text.find("\n", at, stop)
        after = stop if newline < 0 else newline
        raw = text[at:after]
        body = raw.strip()
        if body:
            indent = len(raw) - len(raw.lstrip())
            if raw[0] == " " and indent == 1 and not bullet_of(body):
                blanks = max(blanks, 1)
            found.append(Line(at + indent, at + indent + len(body), body, indent, blanks, "\t" in raw))
            blanks = 0
        else:
            blanks += 1
        at = after + 1
    return found


@lru_cache(maxsize=8192)
def clean(text: str) -> str:
    """Words as a person reads them: without the marks of an extraction nor italics, white space folded."""
    return squeeze(_EMPHASIS.sub("", without_marks(text)))


@lru_cache(maxsize=8192)
def bullet_of(text: str) -> str:
    """The bullet or list number a text begins with, after marks ("- ", "v' ", "3) "); empty where there is none.

    Bullets may follow one another ("- > "): all of them are returned.
    """
    at = _marks_end(text)
    first = at
    while (match := _BULLET.match(text, at)) is not None:
        at = _marks_end(text, match.end())
    if at == first and _LONE_BULLET.fullmatch(text[first:]):
        return text[first:]
    return text[first:at]


def is_numbered(bullet: str) -> bool:
    """True for a list number ("3)"), False for a printed bullet."""
    return _NUMBER_BULLET.match(bullet.strip()) is not None


def tight_span(text: str, start: int, end: int, *, keep_numbers: bool = False) -> Span:
    """The narrowest span around the words of text[start:end]: without bullets, list numbers and marks at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    piece = text[start:end]
    bullet = bullet_of(piece)
    at = _marks_end(piece)
    if bullet and not (keep_numbers and is_numbered(bullet)):
        at += len(bullet)
    at = min(_marks_end(piece, at), len(piece))
    body = piece[at:]
    stripped = _strip_tail(body)
    return Span(start=start + at, end=start + at + len(stripped))


def is_open(text: str) -> bool:
    """True where a text cannot be the end of a sentence: it ends with a comma, a hyphen or a linking word."""
    body = text.rstrip()
    if not body:
        return False
    if body[-1] in ",-–(«/’'&":
        return True
    last = re.split(r"[\s'’]", body)[-1]
    return last.casefold() in _OPEN_WORDS


def is_finished(text: str) -> bool:
    """True where a text ends like a sentence or an introduction does."""
    return text.rstrip().rstrip('»")’*').rstrip().endswith((".", ";", ":", "!", "?", "…"))


def starts_low(text: str) -> bool:
    """True where a text begins as the rest of a sentence does: in lower case, or with an article that OCR
    broke ("'acces", "I'acces")."""
    body = text.lstrip()
    if not body:
        return False
    if re.match(r"(?:['’]|[I|\[]['’])\s?[a-zà-ÿ]", body):
        return True
    return re.match(r"\(?[a-zß-ÿœ]", body) is not None and not re.match(r"[a-z]\)", body)


def has_word(text: str) -> bool:
    """True where at least one real word stands in a text; OCR leaves items such as "AN NN N" that have none."""
    return any(_is_word(word) for word in re.findall(r"[^\W\d_]+", text))


def line_width(lines: Sequence[Line]) -> int:
    """Width, in characters, to which the text of a document is wrapped; 0 where its paragraphs are not wrapped."""
    lengths = sorted(len(line.text) for line in lines if not line.in_table)
    if len(lengths) < 20:
        return 0
    longest = lengths[int(len(lengths) * 0.98)]
    return lengths[int(len(lengths) * 0.9)] if longest <= 200 else 0


def upper_share(text: str) -> float:
    """Share of capitals among the letters of a text."""
    found = [char for char in text if char.isalpha()]
    return sum(char.isupper() for char in found) / len(found) if found else 0.0


def paragraph(lines: Sequence[Line], at: int) -> range:
    """Positions of the lines that stand with line `at` between two blank lines."""
    first = at
    while first > 0 and lines[first].blanks == 0:
        first -= 1
    last = at
    while last + 1 < len(lines) and lines[last + 1].blanks == 0:
        last += 1
    return range(first, last + 1)


def noise_before(text: str, openings: tuple[str, ...]) -> int:
    """How many characters of OCR noise stand before a word of the vocabulary ("s Article 1", "& Article 5")."""
    tokens = list(re.finditer(r"\S+", text))
    for skipped in range(min(4, len(tokens))):
        start = tokens[skipped].start()
        head = fold(text[start : start + 24])
        if head.startswith(openings):
            before = [token.group() for token in tokens[:skipped]]
            if all(_is_noise(token) for token in before):
                return start
            return 0
    return 0


def _is_noise(token: str) -> bool:
    alnum = sum(char.isalnum() for char in token)
    if fold(token) in {
        "a",
        "à",
        "au",
        "du",
        "de",
        "et",
        "la",
        "le",
        "un",
        "en",
        "ou",
        "vu",
        "l",
        "d",
        "ce",
        "sa",
        "cf",
    }:
        return False
    return len(token) <= 3 or alnum * 2 < len(token)


class Cover:
    """Parts of a text that are held by something, merged so that a place is looked up at once."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans, key=lambda span: span.start):
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def held(self, start: int, end: int) -> int:
        """How many characters of [start, end) are held."""
        total = 0
        for position in range(max(bisect_right(self._starts, start) - 1, 0), len(self._starts)):
            if self._starts[position] >= end:
                break
            total += max(0, min(self._ends[position], end) - max(self._starts[position], start))
        return total


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    return fold(text)


def _is_word(word: str) -> bool:
    folded = fold(word)
    return len(folded) >= 3 and any(vowel in folded for vowel in "aeiouy")


def _marks_end(text: str, at: int = 0) -> int:
    """Position after the tags and bold marks that stand at `at`."""
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        tag = TAG.match(text, at)
        if tag:
            at = tag.end()
        elif text.startswith("**", at):
            at += 2
        elif text.startswith("*", at) and at + 1 < len(text) and not text[at + 1].isspace():
            at += 1
        else:
            return at


def _strip_tail(text: str) -> str:
    before = None
    while before != text:
        before = text
        text = text.rstrip()
        tag = _LAST_TAG.search(text)
        if tag:
            text = text[: tag.start()]
        elif text.endswith("*"):
            text = text.rstrip("*")
    return text

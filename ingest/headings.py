"""What a heading of a convention looks like: a word of the field, a shape, never a document's own wording."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.records.base import HandWritten
from corpus.records.structure import SectionKind
from corpus.text import fold
from ingest.lines import Line, clean, has_word, is_finished, is_open, noise_before, starts_low, upper_share
from ingest.numbering import ROMANS
from ingest.vocabulary import load_vocabulary

RANKS: dict[str, int] = {
    "preambule": 10,
    "article": 10,
    "annexe": 10,
    "signatures": 10,
    "fiches": 10,
    "diapositive": 15,
    "partie": 20,
    "tableau-titre": 30,
    "axe": 40,
    "objectif": 50,
    "theme": 60,
    "tableau": 70,
    "fiche": 80,
}
"""How high each heading stands: a heading closes every open part of its own rank or lower (a greater number)."""

_NUMBER = r"(?:\d{1,3}(?:\.\d{1,2})*|[ivx]{1,5})(?:\s?(?:er|re|bis|ter|quater))?"
_SEPARATOR = re.compile(r"\s*(?:[-–—:.]\s*)+")
_LONGEST = 220


class HeadingWords(HandWritten):
    """`vocabulary/headings.yaml`."""

    numerotes: dict[str, tuple[str, ...]]
    nommes: dict[str, tuple[str, ...]]
    fiches: tuple[str, ...]
    preambule: tuple[str, ...]
    parties: tuple[str, ...]
    capitales: tuple[str, ...]
    themes: tuple[str, ...]
    tableaux: tuple[str, ...]
    listes_d_equipements: tuple[str, ...]
    annonces_de_fiches: tuple[str, ...]
    signatures: tuple[str, ...]
    parties_signataires: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found in a document."""

    kind: SectionKind
    rank: int
    label: str
    """Word and number as a reader says them ("Article 6", "Axe 1"); empty for a heading without either."""
    title: str
    """The words after the label, or the whole heading where it has no label."""
    first: int
    """Position of its first line."""
    last: int
    """Position of its last line."""
    number: int | None = None
    """Its number where it belongs to a sequence (1, 2, 3…)."""
    title_start: int = 0
    """First character of the title in the raw text."""
    title_end: int = 0
    """Character after the title in the raw text."""


@cache
def heading_words() -> HeadingWords:
    """The vocabulary of headings, folded."""
    raw = load_vocabulary("headings.yaml", HeadingWords)
    folded: dict[str, object] = {}
    for name, value in raw.model_dump().items():
        if isinstance(value, dict):
            folded[name] = {key: tuple(fold(word) for word in words) for key, words in value.items()}
        else:
            folded[name] = tuple(fold(word) for word in value)
    return HeadingWords.model_validate(folded)


def recognise(lines: Sequence[Line], at: int) -> Heading | None:
    """The heading that begins at line `at`, None where there is none.

    Numbered sub-parts, capitals and fiches depend on what stands around them: they are found elsewhere
    (`ingest.outline`, `ingest.fiches.starts`).
    """
    line = lines[at]
    if line.in_grid or len(line.text) > 2 * _LONGEST:
        return None
    words = heading_words()
    text = line.words
    if _openings().search(line.folded[:80]) is None:
        return None
    skip = noise_before(
        text, tuple(word for group in words.numerotes.values() for word in group) + words.preambule + ("thematique",)
    )
    body = text[skip:]
    folded = fold(body)
    if len(body) > _LONGEST or line.bullet().strip() in {"-", "–", "•", "*"}:
        return None
    for opening in words.preambule:
        if folded.startswith(opening) and len(body) <= len(opening) + 40 and not is_finished(body.rstrip(" :")):
            return _build(lines, at, "preambule", 10, "", body.strip(" :"))
    if _is_signature(folded, words):
        return _build(lines, at, "partie", RANKS["signatures"], "", body.strip(" ,.:"))
    return _numbered_word(lines, at, body, words) or _named_word(lines, at, body, words)


def heading_end(lines: Sequence[Line], at: int, limit: int = 3) -> int:
    """Last line of the heading that begins at `at`: it wraps to a line in lower case or in capitals."""
    last = at
    capitals = upper_share(lines[at].words) > 0.85
    while last + 1 < len(lines) and last + 1 - at < limit:
        line, following = lines[last], lines[last + 1]
        if following.in_table or following.bullet() or is_finished(line.words):
            break
        wraps = starts_low(following.words) or is_open(line.words)
        shouts = capitals and upper_share(following.words) > 0.85 and recognise(lines, last + 1) is None
        near = following.blanks == 0 or (following.blanks == 1 and starts_low(following.words) and len(line.text) > 40)
        if not near or not (wraps or (shouts and following.blanks == 0)):
            break
        last += 1
    return last


def is_capitals(text: str) -> bool:
    """True for a text in capitals that is made of words."""
    return upper_share(text) > 0.85 and sum(has_word(word) for word in text.split()) >= 1 and len(text) <= _LONGEST


def names_a_theme(text: str) -> bool:
    """True where a text names a theme of the field."""
    folded = f" {fold(text)} "
    return any(re.search(rf"[^a-z]{re.escape(theme)}s?[^a-z]", folded) for theme in heading_words().themes)


def _numbered_word(lines: Sequence[Line], at: int, body: str, words: HeadingWords) -> Heading | None:
    folded = fold(body)
    if len(folded) != len(body):
        folded = body.lower()
    for kind, openings in words.numerotes.items():
        for opening in sorted(openings, key=len, reverse=True):
            if not folded.startswith(opening) and kind != "annexe":
                continue
            letters = "|[a-h](?![.'’])" if kind in ("annexe", "partie") else "|premier|unique"
            match = re.match(rf"{re.escape(opening)}s?\s*(?:n[°o]\s*)?(?P<number>{_NUMBER}{letters})\b", folded)
            bare = kind == "annexe" and re.fullmatch(rf"{re.escape(opening)}\s*:", folded.strip())
            if bare:
                return _with_title_below(lines, at, "annexe", body.strip(" :").capitalize(), None)
            if not match:
                continue
            after = _SEPARATOR.match(folded, match.end())
            rest = body[after.end() :] if after else body[match.end() :].strip()
            number = body[match.start("number") : match.end("number")].strip()
            label = f"{body[: len(opening)].capitalize()} {_tidy_number(number)}"
            if after is None and rest and not (is_capitals(body) and kind in ("article", "annexe")):
                return None
            if after is None and not rest and kind in ("axe", "objectif", "partie"):
                return None
            if not rest:
                return _with_title_below(lines, at, kind, label, _value(number))
            if not rest[:1].isalnum() and rest[:1] not in "«\"'’[(L":
                return None
            return _build(lines, at, kind, RANKS[kind], label, rest, _value(number))
    return None


@cache
def _openings() -> re.Pattern[str]:
    """Any word that may open a heading: most lines hold none, and are left at once."""
    words = heading_words()
    groups = (*words.numerotes.values(), *words.nommes.values(), words.preambule, words.signatures)
    return re.compile("|".join(re.escape(word) for group in groups for word in group) + "|fait a ")


def _named_word(lines: Sequence[Line], at: int, body: str, words: HeadingWords) -> Heading | None:
    folded = fold(body)
    for kind, openings in words.nommes.items():
        for opening in openings:
            match = re.match(rf"{re.escape(opening)}\s*(:?)\s*", folded)
            if not match or len(folded) != len(body):
                continue
            rest = body[match.end() :]
            if not rest or len(rest) > 140 or not (is_capitals(body) or match.group(1)):
                continue
            return _build(lines, at, kind, RANKS[kind], "" if kind == "theme" else opening.capitalize(), rest)
    return None


def _build(
    lines: Sequence[Line], at: int, kind: str, rank: int, label: str, title: str, number: int | None = None
) -> Heading:
    last = heading_end(lines, at)
    tail = [lines[position].words for position in range(at + 1, last + 1)]
    offset = lines[at].text.rfind(title[:12]) if title else -1
    start = lines[at].start + max(offset, 0)
    return Heading(
        kind=kind,  # type: ignore[arg-type]
        rank=rank,
        label=label,
        title=clean(" ".join([title.strip(" :"), *tail])),
        first=at,
        last=last,
        number=number,
        title_start=start,
        title_end=lines[last].end,
    )


def _with_title_below(lines: Sequence[Line], at: int, kind: str, label: str, number: int | None) -> Heading | None:
    """A heading whose title stands on the next line ("AXE 1 :", then "Petite enfance")."""
    below = at + 1
    if below >= len(lines) or lines[below].in_table or lines[below].bullet() or lines[below].blanks > 2:
        return None
    text = lines[below].words
    if len(text) > 120 or is_finished(text) or recognise(lines, below) is not None:
        return None
    last = below
    if kind == "annexe":
        while last + 1 < len(lines) and lines[last + 1].blanks == 0 and last - below < 2:
            last += 1
    last = max(last, heading_end(lines, below, 2))
    title = clean(" ".join(lines[position].words for position in range(below, last + 1)))
    return Heading(
        kind=kind,  # type: ignore[arg-type]
        rank=RANKS[kind],
        label=label,
        title=title,
        first=at,
        last=last,
        number=number,
        title_start=lines[below].start,
        title_end=lines[last].end,
    )


def _is_signature(folded: str, words: HeadingWords) -> bool:
    if len(folded) > 60:
        return False
    return any(re.match(rf"{re.escape(opening)}\b", folded) for opening in words.signatures) or folded.startswith(
        "fait a "
    )


def _tidy_number(number: str) -> str:
    """Roman numbers and letters in capitals ("annexe iv")."""
    is_symbol = number.isalpha() and len(number) <= 5 and fold(number) not in ("premier", "unique")
    return number.upper() if is_symbol else number


def _value(number: str) -> int | None:
    digits = re.match(r"\d+", number)
    return int(digits.group()) if digits else ROMANS.get(number.upper())

"""Numbers in front of headings: "3.1- …", "2) …", "II - …"."""

import re

from ingest.lines import Line, has_word

_MULTI = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){1,2})\.?\s*[-–:)]?\s*(?=[^\d\s])")
_SINGLE = re.compile(r"^(?:I\s?(?P<after>\d)?|(?P<plain>\d{1,2}))\s?[.)]\s*(?=[^\d\s])")
_ROMAN = re.compile(r"^([IVX]{1,5})\s*[.)–—-]\s+(?=[^\d\s])")
ROMANS = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
    "XI": 11,
    "XII": 12,
}


def numbered_part(line: Line) -> tuple[str, int, int] | None:
    """(number as written, its last value, depth) of a numbered sub-part ("3.1- …", "2) …", "II - …"); else None.

    OCR and design fonts write 1 as I: "I)" is 1, "I 2)" is 12.
    """
    if line.in_table:
        return None
    text = line.words
    multi = _MULTI.match(text)
    if multi and has_word(text[multi.end() :]):
        numbers = multi.group(1).split(".")
        return multi.group(1), int(numbers[-1]), len(numbers)
    single = _SINGLE.match(text)
    if single and has_word(text[single.end() :]):
        value = int(single.group("plain") or "1" + (single.group("after") or ""))
        return str(value), value, 1
    roman = _ROMAN.match(text)
    if roman and roman.group(1) in ROMANS:
        return roman.group(1), ROMANS[roman.group(1)], 1
    return None


def numbered_title(line: Line) -> str:
    """The words of a numbered sub-part after its number."""
    text = line.words
    for pattern in (_MULTI, _SINGLE, _ROMAN):
        match = pattern.match(text)
        if match:
            return text[match.end() :]
    return text

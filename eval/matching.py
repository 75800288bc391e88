"""When a returned text holds a gold quote, an answer a key fact, and a citation the words it points to."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from corpus.records import Citation
from corpus.text import fold, letters, without_marks, words
from eval.records import Gold, Returned

FUZZY_MINIMUM = 90
ROW_WINDOW = 2500
"""Characters within which a reordered table row must hold the words of the quote."""
ROW_SHARE = 0.9
NOTE_PREFIXES = ("obligation:", "glossaire:", "reference:")
"""Citations of the project's own notes: they have no document to be checked in."""

_GROUPED_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*[a-z0-9]*|[a-z][a-z0-9]*")


def hits(returned: Returned, gold: Gold) -> bool:
    """True when the text is of the gold's document and holds its quote, exactly or nearly."""
    if returned.document != gold.doc:
        return False
    texts = [returned.text] if returned.raw is None else [returned.text, returned.raw]
    if any(holds_quote(text, gold.quote) for text in texts):
        return True
    return returned.reordered and holds_words(returned.text, gold.quote)


def holds_quote(text: str, quote: str) -> bool:
    """True when the text contains the quote, both reduced to folded letters and digits, or nearly (90 of 100)."""
    haystack, needle = letters(text), letters(quote)
    if not needle:
        return False
    if needle in haystack:
        return True
    # partial_ratio looks for the shorter one in the longer one: a text shorter than the quote would hit it.
    if len(haystack) < len(needle) * FUZZY_MINIMUM / 100:
        return False
    return fuzz.partial_ratio(needle, haystack, score_cutoff=FUZZY_MINIMUM) >= FUZZY_MINIMUM


def holds_words(text: str, quote: str) -> bool:
    """True when 9 of 10 of the quote's distinct words stand in the text within 2 500 characters."""
    wanted = set(words(quote))
    if not wanted:
        return False
    starts = range(0, max(1, len(text) - ROW_WINDOW + 1), 100)
    windows = (text[start : start + ROW_WINDOW] for start in {*starts, max(0, len(text) - ROW_WINDOW)})
    return any(len(wanted & set(words(window))) >= ROW_SHARE * len(wanted) for window in windows)


def holds_fact(text: str, fact: str) -> bool:
    """True when one of the "|" spellings stands in the text: numbers whole, words from their beginning."""
    folded = fold_numbers(text)
    return any(_spelling(alternative).search(folded) for alternative in fact.split("|") if alternative.strip())


def fold_numbers(text: str) -> str:
    """Folded text whose grouped numbers are written in one ("15 431" becomes "15431")."""
    grouped = _GROUPED_NUMBER.sub(lambda number: re.sub(r"\D", "", number.group()), text)
    return fold(grouped)


def quote_verified(citation: Citation, document: str | None) -> bool:
    """True when the words that a citation quotes stand where it points to in the document's raw text.

    document is the raw text, None where the corpus has no such document. A repaired quote is checked by its
    raw words, which it must resemble. Notes of the project have no raw text: their own flag is trusted.
    """
    if citation.document.startswith(NOTE_PREFIXES):
        return citation.verified
    if document is None or not 0 <= citation.start < citation.end <= len(document):
        return False
    source = citation.raw if citation.raw is not None else citation.quote
    if citation.raw is not None and not _same_words(without_marks(citation.raw), citation.quote):
        return False
    pointed = letters(pointed_text(citation, document))
    pieces = [letters(piece) for piece in source.split("…")]
    return any(pieces) and all(piece in pointed for piece in pieces)


def _same_words(raw: str, repaired: str) -> bool:
    """Alike letter by letter, or word by word in another order (two columns that recognition read across)."""
    if _resembles(letters(raw), letters(repaired)):
        return True
    return _resembles("".join(sorted(words(raw))), "".join(sorted(words(repaired))))


def _resembles(raw: str, repaired: str) -> bool:
    """At most one letter in five differs, or two where the words are short."""
    return Levenshtein.distance(raw, repaired) <= max(2, len(raw) // 5)


def pointed_text(citation: Citation, document: str) -> str:
    """The raw text that a citation points to, its pieces joined by one space."""
    if not citation.spans:
        return document[citation.start : citation.end]
    return " ".join(document[span.start : span.end] for span in citation.spans)


def prose_length(answer: str) -> int:
    """Characters of an answer without its Markdown tables and the white space at line ends."""
    lines = (line.strip() for line in answer.splitlines())
    return len("\n".join(line for line in lines if line and not line.startswith("|")))


def _spelling(alternative: str) -> re.Pattern[str]:
    tokens = _TOKEN.findall(fold_numbers(alternative))
    return re.compile(r"[^a-z0-9]+".join(_token_pattern(tokens)) if tokens else r"(?!)")


def _token_pattern(tokens: Iterable[str]) -> Iterable[str]:
    for token in tokens:
        before = r"(?<![a-z0-9])(?<!\d[.,])" if token[0].isdigit() else r"(?<![a-z0-9])"
        after = r"(?![.,]?\d)" if token[-1].isdigit() else ""
        yield before + re.escape(token) + after

"""Attaches the questions known for a document to the passages that answer them, by their quotes."""

from collections.abc import Iterable, Sequence

from corpus.attached_questions import KnownQuestion
from corpus.index.records import AttachedQuestion
from corpus.records import Passage
from corpus.text import letters

_LEAST_LETTERS = 12


def attach_questions(questions: Iterable[KnownQuestion], passages: Sequence[Passage]) -> tuple[AttachedQuestion, ...]:
    """The questions whose quote stands in a passage, with those passages; others are left out.

    Only letters and digits are compared. A quote that runs over two passages belongs to both: each half is looked for.
    """
    squeezed = [(passage.id, letters(passage.text)) for passage in passages]
    attached = []
    for known in questions:
        found = _holding(letters(known.quote), squeezed)
        if found:
            attached.append(AttachedQuestion(question=known.question, quote=known.quote, passages=found))
    return tuple(attached)


def _holding(quote: str, passages: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    if len(quote) < _LEAST_LETTERS:
        return ()
    whole = tuple(name for name, text in passages if quote in text)
    if whole:
        return whole
    half = len(quote) // 2
    parts = (quote[:half], quote[half:], quote[half // 2 : half // 2 + half])
    return tuple(name for name, text in passages if any(len(part) >= _LEAST_LETTERS and part in text for part in parts))

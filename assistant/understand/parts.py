"""Two questions in one sentence ("c'est qui et jusqu'à quand ?"): each has its own answer."""

import re

_INTERROGATIVE = (
    r"(?:pourquoi|comment|quand|combien|cb|o[uù]|qui|quoi|quels?|quelles?|lesquel\w*|"
    r"(?:[aà]|de|par|avec|pour|depuis|jusqu.[aà]|dans|sur|en) (?:qui|quoi|quand|combien|cb|quel\w*)|"
    r"c.?(?:est|était) (?:quand|qui|quoi|o[uù]|combien|cb)|c (?:quand|qui|quoi|ki|koi|ou)|"
    r"est.ce qu\w*|il y a|y a|ya|y.a.t.il)\b"
)
_BETWEEN = re.compile(rf"\s*(?:\?+\s*(?:et\s+)?|[,;]?\s+et\s+)(?={_INTERROGATIVE})", re.IGNORECASE)
_ASKS = re.compile(rf"\b{_INTERROGATIVE}|\?", re.IGNORECASE)
_LEAST_WORDS = 2
_MOST = 2


def question_parts(question: str) -> tuple[str, ...]:
    """The questions that a sentence holds, in order; one alone where it holds a single one.

    A part that leans on the first ("et pourquoi c'est fini ?") is given with it: "pourquoi c'est fini (…)".
    """
    parts = [part.strip(" ?.,;") for part in _BETWEEN.split(question, maxsplit=_MOST - 1)]
    if len(parts) < _MOST or any(len(part.split()) < _LEAST_WORDS for part in parts) or not _ASKS.search(parts[0]):
        return (question,)
    first, second = parts
    return first, f"{second} ({first})"

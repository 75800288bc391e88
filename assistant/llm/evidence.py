"""The evidence given to a language model: the same passages, numbered and fenced as untrusted data, within a budget."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose.places import shorten
from corpus.records import RankedPassage

BUDGET_CHARS = 9000
"""About 3 000 tokens of French: leaves room for the instructions and the answer in a context of 8 192."""
_FENCE = "⟦extrait {n}⟧"
_LONGEST = 1800


@dataclass(frozen=True)
class NumberedEvidence:
    """What the model may cite."""

    passages: tuple[RankedPassage, ...]
    """Passage n is at position n - 1."""
    text: str


def number_evidence(passages: Sequence[RankedPassage], budget: int = BUDGET_CHARS) -> NumberedEvidence:
    """The best passages that fit the budget, fenced. The fence's own brackets are taken out of the documents' words."""
    kept: list[RankedPassage] = []
    parts: list[str] = []
    spent = 0
    for ranked in passages:
        body = shorten(ranked.passage.text.replace("⟦", "(").replace("⟧", ")"), _LONGEST)
        fence = _FENCE.format(n=len(kept) + 1)
        part = f"{fence} {ranked.territory} — {ranked.passage.address()}\n{body}\n⟦fin⟧"
        if kept and spent + len(part) > budget:
            break
        kept.append(ranked)
        parts.append(part)
        spent += len(part)
    return NumberedEvidence(tuple(kept), "\n".join(parts))

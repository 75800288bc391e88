"""Which rules a question is about: their keywords, titles and words compared with the question's."""

import math
from collections import Counter
from functools import lru_cache

from corpus.obligations import Obligations, Rule, load_obligations
from corpus.records.base import Record
from corpus.text import stems

KEYWORD_WEIGHT = 2.0
"""A keyword of two words or more found in the question, for each of its words; a single word counts half."""
TITLE_WEIGHT = 1.5
TEXT_WEIGHT = 0.4
LEAST_SCORE = 3.0
"""Under this score a rule shares only common words with the question."""
LEAST_SHARE = 0.5
"""Rules under this share of the best one are left out."""


class FoundRule(Record):
    """A rule that a question is about."""

    rule: Rule
    score: float
    """Without unit; rules of one question compare with each other, not with those of another."""


def rules_about(
    question: str, limit: int = 5, obligations: Obligations | None = None, least: float = LEAST_SCORE
) -> tuple[FoundRule, ...]:
    """The rules that a question is about, best first; empty where it shares only common words with them.

    `least`: the score under which a rule is left out.
    """
    known = obligations or load_obligations()
    asked = set(stems(question))
    text = f" {' '.join(stems(question))} "
    weights = _rarity(known.rules)
    scored = [FoundRule(rule=rule, score=round(_score(rule, asked, text, weights), 3)) for rule in known.rules]
    scored.sort(key=lambda found: -found.score)
    best = scored[0].score
    return tuple(found for found in scored[:limit] if found.score >= max(least, LEAST_SHARE * best))


def _score(rule: Rule, asked: set[str], text: str, weights: dict[str, float]) -> float:
    total = 0.0
    for keyword in rule.keywords:
        key = stems(keyword)
        if key and f" {' '.join(key)} " in text:
            rarity = sum(weights.get(stem, 1.0) for stem in key)
            total += rarity * KEYWORD_WEIGHT * (1.0 if len(key) > 1 else 0.5)
    title = set(stems(rule.title))
    total += TITLE_WEIGHT * sum(weights.get(stem, 0.0) for stem in asked & title)
    return total + TEXT_WEIGHT * sum(weights.get(stem, 0.0) for stem in asked & (set(stems(rule.text)) - title))


@lru_cache(maxsize=4)
def _rarity(rules: tuple[Rule, ...]) -> dict[str, float]:
    """Weight of each stem: the fewer rules hold it, the more it tells."""
    counts: Counter[str] = Counter()
    for rule in rules:
        counts.update(set(stems(f"{rule.title} {rule.text} {' '.join(rule.keywords)}")))
    return {stem: math.log((1 + len(rules)) / (0.5 + count)) for stem, count in counts.items()}

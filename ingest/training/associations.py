"""Learns which words of the documents answer which words of users, from question → quote pairs.

A word of the questions is associated with a word of the quotes when they meet in at least two pairs, far more often
than chance would have it (lift: observed over expected meetings) and in a fair share of the questions that use it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from corpus.attached_questions import KnownQuestion
from corpus.text import STOPWORDS, stem, words

LEAST_MEETINGS = 2
LEAST_LIFT = 4.0
LEAST_SHARE = 0.12
MOST_PER_WORD = 5
LOWEST_WEIGHT, HIGHEST_WEIGHT, WEIGHT_PER_SHARE = 0.15, 0.5, 0.6

Associations = dict[str, list[tuple[str, float]]]


def learn_associations(pairs: Iterable[KnownQuestion]) -> Associations:
    """Stem of a user's word → words of the documents with a weight in [0.15, 0.5], the strongest first."""
    in_questions: Counter[str] = Counter()
    in_quotes: Counter[str] = Counter()
    meetings: Counter[tuple[str, str]] = Counter()
    written: dict[str, Counter[str]] = defaultdict(Counter)
    total = 0
    for pair in pairs:
        total += 1
        asked = {stem(word) for word in _content(pair.question)}
        quoted = _content(pair.quote)
        for word in quoted:
            written[stem(word)][word] += 1
        said = {stem(word) for word in quoted}
        in_questions.update(asked)
        in_quotes.update(said)
        meetings.update((one, other) for one in asked for other in said if one != other)
    return _keep(meetings, in_questions, in_quotes, written, total)


def _keep(
    meetings: Mapping[tuple[str, str], int],
    in_questions: Mapping[str, int],
    in_quotes: Mapping[str, int],
    written: Mapping[str, Counter[str]],
    total: int,
) -> Associations:
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (asked, said), count in sorted(meetings.items()):
        share = count / in_questions[asked]
        lift = count * total / (in_questions[asked] * in_quotes[said])
        if count >= LEAST_MEETINGS and lift >= LEAST_LIFT and share >= LEAST_SHARE:
            weight = min(HIGHEST_WEIGHT, LOWEST_WEIGHT + WEIGHT_PER_SHARE * share)
            found[asked].append((written[said].most_common(1)[0][0], round(weight, 2)))
    return {
        asked: sorted(others, key=lambda other: (-other[1], other[0]))[:MOST_PER_WORD]
        for asked, others in sorted(found.items())
    }


def _content(text: str) -> list[str]:
    return [word for word in words(text) if word not in STOPWORDS and len(word) > 2 and not word[0].isdigit()]

"""A convention for a part of an EPCI: "les communes du bassin nord" sign, with the EPCI as a whole."""

import re
from collections import Counter

from corpus.records import Span
from corpus.text import squeeze
from ingest.metadata.records import Found

_NAME = r"(?P<noun>bassin|secteur|pôle|canton|versant|plateau|littoral)\s+(?P<side>nord|sud|est|ouest|centre)\b"
_PART = re.compile(rf"\b{_NAME}", re.IGNORECASE)
_MEMBERS = re.compile(
    rf"\bcommunes\s+(?:(?:composant|constituant|formant)\s+l[ea]|du|de\s+l['’]|de\s+la)\s+(?P<part>{_NAME})",
    re.IGNORECASE,
)
_LEAST_MENTIONS = 3
_OVER_OTHERS = 3
"""How many times more often than any other part of the EPCI the one that signs is named."""


def find_part(text: str, epci: Found) -> Found | None:
    """The part of an EPCI whose communes sign; None where the text speaks of several parts alike, or of none."""
    counts = Counter(_key(match) for match in _PART.finditer(text))
    members = list(_MEMBERS.finditer(text))
    if not members or not counts:
        return None
    (best, times), *others = counts.most_common(2)
    said = next((match for match in members if _key(match) == best), None)
    if said is None or times < _LEAST_MENTIONS or (others and times < _OVER_OTHERS * others[0][1]):
        return None
    value = f"{squeeze(said.group('part')).capitalize()} de la {epci.value}"
    return Found(value=value, evidence=Span(start=said.start(), end=said.end()))


def _key(match: re.Match[str]) -> str:
    return f"{match.group('noun')} {match.group('side')}".lower()

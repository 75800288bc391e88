"""Every detector over every document, once per generation of the index; what an answer must say of it."""

import threading
import weakref
from collections.abc import Iterable, Sequence
from typing import Any

from assistant.conflicts.clauses import find_clauses
from assistant.conflicts.counts import find_counts
from assistant.conflicts.figures import find_figures
from assistant.conflicts.plans import find_plan_gaps
from assistant.conflicts.postcodes import find_postcodes
from assistant.conflicts.quoting import make_conflict
from assistant.conflicts.records import Conflict, Finding, Source, read_sources
from assistant.conflicts.references import find_references
from assistant.conflicts.since import find_since
from assistant.conflicts.text_dates import find_text_dates
from assistant.conflicts.titles import find_titles
from assistant.payloads import citation_payload
from corpus.index.reader import Index
from corpus.records import Citation, Notice, Span
from corpus.text import letters

_DETECTORS = (
    find_text_dates, find_since, find_figures, find_counts, find_titles, find_plan_gaps, find_postcodes,
    find_references, find_clauses,
)  # fmt: skip
_MOST_NOTICES = 2
_lock = threading.Lock()
_known: "weakref.WeakKeyDictionary[Index, tuple[Conflict, ...]]" = weakref.WeakKeyDictionary()


def find_conflicts(index: Index) -> tuple[Conflict, ...]:
    """The divergences of the corpus, documents against themselves first; worked out once per generation."""
    with _lock:
        found = _known.get(index)
        if found is None:
            found = _known[index] = _find(index)
        return found


def detect(sources: Sequence[Source]) -> tuple[Finding, ...]:
    """What the detectors see in the documents, before quotes are made."""
    return tuple(finding for detector in _DETECTORS for finding in detector(sources))


def conflict_payload(conflict: Conflict) -> dict[str, Any]:
    """A divergence as JSON, its citations in the form of every other."""
    payload = conflict.model_dump(mode="json", exclude={"versions"})
    return payload | {"versions": [citation_payload(citation) for citation in conflict.versions]}


def conflict_notices(conflicts: Iterable[Conflict], citations: Sequence[Citation]) -> list[Notice]:
    """A notice with every version, for each divergence that a cited passage belongs to (the two narrowest)."""
    notices = []
    for conflict, touched in touched_by(conflicts, citations)[:_MOST_NOTICES]:
        text = f"{conflict.title}. Les versions : {_listed(conflict.versions)}. {conflict.explanation}"
        notices.append(Notice(kind="conflict", text=text, citations=tuple(item.n for item in touched)))
    return notices


def touched_by(conflicts: Iterable[Conflict], citations: Sequence[Citation]) -> list[tuple[Conflict, list[Citation]]]:
    """Each divergence that a cited passage belongs to, with the citations of it, those of the shortest quote first."""
    found = []
    for conflict in conflicts:
        touched = [citation for citation in citations if any(_overlap(citation, other) for other in conflict.versions)]
        if touched and (conflict.internal or len({citation.document for citation in touched}) > 1):
            found.append((conflict, touched))
    return sorted(found, key=lambda item: min(citation.end - citation.start for citation in item[1]))


def _find(index: Index) -> tuple[Conflict, ...]:
    made = (make_conflict(index, finding) for finding in detect(read_sources(index)))
    unique = {conflict.id: conflict for conflict in made if conflict is not None}
    return tuple(sorted(unique.values(), key=lambda conflict: (not conflict.internal, conflict.documents)))


def _listed(versions: Sequence[Citation]) -> str:
    """Each version once, with every place that writes it in the same words."""
    places: dict[tuple[str, str], list[str]] = {}
    quotes: dict[tuple[str, str], str] = {}
    for version in versions:
        key = (version.document, letters(version.quote))
        quotes.setdefault(key, version.quote)
        places.setdefault(key, []).append(version.section.split(" › ")[-1])
    names = {version.document: version.territory for version in versions}
    return " ; ".join(
        f"« {quote} » ({names[key[0]]}, {' ; '.join(dict.fromkeys(places[key]))})" for key, quote in quotes.items()
    )


def _overlap(left: Citation, right: Citation) -> bool:
    if left.document != right.document:
        return False
    ours, theirs = (item.spans or (Span(start=item.start, end=item.end),) for item in (left, right))
    return any(one.start < other.end and other.start < one.end for one in ours for other in theirs)

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
    notices: list[tuple[int, Notice]] = []
    for conflict in conflicts:
        touched = [citation for citation in citations if any(_overlap(citation, other) for other in conflict.versions)]
        if touched and (conflict.internal or len({citation.document for citation in touched}) > 1):
            versions = " ; ".join(_version(other) for other in conflict.versions)
            text = f"{conflict.title}. Les versions : {versions}. {conflict.explanation}"
            size = min(citation.end - citation.start for citation in touched)
            notices.append((size, Notice(kind="conflict", text=text, citations=tuple(item.n for item in touched))))
    return [notice for _, notice in sorted(notices, key=lambda item: item[0])[:_MOST_NOTICES]]


def _find(index: Index) -> tuple[Conflict, ...]:
    made = (make_conflict(index, finding) for finding in detect(read_sources(index)))
    unique = {conflict.id: conflict for conflict in made if conflict is not None}
    return tuple(sorted(unique.values(), key=lambda conflict: (not conflict.internal, conflict.documents)))


def _version(citation: Citation) -> str:
    return f"« {citation.quote} » ({citation.territory}, {citation.section.split(' › ')[-1]})"


def _overlap(left: Citation, right: Citation) -> bool:
    if left.document != right.document:
        return False
    ours, theirs = (item.spans or (Span(start=item.start, end=item.end),) for item in (left, right))
    return any(one.start < other.end and other.start < one.end for one in ours for other in theirs)

"""All that can be proposed of a document from its text."""

import re

from corpus.records import DocumentKind, Span
from ingest.metadata.dates import find_period, find_status
from ingest.metadata.part import find_part
from ingest.metadata.parties import find_acronym, find_caf, find_communes, find_epci, find_group, find_title_name
from ingest.metadata.records import ProposedMetadata

_HEAD = 1500
_KINDS: tuple[tuple[re.Pattern[str], DocumentKind], ...] = (
    (re.compile(r"\A\W*annexe\b[^\n]{0,40}plan d\s?['’]\s?actions?", re.IGNORECASE), "plan-d-actions"),
    (re.compile(r"\A\W*plan d\s?['’]\s?actions?\b", re.IGNORECASE), "plan-d-actions"),
    (re.compile(r"convention\s+territoriale\s+globale", re.IGNORECASE), "convention"),
    (re.compile(r"projet\s+de\s+territoire", re.IGNORECASE), "projet-de-territoire"),
    (re.compile(r"\bplan\s+d\s?['’]\s?actions?\b", re.IGNORECASE), "plan-d-actions"),
    (re.compile(r"\bnote\s+(?:de|méthodologique|d['’])", re.IGNORECASE), "note"),
)
_ANNEX = re.compile(r"\A\W*annexe\b(?:[ \t]+\w{1,4}\b)?", re.IGNORECASE)
_PARTIES = re.compile(r"(?im)^\W*entre\b(?:\s+les\s+soussignés)?\W*$|\bci-apr[èée]s\s+dénomm")


def propose_metadata(text: str) -> ProposedMetadata:
    """Territory, communes, Caf, period, kind and status of a document, as far as its text says them."""
    kind, kind_evidence = _kind(text)
    communes = find_communes(text)
    epci = find_epci(text)
    group = find_part(text, epci[0]) if epci and epci[1] else find_group(text, communes)
    territory = group or (epci[0] if epci else None) or find_title_name(text) or find_acronym(text)
    caf = find_caf(text)
    first, last = find_period(text)
    parties = _PARTIES.search(text[: 4 * _HEAD]) is not None
    working = kind_evidence if kind in ("projet-de-territoire", "note") and not parties else None
    status, status_evidence = find_status(text, working=working, annex=_annex(text))
    return ProposedMetadata(
        territory=territory, group=group is not None, communes=communes,
        caf=caf[0] if caf else None, department=caf[1] if caf else None, department_code=caf[2] if caf else None,
        period_from=first, period_to=last, kind=kind, kind_evidence=kind_evidence,
        status=status, status_evidence=status_evidence,
    )  # fmt: skip


def _annex(text: str) -> Span | None:
    match = _ANNEX.match(text)
    return Span(start=match.start(), end=match.end()) if match else None


def _kind(text: str) -> tuple[DocumentKind, Span | None]:
    head = text[:_HEAD]
    for pattern, kind in _KINDS:
        match = pattern.search(head)
        if match:
            return kind, Span(start=match.start(), end=match.end())
    return "convention", None

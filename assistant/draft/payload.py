"""The JSON of drafts and reviews: that of the command-line contract."""

from collections.abc import Sequence
from typing import Any

from assistant.draft.findings import Review
from assistant.draft.records import Draft, SimilarEntry
from assistant.payloads import citation_payload

Json = dict[str, Any]


def draft_payload(draft: Draft) -> Json:
    """A draft, exactly as the contract writes it."""
    return {
        "request": draft.request,
        "territory": draft.territory,
        "similar": _similar(draft.similar),
        "title": draft.title,
        "fields": {
            key: [
                {
                    "text": line.text,
                    "origin": line.origin,
                    "sources": [citation_payload(citation) for citation in line.sources],
                }
                for line in lines
            ]
            for key, lines in draft.fields.items()
        },
    }


def review_payload(review: Review) -> Json:
    """A review: what was recognised, and the findings with what similar fiches do."""
    return {
        "title": review.title,
        "territory": review.territory,
        "read_fields": list(review.read_fields),
        "similar": _similar(review.similar),
        "findings": [
            {
                "kind": finding.kind,
                "field": finding.key,
                "text": finding.text,
                "others": finding.others,
                "sources": [citation_payload(citation) for citation in finding.sources],
            }
            for finding in review.findings
        ],
    }


def _similar(entries: Sequence[SimilarEntry]) -> list[Json]:
    return [
        {"document": entry.document, "fiche": entry.ref, "title": entry.title, "score": entry.score}
        for entry in entries
    ]

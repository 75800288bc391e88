"""Proposed metadata as an ingestion report tells them."""

from corpus.records import DocumentEntry, Span
from corpus.text import squeeze, without_marks
from ingest.metadata.records import Found, ProposedMetadata
from ingest.report import ProposedField

_QUOTE = 160
_WORDS = {
    "convention": "convention", "plan-d-actions": "plan d'actions", "projet-de-territoire": "projet de territoire",
    "note": "note", "signe": "signé", "projet": "projet non signé", "annexe": "annexe",
    "document-de-travail": "document de travail", "inconnu": "inconnu",
}  # fmt: skip


def proposals(entry: DocumentEntry, proposed: ProposedMetadata, text: str) -> list[ProposedField]:
    """What was read in the text of a new document, a line each, with the words that say it."""
    first, last = proposed.period_from, proposed.period_to
    period = " au ".join(found.value for found in (first, last) if found)
    communes = proposed.communes
    found: list[tuple[str, str, Span | None]] = [
        *(
            _one("Territoire", proposed.territory)
            or [("Territoire, d'après le nom du fichier", entry.territory.name, None)]
        ),
        *_one("Caf", proposed.caf),
        *_one("Département", proposed.department),
    ]
    if communes:
        names = ", ".join(commune.value for commune in communes)
        around = Span(start=communes[0].evidence.start, end=communes[-1].evidence.end)
        found.append((f"{len(communes)} commune{'s' if len(communes) > 1 else ''}", names, around))
    if last:
        found.append(("Période", period if first else f"jusqu'au {period}", last.evidence))
    if proposed.kind_evidence:
        found.append(("Nature", _WORDS[entry.kind], proposed.kind_evidence))
    if proposed.status != "inconnu":
        found.append(("Statut", _WORDS[entry.status], proposed.status_evidence))
    return [_field(entry.id, name, value, span, text) for name, value, span in found]


def _one(name: str, found: Found | None) -> list[tuple[str, str, Span | None]]:
    return [(name, found.value, found.evidence)] if found else []


def _field(document: str, name: str, value: str, span: Span | None, text: str) -> ProposedField:
    if span is None:
        return ProposedField(document=document, field=name, value=value, quote="")
    quote = squeeze(without_marks(text[span.start : span.end]))
    if len(quote) > _QUOTE:
        quote = quote[:_QUOTE].rsplit(" ", 1)[0] + " …"
    return ProposedField(document=document, field=name, value=value, quote=quote, start=span.start, end=span.end)

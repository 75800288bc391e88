"""The JSON of the command-line contract, made from the records: used by `ctg --json`, the typed API and MCP."""

from typing import Any

from assistant.compose.places import territory_of
from assistant.reading import readable_fiche, readable_path
from assistant.retrieve.search import SearchResult
from corpus.index.reader import DocumentRecord, Index
from corpus.records import Answer, Citation, FicheAction, Query, Value

Json = dict[str, Any]


def query_payload(query: Query) -> Json:
    """How a question was understood."""
    return {
        "territories": list(query.territories),
        "themes": list(query.themes),
        "intent": query.intent,
        "expanded": list(query.expanded),
    }


def search_payload(result: SearchResult, *, explain: bool = False) -> Json:
    """Ranked passages; with `explain`, the reasons of each rank and the terms of the question."""
    payload: Json = {
        "question": result.query.question,
        "query": query_payload(result.query),
        "passages": [
            {
                "rank": ranked.rank,
                "score": ranked.score,
                "document": ranked.passage.document,
                "territory": ranked.territory,
                "section": ranked.address,
                "page": ranked.passage.page,
                "fiche": ranked.fiche_title,
                "text": ranked.repaired or ranked.passage.text,
                **({"raw": ranked.passage.text} if ranked.repaired else {}),
                **({"reasons": dict(ranked.reasons)} if explain else {}),
            }
            for ranked in result.passages
        ],
    }
    if explain:
        payload["query"]["terms"] = [{"word": term.word, "forms": dict(term.forms)} for term in result.query.terms]
        payload["query"]["fields"] = list(result.query.fields)
        payload["query"]["references"] = list(result.query.references)
        payload["query"]["resolved_question"] = result.query.resolved_question
    return payload


def citation_payload(citation: Citation) -> Json:
    """A citation; `spans` and `raw` only where they add something."""
    payload: Json = {
        "n": citation.n,
        "document": citation.document,
        "territory": citation.territory,
        "section": citation.section,
        "page": citation.page,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "verified": citation.verified,
    }
    if citation.spans:
        payload["spans"] = [[span.start, span.end] for span in citation.spans]
    if citation.raw is not None:
        payload["raw"] = citation.raw
    return payload


def answer_payload(answer: Answer) -> Json:
    """An answer, exactly as the contract writes it."""
    return {
        "question": answer.question,
        "resolved_question": answer.resolved_question,
        "answered": answer.answered,
        "mode": answer.mode,
        "answer": answer.answer,
        "statements": [
            {
                "text": statement.text,
                "citations": list(statement.citations),
                "supported": statement.supported,
                "nature": statement.nature,
                "territory": statement.territory,
            }
            for statement in answer.statements
        ],
        "citations": [citation_payload(citation) for citation in answer.citations],
        "table": None
        if answer.table is None
        else {
            "columns": list(answer.table.columns),
            "rows": [
                [{"text": cell.text, "citations": list(cell.citations)} for cell in row] for row in answer.table.rows
            ],
        },
        "notices": [
            {"kind": notice.kind, "text": notice.text, "citations": list(notice.citations)} for notice in answer.notices
        ],
        "timings": dict(answer.timings),
    }


def fiche_payload(index: Index, fiche: FicheAction) -> Json:
    """A fiche-action with its fields and their places in the raw text; `raw` where a repaired text differs from it."""
    read = readable_fiche(index, fiche)
    return {
        "document": fiche.document,
        "territory": territory_of(index, fiche.document),
        "ref": fiche.ref,
        "title": read.title,
        "section": " › ".join(readable_path(index, index.section(fiche.section))),
        "page": fiche.page,
        "fields": {
            key: [_value_payload(value, shown.text) for value, shown in zip(values, read.fields[key], strict=True)]
            for key, values in fiche.fields.items()
        },
    }


def document_payload(record: DocumentRecord) -> Json:
    """A document of the catalogue."""
    entry = record.entry
    return {
        "document": entry.id,
        "territory": entry.territory.name,
        "kind": entry.kind,
        "status": entry.status,
        "period": [entry.period_from, entry.period_to],
        "pages": record.pages,
        "sections": record.sections,
        "fiches": record.fiches,
        "actions": record.actions,
        "passages": record.passages,
    }


def _value_payload(value: Value, shown: str) -> Json:
    payload: Json = {"text": shown, "start": value.start, "end": value.end}
    if shown != value.text:
        payload["raw"] = value.text
    if value.spans:
        payload["spans"] = [[span.start, span.end] for span in value.spans]
    return payload

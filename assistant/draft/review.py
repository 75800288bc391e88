"""A fiche-action reviewed before it is submitted: what is missing, what is weak, what similar fiches do about it."""

import re
from pathlib import Path

from assistant.compose.citing import CitationBook
from assistant.compose.places import territory_of
from assistant.draft.checks import CHECKS, ReviewContext
from assistant.draft.findings import Review, ReviewedFiche
from assistant.draft.records import DraftRequest
from assistant.draft.similar import find_similar
from assistant.retrieve.search import Searcher
from corpus.errors import DocumentUnreadable
from corpus.text import squeeze
from corpus.themes import find_themes

_PROVENANCE = re.compile(r"\s+[—–-]\s+(?:repris|adapté|fourni|généré)\b[^\n]*$|\s*\[\d{1,3}\](?=\s|$)", re.MULTILINE)
_SOURCES = re.compile(r"^\W*(?:sources|provenance des lignes)\W*$", re.IGNORECASE | re.MULTILINE)
_NUMBERED = re.compile(
    r"^\W*fiche[ -]?action\s*(?:n\s*°?\s*)?(?:\w{0,3}\d\w{0,4}|[A-Z])?\s*[:–—-]\s*(?P<title>\S[^\n]+)$",
    re.IGNORECASE | re.MULTILINE,
)
"""The title under its number ("Fiche action 11 : …"), after the lines of its axis and of its objective."""
_NUMBER = r"^\W*(?:fiche[ -])?action\s*(?:n\s*°?\s*)?[\w.]{0,6}\s*[:–—-]\s*"
_HEAD = 800
"""Characters in which the title of a fiche stands."""
_LEAST_FIELDS = 2


def check_fiche(searcher: Searcher, source: str | Path) -> Review:
    """The findings on a fiche, given as text or as a file (DOCX, ODT, PDF, text).

    Raises DocumentUnreadable where the file cannot be read or holds no fiche.
    """
    fiche = read_reviewed_fiche(source)
    named = "\n".join((fiche.title, *fiche.lines("perimetre", "pilote", "contexte")))
    mentions = [mention for mention in searcher.understanding.finder.find(named) if mention.precise]
    own = tuple(dict.fromkeys(document for mention in mentions[:1] for document in mention.documents))
    subject = squeeze(" ".join((fiche.title, *fiche.lines("objectif_operationnel")[:1])))[:300]
    request = DraftRequest(
        text=subject, subject=subject, themes=find_themes(title=fiche.title, body=fiche.text), own_documents=own
    )
    similar = find_similar(searcher, request)
    context = ReviewContext(searcher.index, fiche, similar, own, CitationBook(searcher.index))
    findings = [finding for check in CHECKS for finding in check(context)]
    return Review(
        title=fiche.title,
        territory=territory_of(searcher.index, own[0]) if own else None,
        findings=tuple(findings),
        similar=similar.entries,
        read_fields=tuple(fiche.fields),
    )


def read_reviewed_fiche(source: str | Path) -> ReviewedFiche:
    """The title and the fields of a fiche, whatever template it was written in. Raises DocumentUnreadable."""
    from ingest.fiches.fields import field_values, loose_title, read_blocks, titled_block
    from ingest.lines import line_width, split_lines

    name, text = _text_of(source)
    sources = list(_SOURCES.finditer(text))
    text = _PROVENANCE.sub("", text[: sources[-1].start()] if sources else text)
    numbered = _NUMBERED.search(text, 0, _HEAD)
    whole, text = text, text[numbered.end() :] if numbered else text
    lines = split_lines(text)
    blocks = read_blocks(text, lines, line_width(lines)) if lines else []
    fields = {key: tuple(value.text for value in values) for key, values in field_values(text, blocks).items()}
    if len(fields) < _LEAST_FIELDS:
        raise DocumentUnreadable(
            f"{name} ne ressemble pas à une fiche-action : aucune rubrique n'y est reconnue (Pilote, Partenaires, "
            "Calendrier, Indicateurs…). Vérifiez le fichier ou ajoutez les intitulés des rubriques."
        )
    labelled = titled_block(blocks)
    loose = labelled.units[0] if labelled else loose_title(blocks)
    opening = blocks[0].units[0].text if blocks and not blocks[0].key and blocks[0].units else ""
    named = numbered["title"] if numbered else loose.text if loose else opening
    title = squeeze(named) or next(iter(fields.get("objectif_operationnel", ("",))))
    return ReviewedFiche(title=_bare_title(title), text=whole, fields=fields)


def _text_of(source: str | Path) -> tuple[str, str]:
    if isinstance(source, str):
        return "Ce texte", source
    from ingest.readers import read_document

    return f"« {source.name} »", read_document(source).text


def _bare_title(title: str) -> str:
    return re.sub(_NUMBER, "", title, flags=re.IGNORECASE).strip("*# ")

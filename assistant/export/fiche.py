"""A drafted fiche-action as a file: DOCX from a replaceable template, ODT or Markdown; every line with its origin."""

from datetime import date
from pathlib import Path

from assistant.compose.labels import FIELD_LABELS
from assistant.compose.places import shorten
from assistant.draft.records import Draft, DraftLine, Origin
from assistant.export.files import page_of, write_file
from corpus.records import Citation

CAUTION = (
    "Brouillon composé à partir de fiches d'autres territoires : à relire, à compléter et à valider avec vos "
    "partenaires."
)
_LONGEST_STEP = 110
ORIGINS: dict[Origin, str] = {
    "repris": "repris de", "adapte": "adapté de", "fourni": "fourni par vous", "genere": "généré, à vérifier",
    "a_completer": "à compléter",
}  # fmt: skip


def write_fiche(draft: Draft, path: Path, template: Path | None = None) -> Path:
    """Write a draft in the format that the ending of `path` names (.docx, .odt or .md).

    `template`: a DOCX with the project's placeholders; the plain one where None. Raises ExportFailed where the ending
    is not known, the template cannot be used or the file cannot be written.
    """
    return write_file(
        path,
        {
            ".docx": lambda: _docx(draft, template),
            ".odt": lambda: _odt(draft),
            ".md": lambda: fiche_markdown(draft).encode(),
        },
    )


def fiche_markdown(draft: Draft) -> str:
    """The draft as Markdown."""
    parts = [f"# {draft.title}", f"*{territory_line(draft)}. {CAUTION}*"]
    parts += [f"> {notice.text}" for notice in draft.notices]
    for key, lines in draft.fields.items():
        parts.append(f"## {FIELD_LABELS[key]}")
        parts.append("\n".join(f"- {line.text}{_marked(line)}" for line in lines))
    if draft.citations():
        parts.append("## Sources")
        parts.append(
            "\n".join(f"- [{source.n}] {place_of(source)} : « {source.quote} »" for source in draft.citations())
        )
    return "\n\n".join(parts) + "\n"


def provenance(line: DraftLine) -> str:
    """ "adapté de Gevrey-Nuits [3], Monts du Pilat [4]"; empty for a line to fill in."""
    if line.origin == "a_completer":
        return "voir " + marks(line) if line.sources else ""
    said = ORIGINS[line.origin]
    if not line.sources:
        return said
    said += ", d'après" if line.origin == "genere" else ""
    return f"{said} " + ", ".join(f"{source.territory or 'note du projet'} [{source.n}]" for source in line.sources)


def marks(line: DraftLine) -> str:
    """ "[3] [4]"."""
    return " ".join(f"[{source.n}]" for source in line.sources)


def place_of(citation: Citation) -> str:
    """Territory, place in the document and page of a source."""
    steps = citation.section.split(" › ")
    place = " › ".join(shorten(step, _LONGEST_STEP) for step in (steps[-1:] if len(steps[-1]) > 40 else steps[-2:]))
    return f"{citation.territory or 'Note du projet'} — {place}{page_of(citation)}"


def territory_line(draft: Draft) -> str:
    """Who the fiche is for, and the day of the draft."""
    return f"{draft.territory or 'Territoire à préciser'} — brouillon du {date.today():%d/%m/%Y}"


def _marked(line: DraftLine) -> str:
    said = provenance(line)
    return f" — *{said}*" if said else ""


def _docx(draft: Draft, template: Path | None) -> bytes:
    from assistant.export.fiche_docx import fiche_docx

    return fiche_docx(draft, template)


def _odt(draft: Draft) -> bytes:
    from assistant.export.fiche_odt import fiche_odt

    return fiche_odt(draft)

"""An ingestion told to a reader: its steps, then what it did, document by document."""

from assistant.page.rendering.text import badge, bar, counted, shown
from ingest.report import IngestReport


def render_progress(step: str, done: int, total: int) -> str:
    """One step, with how far it is."""
    share = 100 * done / total if total else 0
    return f'<div role="status"><p>{shown(step)} ({done} sur {total})</p>{bar(share)}</div>'


def render_report(report: IngestReport) -> str:
    """What was added, replaced, removed, left as it was, refused and why."""
    groups = (
        ("Ajouté", report.added, "good"),
        ("Remplacé", report.replaced, "good"),
        ("Retiré", report.removed, "status"),
        ("Inchangé", report.unchanged, "status"),
    )
    lines = [
        f"<li>{badge(look, name)} {shown(', '.join(documents))}</li>" for name, documents, look in groups if documents
    ]
    lines += [
        f"<li>{badge('status', 'Déjà là')} {shown(f'{file} : {known}')}</li>" for file, known in report.duplicates
    ]
    for failure in report.failed:
        kept = " La version précédente reste en service." if failure.kept else ""
        lines.append(f"<li>{badge('thin', 'Refusé')} {shown(f'{failure.file} : {failure.reason}{kept}')}</li>")
    lines += [
        f"<li>{badge('draft', 'À savoir')} {shown(f'{note.document} : {note.text}')}</li>" for note in report.notes
    ]
    lines += [
        f"<li>{badge('status', 'Proposé')} {shown(f'{one.document}, {one.field.lower()} : {one.value}')}"
        + (f' <span class="ctg-muted">{shown(f"« {one.quote} »")}</span>' if one.quote else "")
        + "</li>"
        for one in report.proposals
    ]
    count = f"{counted(report.passages, 'passage')} dans l'index, {report.seconds:.0f} s."
    return (
        f'<div role="status"><ul class="ctg-outline">{"".join(lines)}</ul><p class="ctg-muted">{shown(count)}</p></div>'
    )

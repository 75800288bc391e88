"""`ctg ingest`, `ctg docs`, `ctg fiches`, `ctg remove`."""

from pathlib import Path

import click

from assistant.cli.french import french_command
from assistant.cli.output import print_json

_JSON = click.option("--json", "as_json", is_flag=True, help="Écrire du JSON.")


@french_command("Indexer le corpus (sans argument), ou y ajouter des fichiers ou des dossiers.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_JSON
def ingest(paths: tuple[Path, ...], as_json: bool) -> int:
    """Incremental: what has not changed costs nothing. Returns 2 where every file given failed."""
    from corpus.settings import load_settings
    from ingest.pipeline import ingest_corpus

    report = ingest_corpus(load_settings(), paths, progress=_show_progress)
    if as_json:
        print_json(report.model_dump(mode="json"))
    else:
        from assistant.cli.reports import print_ingest_report

        print_ingest_report(report)
    return 2 if report.failed and not (report.added or report.replaced or report.unchanged) else 0


@french_command("Lister les documents du corpus ; avec --conflicts, les divergences relevées.")
@click.option("--conflicts", is_flag=True, help="Les divergences entre documents, ou d'un document avec lui-même.")
@_JSON
def docs(conflicts: bool, as_json: bool) -> None:
    """The catalogue."""
    from assistant.payloads import document_payload
    from assistant.service import Assistant
    from corpus.settings import load_settings

    assistant = Assistant(load_settings())
    if conflicts:
        from assistant.cli.reports import print_conflicts
        from assistant.conflicts import conflict_payload

        found = assistant.conflicts()
        if as_json:
            print_json([conflict_payload(conflict) for conflict in found])
        else:
            print_conflicts(found)
        return
    records = assistant.documents()
    if as_json:
        print_json([document_payload(record) for record in records])
        return
    from assistant.cli.tables import print_documents

    print_documents(records)


@french_command("Lister les fiches-actions, toutes, avec leurs champs.")
@click.option("--territoire", help="Territoire (nom, surnom, commune ou identifiant).")
@click.option("--theme", help="Thème (par exemple petite-enfance).")
@click.option("--actions", is_flag=True, help="Les actions tirées des tableaux et diapositives, au lieu des fiches.")
@_JSON
def fiches(territoire: str | None, theme: str | None, actions: bool, as_json: bool) -> None:
    """Every fiche-action, narrowed to a territory or a theme."""
    from assistant.payloads import fiche_payload
    from assistant.service import Assistant
    from corpus.settings import load_settings
    from corpus.themes import resolve_theme

    assistant = Assistant(load_settings())
    found = assistant.fiches(territoire, resolve_theme(theme) if theme else None, actions)
    if as_json:
        print_json([fiche_payload(assistant.index, fiche) for fiche in found])
        return
    from assistant.cli.tables import print_fiches

    print_fiches(assistant.index, found)


@french_command("Retirer un document du corpus (son identifiant est dans « ctg docs »).")
@click.argument("document")
def remove(document: str) -> None:
    """Take a document out of the corpus; the file itself stays where it is."""
    from corpus.settings import load_settings
    from ingest.pipeline import remove_document

    remove_document(load_settings(), document)
    click.echo(f"« {document} » est retiré du corpus.", err=True)


def _show_progress(text: str, done: int, total: int) -> None:
    """One line a step, on standard error."""
    click.echo(f"[{done}/{total}] {text}" if total else text, err=True)

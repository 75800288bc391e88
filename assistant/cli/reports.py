"""Reports of long work and lists of findings, for people."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assistant.conflicts import Conflict
    from ingest.report import IngestReport


def print_ingest_report(report: "IngestReport") -> None:
    """What an ingestion did, a line per kind, then each file that failed with its reason."""
    for label, names in (
        ("ajouté", report.added),
        ("inchangé", report.unchanged),
        ("remplacé", report.replaced),
        ("retiré", report.removed),
    ):
        if names:
            click.echo(f"{len(names)} document(s) {label}(s) : {', '.join(names)}")
    for file, document in report.duplicates:
        click.echo(f"déjà dans le corpus : {file} (c'est « {document} »)")
    for document in dict.fromkeys(one.document for one in report.proposals):
        click.echo(f"lu dans « {document} », à vérifier dans le manifeste des documents ajoutés :")
        for one in report.proposals:
            if one.document == document:
                click.echo(f"   {one.field} : {one.value}" + (f"  (« {one.quote} »)" if one.quote else ""))
    for note in report.notes:
        click.echo(f"à savoir, {note.document} : {note.text}")
    for failure in report.failed:
        kept = " La version précédente reste en service." if failure.kept else ""
        click.echo(f"échec, {failure.file} : {failure.reason}{kept}")
    if report.rebuilt:
        click.echo(f"Index refait en entier : {report.rebuilt}")
    click.echo(
        f"Index {report.generation} : {report.passages} passages, {report.embedded} vecteurs calculés, "
        f"{report.seconds:.1f} s."
    )


def print_conflicts(conflicts: "Sequence[Conflict]") -> None:
    """Each divergence with its versions, where they stand and what to make of them."""
    if not conflicts:
        click.echo("Aucune divergence relevée dans le corpus.")
        return
    internal = sum(conflict.internal for conflict in conflicts)
    click.echo(
        f"{len(conflicts)} divergences relevées : {internal} à l'intérieur d'un document, "
        f"{len(conflicts) - internal} entre documents."
    )
    for number, conflict in enumerate(conflicts, 1):
        click.echo(f"\n{number}. [{conflict.kind}] {conflict.title}")
        for version in conflict.versions:
            page = f", page {version.page}" if version.page else ""
            click.echo(f"   - « {version.quote} »\n     {version.territory}, {version.section}{page}")
        click.echo(f"   {conflict.explanation}")

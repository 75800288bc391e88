"""`ctg draft`: a fiche-action drafted from what others wrote, or one reviewed before it is submitted."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.french import french_command
from assistant.cli.output import print_json

if TYPE_CHECKING:
    from assistant.draft.findings import Review
    from assistant.draft.records import Draft


@french_command("Rédiger une fiche-action d'après les fiches proches, chaque ligne avec sa source ; ou en relire une.")
@click.argument("request", required=False)
@click.option("-o", "output", type=click.Path(path_type=Path), help="Écrire un fichier .docx, .odt ou .md.")
@click.option("--modele", type=click.Path(path_type=Path), help="Modèle DOCX à remplir, avec les repères du projet.")
@click.option("--avec", help="N'utiliser que ces fiches : document:référence, séparées par des virgules.")
@click.option("--rubriques", help="Ne rédiger que ces rubriques : actions, vigilance… séparées par des virgules.")
@click.option("--sans", multiple=True, help="Ne pas reprendre cette ligne : une autre prend sa place (répétable).")
@click.option("--sans-modele", is_flag=True, help="Ne pas faire récrire par le modèle de langue configuré.")
@click.option("--check", type=click.Path(path_type=Path), help="Relire cette fiche (DOCX, ODT, PDF, texte).")
@click.option("--json", "as_json", is_flag=True, help="Écrire du JSON.")
def draft(
    request: str | None, output: Path | None, modele: Path | None, avec: str | None, rubriques: str | None,
    sans: tuple[str, ...], sans_modele: bool, check: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """A draft, or the review of a fiche."""
    from assistant.draft.payload import draft_payload, review_payload
    from assistant.draft.records import DRAFT_KEYS
    from assistant.llm.client import model_is_configured
    from assistant.service import Assistant
    from corpus.settings import load_settings

    settings = load_settings()
    assistant = Assistant(settings)
    if check is not None:
        review = assistant.review(check)
        if as_json:
            print_json(review_payload(review))
        else:
            _print_review(review)
        return
    struck = dict.fromkeys(DRAFT_KEYS, sans) if sans else None
    made = assistant.draft(request or "", None if avec is None else _names(avec), struck, _names(rubriques or ""))
    if model_is_configured(settings) and not sans_modele:
        made = assistant.rewrite_draft(made, progress=lambda label: click.echo(f"{label}…", err=True))
    if output is not None:
        from assistant.export.fiche import write_fiche

        write_fiche(made, output, modele)
        click.echo(f"Fiche écrite dans {output}.", err=True)
    if as_json:
        for notice in made.notices:
            click.echo(notice.text, err=True)
        print_json(draft_payload(made))
    elif output is None:
        _print_draft(made)


def _names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]


def _print_draft(made: "Draft") -> None:
    from rich.console import Console
    from rich.text import Text

    from assistant.compose.labels import FIELD_LABELS
    from assistant.draft.similar import address
    from assistant.export.fiche import place_of, provenance

    console = Console(highlight=False)
    console.print(Text(made.title, style="bold"))
    for notice in made.notices:
        console.print(Text(notice.text, style="yellow"))
    if made.similar:
        console.print(Text("Fiches proches (--avec pour n'en garder que certaines) :", style="dim"))
    for entry in made.similar:
        console.print(Text(f"  {address(entry)}  {entry.title}", style="dim"), soft_wrap=True)
    for key, lines in made.fields.items():
        console.print(Text(f"\n{FIELD_LABELS[key]}", style="bold"))
        for line in lines:
            said = provenance(line)
            shown = Text(f"  - {line.text}", style="yellow" if line.origin == "a_completer" else "")
            console.print(shown.append(f"  ({said})" if said else "", style="dim"), soft_wrap=True)
    if made.citations():
        console.print(Text("\nSources", style="bold"))
    for source in made.citations():
        console.print(Text(f"  [{source.n}] {place_of(source)} : « {source.quote} »", style="dim"), soft_wrap=True)


def _print_review(review: "Review") -> None:
    from rich.console import Console
    from rich.text import Text

    from assistant.export.fiche import place_of

    console = Console(highlight=False)
    console.print(Text(review.title, style="bold"))
    if not review.findings:
        console.print("Rien à signaler : la fiche est complète au regard des fiches proches.")
    for number, finding in enumerate(review.findings, start=1):
        console.print(Text(f"{number}. {finding.text}"), soft_wrap=True)
        if finding.others:
            console.print(Text(f"   Chez les autres : {finding.others}", style="dim"), soft_wrap=True)
        for source in finding.sources:
            console.print(Text(f"   [{source.n}] {place_of(source)}", style="dim"), soft_wrap=True)

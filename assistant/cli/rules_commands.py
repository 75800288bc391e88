"""`ctg obligations`, `ctg schema`, `ctg glossaire`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.french import french_command
from assistant.cli.output import print_json, write_text

if TYPE_CHECKING:
    from assistant.obligations.evidence import CorpusTexts

_JSON = click.option("--json", "as_json", is_flag=True, help="Écrire du JSON.")


@french_command("Qui doit faire quoi, depuis quand, selon quel texte (notes du projet, à vérifier sur Légifrance).")
@click.option("--population", help="Nombre d'habitants.")
@click.option("--type", "kind", default="commune", show_default=True, help="commune, epci, caf, gestionnaire…")
@click.option("--transfert", help="Compétences transférées : toutes, aucune, ou leurs numéros (1,2,3,4).")
@click.option("--date", "day", help="Jour considéré (AAAA-MM-JJ) ; aujourd'hui par défaut.")
@click.option("--theme", help="Ne garder qu'un thème.")
@_JSON
def obligations(
    population: str | None, kind: str, transfert: str | None, day: str | None, theme: str | None, as_json: bool
) -> None:
    """What applies in a situation, what does not and why."""
    from assistant.obligations.render import render_text
    from assistant.obligations.rules import which_obligations
    from assistant.obligations.situation import make_situation

    situation = make_situation(population, kind, transfert, day, theme)
    report = which_obligations(situation, _texts())
    if as_json:
        print_json(report.to_json())
    else:
        click.echo(render_text(report))


@french_command("Une convention tient-elle lieu de schéma pluriannuel ? Contenus présents, partiels, absents.")
@click.argument("document")
@click.option("-o", "output", type=click.Path(path_type=Path), help="Écrire un fichier .md ou .csv.")
@_JSON
def schema(document: str, output: Path | None, as_json: bool) -> None:
    """The contents asked of a schéma pluriannuel, checked against a document."""
    from assistant.export.tables import table_csv
    from assistant.obligations.schema_check import check_schema
    from assistant.service import Assistant
    from corpus.settings import load_settings

    assistant = Assistant(load_settings())
    check = check_schema(assistant.index, assistant.resolve_territory(document)[0])
    if output:
        write_text(output, {".md": check.markdown, ".csv": lambda: table_csv(check.table())})
    if as_json:
        print_json(check.to_json())
    elif not output:
        click.echo(check.markdown())


@french_command("Sigles et termes du domaine : définition, anciens noms, mots courants. Sans mot : la liste.")
@click.argument("word", required=False)
@_JSON
def glossaire(word: str | None, as_json: bool) -> None:
    """The glossary."""
    from assistant.compose.glossary import definition_text
    from corpus.glossary import load_glossary

    glossary = load_glossary()
    found = glossary.look_up(word) if word else None
    entries = [match.entry for match in found.matches] if found else list(glossary.entries)
    if as_json:
        print_json([entry.model_dump(mode="json") for entry in entries])
        return
    for entry in entries:
        click.echo(definition_text(entry))
    if found and not entries:
        close = f" Termes proches : {', '.join(found.suggestions)}." if found.suggestions else ""
        click.echo(f"« {word} » n'est pas dans le glossaire.{close}")


def _texts() -> "CorpusTexts":
    """The texts to quote from: the index in service, or the documents themselves where there is none."""
    from assistant.obligations.evidence import FileTexts, IndexTexts
    from corpus.errors import AssistantError
    from corpus.index.reader import open_index
    from corpus.settings import load_settings

    settings = load_settings()
    try:
        return IndexTexts(open_index(settings))
    except AssistantError:
        return FileTexts(settings)

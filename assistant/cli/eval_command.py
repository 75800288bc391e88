"""`ctg eval`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.french import french_command

if TYPE_CHECKING:
    from eval.run import Part


@french_command("Mesurer la recherche et les réponses sur les questions d'évaluation, écrire le rapport.")
@click.option("--split", type=click.Choice(["dev", "test", "all"]), default="all", show_default=True,
              help="Partie des questions.")  # fmt: skip
@click.option("--baselines/--no-baselines", default=True, help="Mesurer aussi les systèmes de comparaison.")
@click.option("-o", "output", type=click.Path(path_type=Path), help="Dossier du rapport.")
@click.option("--from-feedback", is_flag=True, help="Tirer des retours reçus un fichier de nouvelles questions.")
@click.option("--raise-thresholds", is_flag=True, help="Relever les seuils d'après les chiffres mesurées.")
@click.option("--json", "as_json", is_flag=True, help="Écrire du JSON.")
def evaluate(
    split: "Part", baselines: bool, output: Path | None, from_feedback: bool, raise_thresholds: bool, as_json: bool
) -> int:
    """Returns 1 where a figure falls under its threshold."""
    from corpus.settings import load_settings
    from eval.run import main

    return main(
        load_settings(), split=split, baselines=baselines, output=output, from_feedback=from_feedback,
        raise_floors=raise_thresholds, as_json=as_json,
    )  # fmt: skip

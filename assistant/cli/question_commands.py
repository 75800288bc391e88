"""`ctg search`, `ctg ask`, `ctg compare`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.french import french_command
from assistant.cli.output import print_json, read_batch, run_batch

if TYPE_CHECKING:
    from assistant.service import Assistant
    from corpus.records import Answer

_BATCH = click.option("--batch", type=click.Path(path_type=Path), help="Fichier JSON Lines de questions.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Écrire du JSON.")
_RAW = click.option("--brut", is_flag=True, help="Montrer aussi les textes réparés tels qu'ils ont été reconnus (OCR).")
_TERRITORY = click.option("--territoire", help="Territoire (nom, surnom, commune ou identifiant).")


@french_command("Chercher des passages : les mieux classés d'abord.")
@click.argument("question", required=False)
@click.option("-k", "count", default=10, show_default=True, type=click.IntRange(1, 100), help="Nombre de passages.")
@_TERRITORY
@click.option("--explain", is_flag=True, help="Dire pourquoi chaque passage est là.")
@_RAW
@_JSON
@_BATCH
def search(
    question: str | None,
    count: int,
    territoire: str | None,
    explain: bool,
    brut: bool,
    as_json: bool,
    batch: Path | None,
) -> None:
    """Ranked passages for a question."""
    from assistant.payloads import search_payload

    assistant = _assistant()
    territories = assistant.resolve_territory(territoire) if territoire else ()
    if batch:
        run_batch(
            read_batch(batch),
            lambda turns: search_payload(assistant.search_turns(turns, count, territories), explain=explain),
        )
        return
    result = assistant.search(_given(question), count, territories=territories)
    if as_json:
        print_json(search_payload(result, explain=explain))
        return
    from assistant.cli.tables import print_passages

    print_passages(result, explain, brut)


@french_command("Poser une question : une réponse dont chaque affirmation cite un passage.")
@click.argument("question", required=False)
@_TERRITORY
@click.option("--theme", help="Ne répondre que d'après ce thème (par exemple petite-enfance).")
@_RAW
@_JSON
@_BATCH
def ask(
    question: str | None, territoire: str | None, theme: str | None, brut: bool, as_json: bool, batch: Path | None
) -> None:
    """An answer with its citations."""
    from assistant.payloads import answer_payload
    from corpus.themes import resolve_theme

    assistant = _assistant()
    territories = assistant.resolve_territory(territoire) if territoire else ()
    chosen = resolve_theme(theme) if theme else None
    if batch:
        run_batch(read_batch(batch), lambda turns: answer_payload(assistant.ask_turns(turns, territories, chosen)))
        return
    answer = assistant.ask(_given(question), territories=territories, theme=chosen)
    if as_json:
        print_json(answer_payload(answer))
        return
    from assistant.cli.tables import print_answer

    print_answer(answer, brut)


@french_command("Comparer les territoires sur un thème ou une question : un tableau, une ligne par territoire.")
@click.argument("question", required=False)
@click.option("-o", "output", type=click.Path(path_type=Path), help="Écrire un fichier .docx, .csv ou .md.")
@_JSON
def compare(question: str | None, output: Path | None, as_json: bool) -> None:
    """What each territory does about a subject."""
    from assistant.payloads import answer_payload

    answer: Answer = _assistant().compare(_given(question))
    if output:
        from assistant.export.tables import write_comparison

        write_comparison(answer, output)
        click.echo(f"Comparaison écrite dans {output}.", err=True)
    if as_json:
        print_json(answer_payload(answer))
    elif not output:
        from assistant.cli.tables import print_answer

        print_answer(answer)


def _assistant() -> "Assistant":
    from assistant.service import Assistant
    from corpus.settings import load_settings

    return Assistant(load_settings())


def _given(question: str | None) -> str:
    """The question typed; an empty text where there is none (refused further on with the usual sentence)."""
    return question or ""

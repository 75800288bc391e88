"""`ctg`: each command lives in its own module and is imported only when it is called, so that help comes at once."""

import importlib
import os
import sys
from typing import Any

import click

from assistant.cli.french import FrenchCommand, FrenchGroup, usage_sentence
from corpus.errors import AssistantError

COMMANDS: dict[str, tuple[str, str]] = {
    "ingest": ("assistant.cli.corpus_commands:ingest", "Indexer le corpus, ou y ajouter des fichiers."),
    "docs": ("assistant.cli.corpus_commands:docs", "Lister les documents du corpus (et leurs divergences)."),
    "fiches": ("assistant.cli.corpus_commands:fiches", "Lister les fiches-actions, toutes, avec leurs champs."),
    "remove": ("assistant.cli.corpus_commands:remove", "Retirer un document du corpus."),
    "search": ("assistant.cli.question_commands:search", "Chercher des passages."),
    "ask": ("assistant.cli.question_commands:ask", "Poser une question, obtenir une réponse avec ses citations."),
    "compare": ("assistant.cli.question_commands:compare", "Comparer ce que fait chaque territoire."),
    "draft": (
        "assistant.cli.draft_command:draft",
        "Rédiger une fiche-action d'après celles des autres, ou en relire une.",
    ),
    "obligations": ("assistant.cli.rules_commands:obligations", "Qui doit faire quoi, depuis quand, selon quel texte."),
    "schema": ("assistant.cli.rules_commands:schema", "Une convention tient-elle lieu de schéma pluriannuel ?"),
    "glossaire": ("assistant.cli.rules_commands:glossaire", "Sigles et termes, anciens noms, mots courants."),
    "eval": ("assistant.cli.eval_command:evaluate", "Mesurer la recherche et les réponses, écrire le rapport."),
    "backup": ("assistant.cli.backup_commands:backup", "Sauvegarder l'index et les documents ajoutés."),
    "restore": ("assistant.cli.backup_commands:restore", "Remettre une sauvegarde en service."),
    "serve": ("assistant.cli.system_commands:serve", "Ouvrir la page."),
    "doctor": ("assistant.cli.system_commands:doctor", "Vérifier l'installation et l'index."),
    "settings": ("assistant.cli.system_commands:settings", "Afficher chaque réglage et son origine."),
}
"""Command name to where it is defined and its help line."""


class LazyGroup(FrenchGroup):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commandes"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup)
def ctg() -> None:
    """Assistant CTG : interroger des conventions territoriales globales, citations à l'appui.

    Chaque commande a son aide : ctg COMMANDE --help.
    """


def main(arguments: list[str] | None = None) -> int:
    """Run the command line. Returns the exit code: 0 done, 1 not good enough, 2 a mistake of the caller."""
    _stay_offline()
    try:
        result: Any = ctg.main(args=arguments, prog_name="ctg", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        return _fail("Interrompu.", 130)
    except click.ClickException as error:
        return _fail(usage_sentence(error), 2)
    except AssistantError as error:
        return _fail(str(error), 2)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return result if isinstance(result, int) else 0


def run() -> None:
    """Entry point of the installed command."""
    sys.exit(main())


def _fail(sentence: str, code: int) -> int:
    click.echo(f"ctg : {sentence}", err=True)
    return code


def _stay_offline() -> None:
    """No library may ask a hub or report anything, whatever its defaults."""
    for name, value in {
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "ANONYMIZED_TELEMETRY": "False",
        "GRADIO_ANALYTICS_ENABLED": "False",
        "GRADIO_ANALYTICS_MAX_EVENTS": "100",
        "TOKENIZERS_PARALLELISM": "false",
    }.items():
        os.environ.setdefault(name, value)


__all__ = ["COMMANDS", "FrenchCommand", "ctg", "main", "run"]

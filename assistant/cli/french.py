"""Help and mistakes of the command line in French."""

from collections.abc import Callable
from typing import Any

import click

_WORDS = (
    ("Usage:", "Utilisation :"),
    ("Options:", "Options :"),
    ("Commandes:", "Commandes :"),
    ("COMMAND [ARGS]...", "COMMANDE [ARGUMENTS]…"),
    ("Show this message and exit.", "Afficher cette aide."),
    ("[default: ", "[par défaut : "),
    ("[required]", "[obligatoire]"),
)


class FrenchCommand(click.Command):
    """A command whose help is in French."""

    def get_help(self, ctx: click.Context) -> str:
        return _french(super().get_help(ctx))


class FrenchGroup(click.Group):
    """A group whose help is in French."""

    command_class = FrenchCommand

    def get_help(self, ctx: click.Context) -> str:
        return _french(super().get_help(ctx))


def usage_sentence(error: click.ClickException) -> str:
    """One French sentence for a mistake of the caller, with what to type instead."""
    context = getattr(error, "ctx", None)
    help_hint = f"« {context.command_path} --help » montre ce qui est attendu." if context else ""
    if isinstance(error, click.NoSuchOption):
        return f"L'option {error.option_name} n'existe pas. {help_hint}".strip()
    if isinstance(error, click.MissingParameter):
        return f"Il manque {_parameter(error)}. {help_hint}".strip()
    if isinstance(error, click.BadParameter):
        return f"La valeur de {_parameter(error)} ne convient pas : {_reason(error.message)} {help_hint}".strip()
    if isinstance(error, click.FileError):
        return f"Le fichier « {error.ui_filename} » ne peut pas être ouvert."
    if "No such command" in error.message:
        name = error.message.split("'")[1] if "'" in error.message else ""
        return f"La commande « {name} » n'existe pas. « ctg --help » donne la liste."
    if "unexpected extra argument" in error.message:
        return f"Un argument est en trop : mettez la question entre guillemets. {help_hint}".strip()
    return f"{_reason(error.message)} {help_hint}".strip()


def _parameter(error: click.BadParameter) -> str:
    parameter = error.param
    if parameter is None:
        return "un argument"
    if isinstance(parameter, click.Option):
        return f"l'option {parameter.opts[0]}"
    return f"l'argument {(parameter.name or '').upper()}"


def _reason(message: str) -> str:
    for english, french in (
        ("is not a valid integer.", "n'est pas un nombre entier."),
        ("is not a valid float.", "n'est pas un nombre."),
        ("is not one of", "ne fait pas partie de"),
        ("is not in the range", "n'est pas dans l'intervalle"),
        ("does not exist.", "n'existe pas."),
        ("is a directory.", "est un dossier."),
        ("requires an argument.", "attend une valeur."),
        ("File", "le fichier"),
        ("Path", "le chemin"),
    ):
        message = message.replace(english, french)
    return message


def _french(text: str) -> str:
    for english, french in _WORDS:
        text = text.replace(english, french)
    return text


def french_command(help_text: str) -> Callable[[Callable[..., Any]], FrenchCommand]:
    """`click.command` with French help."""
    return click.command(cls=FrenchCommand, help=help_text)

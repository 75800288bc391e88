"""Prompts are files of `prompts/` with $variables; a variable that is missing is named in the error."""

from pathlib import Path
from string import Template

from corpus.errors import CorpusError
from corpus.settings import PROJECT_ROOT

PROMPTS = PROJECT_ROOT / "prompts"


def fill_prompt(name: str, folder: Path = PROMPTS, /, **variables: str) -> str:
    """The prompt `name` with its variables filled in.

    Raises CorpusError where the file is missing or uses a variable that is not given.
    """
    path = folder / f"{name}.md"
    try:
        template = Template(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CorpusError(
            f"L'invite « {path.name} » manque dans le dossier prompts/ : remettez-la en place."
        ) from error
    try:
        return template.substitute(variables)
    except KeyError as error:
        raise CorpusError(f"L'invite « {path.name} » demande la variable ${error.args[0]}, inconnue ici.") from error
    except ValueError as error:
        raise CorpusError(f"L'invite « {path.name} » contient un « $ » isolé : écrivez « $$ ».") from error

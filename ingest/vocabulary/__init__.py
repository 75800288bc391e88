"""The words by which a convention is understood: files that people edit, read once and checked.

`headings.yaml` says what opens a part of a document, `fields.yaml` what the fields of a fiche-action are called,
`tables.yaml` what heads the columns of a table. A word added there needs no change of code.
"""

from functools import cache
from importlib import resources
from typing import TypeVar

import yaml
from pydantic import ValidationError

from corpus.errors import CorpusError
from corpus.records.base import HandWritten
from corpus.validation import first_fault

Vocabulary = TypeVar("Vocabulary", bound=HandWritten)


@cache
def load_vocabulary(name: str, model: type[Vocabulary]) -> Vocabulary:
    """The vocabulary file `name` (with its ending), checked against its model.

    Raises CorpusError, naming the file and the place, where the file is missing or wrong.
    """
    source = resources.files(__name__).joinpath(name)
    try:
        return model.model_validate(yaml.safe_load(source.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise CorpusError(f"Le vocabulaire {name} manque : réinstallez le programme.") from error
    except yaml.YAMLError as error:
        place = str(getattr(error, "problem_mark", "")).strip() or name
        raise CorpusError(f"Le vocabulaire {name} n'est pas du YAML lisible ({place}) : corrigez-le.") from error
    except ValidationError as error:
        where, reason = first_fault(error)
        raise CorpusError(f"Le vocabulaire {name} est faux à « {where} » ({reason}) : corrigez-le.") from error

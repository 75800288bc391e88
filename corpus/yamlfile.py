"""Strict reading of the YAML files that people edit: the error names the file, the line and the key.

Numbers and dates stay text when the file is parsed and become what the model's field asks for: `42` is a department
and `2023` a year where the field is text, an integer where the field is one. Only `true`, `false` and `null` (or
nothing) are read as such: `no`, `on` and `oui` are words.
"""

import re
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from corpus.errors import CorpusError

if yaml.__with_libyaml__:
    from yaml import CSafeLoader as _BaseLoader
else:
    from yaml import SafeLoader as _BaseLoader  # type: ignore[assignment]

_Model = TypeVar("_Model", bound=BaseModel)
_MOST_ERRORS = 3


def load_yaml(path: Path, model: type[_Model]) -> _Model:
    """The file as a record of `model` (a RootModel where the file is a list).

    Raises CorpusError with the file, the line and the key where the file is missing, is not YAML or does not fit.
    """
    text = _read_text(path)
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                raise CorpusError(f"{path} : le fichier est vide ; complétez-le ou rétablissez la version livrée.")
            _refuse_repeats(node, path, set())
            data = loader.construct_document(node)
        finally:
            loader.dispose()
    except RecursionError as error:
        raise CorpusError(f"{path} : le fichier est imbriqué trop profondément ; simplifiez-le.") from error
    except yaml.YAMLError as error:
        raise CorpusError(_syntax_sentence(path, error)) from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise CorpusError(_model_sentence(path, node, error)) from error


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise CorpusError(f"Le fichier {path} manque : rétablissez-le ou corrigez le réglage du dossier.") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path} : le fichier n'est pas en UTF-8 ; enregistrez-le dans cet encodage.") from error
    except OSError as error:
        raise CorpusError(f"Le fichier {path} ne peut pas être lu ({error.strerror}) : vérifiez ses droits.") from error


class _Loader(_BaseLoader):
    """YAML in which everything but true, false and null is text."""


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])


def _refuse_repeats(node: yaml.Node, path: Path, visited: set[int]) -> None:
    """Refuse a key written twice (YAML keeps the last in silence) and aliases (an expansion bomb is made of them)."""
    if id(node) in visited:
        raise CorpusError(f"{path}, ligne {node.start_mark.line + 1} : les alias (&, *) ne sont pas admis.")
    visited.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeats(item, path, visited)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                line = key.start_mark.line + 1
                raise CorpusError(f"{path}, ligne {line}, clé « {name} » : écrite deux fois ; gardez-en une.")
            seen.add(name)
            _refuse_repeats(value, path, visited)


def _syntax_sentence(path: Path, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    where = f", ligne {mark.line + 1}" if mark else ""
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return f"{path}{where} : ce n'est pas du YAML correct ({problem}) ; corrigez cette ligne."


def _model_sentence(path: Path, node: yaml.Node, error: ValidationError) -> str:
    details = error.errors()
    parts = []
    for detail in details[:_MOST_ERRORS]:
        line, keys = _locate(node, detail["loc"])
        place = f"ligne {line}" + (f", clé « {keys} »" if keys else "")
        parts.append(f"{place} : {_reason(detail)}")
    if len(details) > _MOST_ERRORS:
        parts.append(f"et {len(details) - _MOST_ERRORS} autre(s) erreur(s)")
    return f"{path}, " + " ; ".join(parts) + "."


def _locate(node: yaml.Node, loc: tuple[int | str, ...]) -> tuple[int, str]:
    """Line (from 1) and dotted key of an error; the line is that of the deepest node that the file holds."""
    line = node.start_mark.line + 1
    keys: list[str] = []
    for step in loc:
        found = None
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            found = node.value[step]
            line = found.start_mark.line + 1
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(step):
                    found = value
                    line = key.start_mark.line + 1
                    break
        keys.append(str(step))
        if found is None:
            break
        node = found
    return line, ".".join(keys)


def _reason(detail: ErrorDetails) -> str:
    kind = detail["type"]
    context = detail.get("ctx", {})
    if kind == "missing":
        return "cette clé est obligatoire et manque"
    if kind == "extra_forbidden":
        return "cette clé est inconnue ; vérifiez son orthographe"
    if kind in ("literal_error", "enum"):
        return f"valeur « {detail['input']} » inconnue ; attendu : {context.get('expected')}".replace(" or ", " ou ")
    if kind.startswith(("int_", "float_")):
        return f"un nombre est attendu, pas « {detail['input']} »"
    if kind.startswith("bool_"):
        return f"true ou false est attendu, pas « {detail['input']} »"
    if kind in ("string_type", "string_sub_type"):
        return "un texte est attendu"
    if kind in ("list_type", "tuple_type", "set_type", "frozen_set_type"):
        return "une liste est attendue"
    if kind in ("dict_type", "model_type", "model_attributes_type", "dataclass_type", "mapping_type"):
        return "un bloc de clés et de valeurs est attendu"
    if kind == "string_too_short":
        return f"texte trop court (au moins {context.get('min_length')} caractères)"
    if kind == "string_too_long":
        return f"texte trop long (au plus {context.get('max_length')} caractères)"
    if kind == "too_short":
        return f"liste trop courte (au moins {context.get('min_length')} éléments)"
    if kind == "string_pattern_mismatch":
        return f"« {detail['input']} » n'a pas la forme attendue ({context.get('pattern')})"
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        return f"la valeur « {detail['input']} » est hors des bornes permises"
    if kind == "value_error":
        return str(context.get("error", detail["msg"]))
    return detail["msg"]

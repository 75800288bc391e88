"""The situation that obligations are asked for, checked: one French sentence where it cannot be anyone's."""

import re
from datetime import date
from typing import Any, get_args

from assistant.obligations.days import read_day
from corpus.errors import SituationInvalid
from corpus.obligations import ActorType, load_obligations
from corpus.records.base import Record
from corpus.text import fold, squeeze
from corpus.themes import find_themes, load_themes

ALL_COMPETENCES: tuple[int, ...] = (1, 2, 3, 4)
ACTOR_TYPES: tuple[ActorType, ...] = get_args(ActorType)
MOST_INHABITANTS = {"commune": 3_000_000}
"""No French commune is larger; any other territory is held to MOST_INHABITANTS_ELSEWHERE."""
MOST_INHABITANTS_ELSEWHERE = 12_000_000

_TYPE_NAMES: dict[str, ActorType] = {
    "mairie": "commune", "ville": "commune", "village": "commune", "intercommunalite": "epci", "interco": "epci",
    "comcom": "epci", "agglo": "epci", "communaute de communes": "epci", "communaute d'agglomeration": "epci",
    "communaute urbaine": "epci", "metropole": "epci", "syndicat": "epci", "syndicat mixte": "epci",
    "gestionnaire de creche": "gestionnaire", "creche": "gestionnaire", "association": "gestionnaire",
    "assistante maternelle": "assistant-maternel", "assistant maternel": "assistant-maternel",
    "assistante-maternelle": "assistant-maternel", "mam": "assistant-maternel",
    "conseil departemental": "departement",
}  # fmt: skip
_COMPETENCE_WORDS = {"recenser": 1, "recensement": 1, "informer": 2, "information": 2, "planifier": 3,
                     "planification": 3, "qualite": 4, "soutenir": 4}  # fmt: skip


class Situation(Record):
    """Who asks, and when."""

    type: ActorType = "commune"
    population: int | None = None
    """Inhabitants of the commune; for an EPCI, of the communes that transferred. None where not said."""
    transfer: tuple[int, ...] | None = None
    """Competences (1 to 4) that the communes transferred to the EPCI; empty for none, None where not said."""
    on: date
    """The day for which the answer holds."""
    theme: str | None = None
    """Id of a theme of themes.yaml; None for all."""

    def to_json(self) -> dict[str, Any]:
        """The situation as the command line prints it."""
        return {
            "population": self.population,
            "type": self.type,
            "transfer": transfer_name(self.transfer),
            "date": self.on.isoformat(),
            "theme": self.theme,
        }


def make_situation(
    population: int | str | None = None,
    type: str = "commune",
    transfer: str | None = None,
    on: str | date | None = None,
    theme: str | None = None,
) -> Situation:
    """A checked situation from what a person typed; the day is today where none is given.

    Raises SituationInvalid with one sentence that says what is wrong and what to write instead.
    """
    kind = read_type(type)
    return Situation(
        type=kind,
        population=check_population(population, kind),
        transfer=read_transfer(transfer) if kind in ("commune", "epci") else None,
        on=read_day(on),
        theme=read_theme(theme),
    )


def read_type(text: str) -> ActorType:
    """The type of actor under its own name or an everyday one ("comcom"). Raises SituationInvalid."""
    key = squeeze(fold(text))
    for name in ACTOR_TYPES:
        if key == name:
            return name
    if key in _TYPE_NAMES:
        return _TYPE_NAMES[key]
    raise SituationInvalid(
        f"Le type « {squeeze(text)[:40]} » n'existe pas : choisissez parmi {', '.join(ACTOR_TYPES)}."
    )


def check_population(population: int | str | None, kind: ActorType) -> int | None:
    """A plausible number of inhabitants, None where none is given. Raises SituationInvalid."""
    if population is None or population == "":
        return None
    if isinstance(population, str):
        digits = re.sub(r"(?<=\d)[\s\u00a0\u202f.](?=\d{3}(?!\d))", "", population.strip())
        digits = re.sub(r"\s*(hab(itants?)?\.?|âmes?)$", "", digits, flags=re.IGNORECASE)
        if not re.fullmatch(r"[-+]?\d{1,15}", digits):
            raise SituationInvalid(
                f"La population « {squeeze(population)[:40]} » n'est pas un nombre entier d'habitants : "
                "écrivez-la en chiffres, par exemple 4200."
            )
        population = int(digits)
    if population < 1:
        raise SituationInvalid(
            f"Une population de {population} n'est pas possible : indiquez un nombre d'habitants d'au moins 1."
        )
    most = MOST_INHABITANTS.get(kind, MOST_INHABITANTS_ELSEWHERE)
    if population > most:
        who = "aucune commune" if kind == "commune" else "aucun territoire"
        raise SituationInvalid(
            f"Une population de {spaced(population)} habitants n'est pas possible : {who} n'en compte plus de "
            f"{spaced(most)} ; vérifiez le nombre."
        )
    return population


def read_transfer(text: str | None) -> tuple[int, ...] | None:
    """Competences transferred: "toutes", "aucune", numbers or names ("1,3", "planifier"). Raises SituationInvalid."""
    if text is None or not text.strip():
        return None
    key = squeeze(fold(text))
    if key in ("toutes", "toute", "tout", "tous", "oui"):
        return ALL_COMPETENCES
    if key in ("aucune", "aucun", "non", "rien"):
        return ()
    chosen: set[int] = set()
    for part in re.split(r"[\s,;+/]+|\bet\b", key):
        if not part:
            continue
        number = int(part) if part.isdigit() else _COMPETENCE_WORDS.get(part)
        if number not in ALL_COMPETENCES:
            names = " ; ".join(f"{rank} = {name}" for rank, name in load_obligations().competences.items())
            raise SituationInvalid(
                f"Le transfert « {squeeze(text)[:40]} » n'est pas compris : écrivez toutes, aucune, ou des numéros "
                f"séparés par des virgules ({names})."
            )
        chosen.add(number)
    return tuple(sorted(chosen))


def read_theme(text: str | None) -> str | None:
    """Id of a theme, from its id, its name or a word that signals it ("crèche"). Raises SituationInvalid."""
    if text is None or not text.strip():
        return None
    key = squeeze(fold(text))
    themes = load_themes()
    for theme in themes:
        if key in (theme.id, theme.id.replace("-", " "), fold(theme.name)):
            return theme.id
    signalled = find_themes(text)
    if signalled:
        return signalled[0]
    raise SituationInvalid(
        f"Le thème « {squeeze(text)[:40]} » n'existe pas : choisissez parmi {', '.join(theme.id for theme in themes)}."
    )


def transfer_name(transfer: tuple[int, ...] | None) -> str | None:
    """The transfer as the command line writes it: "toutes", "aucune", "1,3"; None where not said."""
    if transfer is None:
        return None
    if not transfer:
        return "aucune"
    return "toutes" if transfer == ALL_COMPETENCES else ",".join(str(number) for number in transfer)


def spaced(number: int) -> str:
    """As "15 431", with a no-break space between thousands."""
    return f"{number:,}".replace(",", "\u00a0")

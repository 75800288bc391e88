"""Greetings, thanks, what the assistant can do: a short reply that cites nothing."""

import re

from assistant.compose.lines import Composition
from assistant.understand.cues import plain_words

_THANKS = re.compile(r"\b(?:merci\w*|super|parfait|genial|top|nickel)\b")
_FAREWELL = re.compile(r"\b(?:au revoir|bonne journee|bonne soiree|a bientot|bye)\b")
CAPABILITIES = (
    "Je réponds, avec les passages à l'appui, aux questions sur les conventions territoriales globales du corpus : "
    "un fait, un pilote, une échéance, une liste, une comparaison entre territoires, les obligations des communes. "
    "Par exemple : « Qui pilote la création de MAM au Creusot ? », « Comment les autres territoires ont-ils créé un "
    "guichet unique ? »."
)


def compose_manners(question: str) -> Composition:
    """The reply to a greeting, to thanks, or to "que sais-tu faire ?"."""
    plain = plain_words(question)
    composition = Composition()
    if _FAREWELL.search(plain):
        composition.add("Au revoir, et bonne continuation dans votre convention.")
    elif _THANKS.search(plain):
        composition.add("Avec plaisir. Posez une autre question quand vous voulez.")
    else:
        composition.add("Bonjour. " + CAPABILITIES)
    return composition

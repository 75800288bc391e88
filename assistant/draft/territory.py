"""The territory that a request is written for, as the requester types it; the corpus need not know it."""

import re
from dataclasses import dataclass

from assistant.understand.territories import TerritoryFinder, name_words
from corpus.text import STOPWORDS, fold

_KINDS = (
    r"communauté de communes|communaute de communes|communauté d['’]agglomération|communaute d['’]agglomeration|"
    r"communauté urbaine|communauté de com|com[ -]?com|cdc|cc|ca|cu|epci|agglomération|agglo|métropole|metropole|"
    r"commune|ville|mairie|ccas|cias|sivos|sivom|syndicat|sivu|intercommunalité|interco|pays|vallée|"
    r"regroupement de communes"
)
_KIND_WORDS = frozenset(name_words(re.sub(r"[^\w ]", " ", _KINDS)))
_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’]*(?:-[\wÀ-ÿ'’]+)*"
_LINK = r"(?:(?:et|de|du|des|la|le|les|en|sur|sous|aux?)\s+(?:la\s+|le\s+|les\s+|l['’])?|d['’]|l['’])"
_NAME = rf"{_WORD}(?:(?:\s+|-){_LINK}*{_WORD})*"
_TAIL = r"\s+(?!avec\b|et\b|en\b|sur\b|pour\b|sans\b|dont\b)[a-zà-ÿ]{4,}(?=\s*(?:[,;.()]|$))"
"""A last word without its capital ("cc du Gâtinais vert")."""
_TYPED = re.compile(
    rf"(?:\b(?P<prep>pour|à|de|dans|sur|chez|du|au)\s+)?(?:la\s+|le\s+|l['’]|notre\s+|ma\s+)?"
    rf"\b(?P<whole>(?:(?i:{_KINDS}))\s+(?:(?i:de\s+la|de\s+l['’]|du|des|de|d['’])\s*)?(?P<name>{_NAME}(?:{_TAIL})?))"
)
_TYPED_LOWER = re.compile(
    r"\b(?P<whole>(?:cc|comcom|communauté de communes|agglo|ville|commune)\s+(?:de\s+la|de\s+l['’]|du|des|de|d['’])\s*"
    r"(?P<name>(?!\d|plus\b|moins\b)[\wÀ-ÿ'’-]+(?:\s+(?!avec\b|qui\b|pour\b|sur\b|dans\b|où\b|et\b|a\b|est\b)[\wÀ-ÿ'’-]+){0,3}))"
)
_BARE = re.compile(rf"\b(?:pour|à|au|aux|chez)\s+(?:les?\s+|la\s+|l['’])?(?P<whole>{_NAME})")


@dataclass(frozen=True)
class NamedTerritory:
    """A territory named in a request: `text[start:end]` names it with its preposition."""

    name: str
    documents: tuple[str, ...]
    """Documents of the corpus that are its own; empty where the corpus does not know it."""
    start: int
    end: int


def find_named_territory(text: str, finder: TerritoryFinder) -> NamedTerritory | None:
    """The territory of a request, or None where it names none."""
    for pattern, whole in ((_TYPED, True), (_TYPED_LOWER, False)):
        match = pattern.search(text)
        if match:
            documents = _documents(match["whole"], finder, whole)
            return NamedTerritory(match["whole"], documents, match.start(), match.end())
    for match in _BARE.finditer(text):
        name = match["whole"]
        documents = _documents(name, finder)
        if documents or not _is_acronym(name):
            return NamedTerritory(name, documents, match.start(), match.end())
    return _known_anywhere(text, finder)


def territory_noun(name: str | None) -> str:
    """What kind of body the requester is, as a feminine noun that can replace another's name."""
    plain = fold(name or "")
    for cue, noun in (
        (r"^(?:(?:cc|cdc|cias)\b|com ?com|communaute de com)", "communauté de communes"),
        (r"^(?:ca|agglo|communaute d.agglo)", "communauté d'agglomération"),
        (r"^(?:cu|communaute urbaine)\b", "communauté urbaine"),
        (r"^(?:commune|ville|mairie|ccas)\b", "commune"),
        (r"^metropole\b", "métropole"),
    ):
        if re.match(cue, plain):
            return noun
    return "communauté de communes" if name is None else "collectivité"


def _documents(name: str, finder: TerritoryFinder, whole: bool = True) -> tuple[str, ...]:
    """The documents of a territory that the corpus knows. A name with a word that is in none of its names ("CC Causses
    et Plateaux") is another place's, whatever else they share; unless that word may follow the name (not `whole`)."""
    mentions = [mention for mention in finder.find(name) if mention.precise]
    known = {word for mention in mentions for word in mention.words} | finder.name_tokens() | _KIND_WORDS | STOPWORDS
    if whole and any(word not in known for word in name_words(name)):
        return ()
    return tuple(dict.fromkeys(document for mention in mentions for document in mention.documents))


def _is_acronym(name: str) -> bool:
    return name.isupper() and len(name) <= 6


def _known_anywhere(text: str, finder: TerritoryFinder) -> NamedTerritory | None:
    """A territory of the corpus named without a preposition that announces it."""
    mentions = [mention for mention in finder.find(text) if mention.precise]
    if not mentions:
        return None
    words = r"[\s'’-]+(?:(?:et|de|du|des|la|le|les|l|d)[\s'’-]+)*".join(re.escape(word) for word in mentions[0].words)
    match = re.search(rf"\b{words}\b", fold(text))
    if match is None or len(fold(text)) != len(text):
        return None
    return NamedTerritory(text[match.start() : match.end()], mentions[0].documents, match.start(), match.end())

"""Who signs: the Caf and its department, the EPCI, the communes."""

import re
from collections import Counter

from corpus.records import Span
from corpus.text import fold, squeeze, without_marks
from ingest.metadata.names import commune_name, find_department, mixed_case
from ingest.metadata.records import Found

_NAME = r"[A-ZÀ-Ý][^\W\d_'’-]*(?:[ '’-]+(?:[A-ZÀ-Ý][^\W\d_'’-]*|de|du|des|la|le|les|sur|sous|en|et|aux|à|d|l|lès)){0,7}"
_CAF = re.compile(
    r"(?i:\bCaisses?\s+(?:des\s+|d\s?['’]\s*)allocations?\s+familiales?|\bCaf)\s+"
    rf"(?P<link>de\s+la\s+|de\s+l['’]|de\s+|du\s+|des\s+|d['’])(?P<name>{_NAME})"
)
_COMMUNE = re.compile(
    r"(?<![Dd]e )(?<![Dd]es )\b(?i:communes?|ville)\s+(?P<link>(?:de\s+la|de|du|des)\s+|de\s+l['’]|d['’]\s*)"
    r"(?P<name>[A-ZÀ-Ý][^,;:()\n«»]{1,50}?)\s*,?\s+(?i:représentée?s?)\b"
)
_SIGNING = re.compile(
    r"(?m)^\W*(?:(?i:la\s+(?:commune|ville)|(?:le\s+)?maire))\s+"
    rf"(?P<link>(?:de\s+la|de|du|des)\s+|de\s+l['’]|d['’]\s*)(?P<name>{_NAME})\W*$"
)
_EPCI = re.compile(
    r"(?P<form>(?i:communauté\s+(?:de\s+communes|d\s?['’]\s*agglomération|urbaine)|syndicat\s+intercommunal))"
    rf"(?:\s+(?P<link>(?:de\s+la\s+|de\s+l['’]|de\s+|du\s+|des\s+|d['’]))|[ \t]+)(?P<name>{_NAME})"
)
_GROUP = re.compile(r"(?i:\b(?:re)?groupement\s+(?:des?|de\s+(?:la\s+)?)\s*communes)\b")
_TITLE = re.compile(
    r"(?i:convention\s+territoriale\s+globale|projet\s+de\s+territoire)\s+"
    rf"(?:de\s+la|de\s+l['’]|de|du|des|d['’])\s*(?P<name>{_NAME})"
)
_ACRONYM = re.compile(
    r"(?P<of>(?i:\b(?:échelle|territoire|périmètre|communes|élus|habitants|statuts|siège|présidente?)\s+de\s+))?"
    r"\bla\s+(?P<name>(?!CCI\b)\d?[A-Z]{1,5}C[A-Z]{0,3}|\dC[A-Z]{0,3})\b"
)
_TRAILING = re.compile(r"[\s,'’-]+(?:et|de|du|des|la|le|les|sur|en|à|aux|d|l)*[\s'’-]*$")
_LEAST_ACRONYMS = 2
_HEAD = 6000
_SIGNS = 50
"""What being represented among the parties weighs, against 1 for being named."""


def find_caf(text: str) -> tuple[Found, Found, str] | None:
    """The Caf, its department and the department's number, from the name that is given most often."""
    votes: Counter[str] = Counter()
    first: dict[str, tuple[re.Match[str], str]] = {}
    for match in _CAF.finditer(text):
        name = _trimmed(match.group("name"))
        known = find_department(name) or find_department(name.split()[0])
        if known:
            votes[known[0]] += 1
            first.setdefault(known[0], (match, known[1]))
    if not votes:
        return None
    code = votes.most_common(1)[0][0]
    match, department = first[code]
    span = Span(start=match.start(), end=match.start("name") + len(_trimmed(match.group("name"))))
    link = squeeze(match.group("link"))
    value = f"Caf {link}{_after(link)}{department}"
    return Found(value=value, evidence=span), Found(value=department, evidence=span), code


def find_communes(text: str) -> tuple[Found, ...]:
    """The communes that sign: those "represented" among the parties, else those of the signature page."""
    for pattern in (_COMMUNE, _SIGNING):
        found: dict[str, Found] = {}
        for match in pattern.finditer(text):
            name = commune_name(match.group("link"), match.group("name"))
            if name and fold(name) not in found:
                found[fold(name)] = Found(value=name, evidence=Span(start=match.start(), end=match.end("name")))
        if found:
            return tuple(found.values())
    return ()


def find_epci(text: str) -> tuple[Found, bool] | None:
    """The EPCI that is named most often, and whether it is represented among the parties (which comes first)."""
    weights: Counter[str] = Counter()
    first: dict[str, Found] = {}
    for match in _EPCI.finditer(text):
        name = mixed_case(_trimmed(match.group("name")))
        if fold(name) in ("communes", "commune") or len(name) < 2:
            continue
        key = re.sub(r"[^a-z0-9]+", " ", fold(name))
        said = without_marks(text[match.end() : match.end() + 60])
        weights[key] += _SIGNS if re.match(r"\W*(?:\n\s*)?représent", said) else 1
        form = squeeze(match.group("form")).capitalize().replace("D'", "d'").replace("D’", "d’")
        value = f"{form} {squeeze(match.group('link') or '')} {name}".replace("' ", "'").replace("’ ", "’")
        span = Span(start=match.start(), end=match.start("name") + len(_trimmed(match.group("name"))))
        known = first.get(key)
        if known is None or (known.value.isupper() and not value.isupper()):
            first[key] = Found(value=squeeze(value), evidence=span)
    if not weights:
        return None
    best = max(weights, key=lambda key: (weights[key], len(key)))
    longer = [key for key in weights if key.startswith(best + " ") and weights[key] * 3 >= weights[best]]
    return first[max(longer, key=len) if longer else best], weights[best] >= _SIGNS


def find_group(text: str, communes: tuple[Found, ...]) -> Found | None:
    """Communes that sign together without an EPCI, named after them; None where fewer than two do."""
    match = _GROUP.search(text[:_HEAD])
    if len(communes) < 2 or not match:
        return None
    names = [commune.value for commune in communes]
    joined = ", ".join(names[:-1]) + f" et {names[-1]}"
    evidence = Span(start=match.start(), end=match.end())
    return Found(value=f"Regroupement de communes de {joined}"[:160], evidence=evidence)


def find_title_name(text: str) -> Found | None:
    """The name that follows "convention territoriale globale" on the first page; None where there is none."""
    match = _TITLE.search(text[:_HEAD])
    if not match:
        return None
    name = _trimmed(match.group("name"))
    span = Span(start=match.start("name"), end=match.start("name") + len(name))
    return Found(value=mixed_case(name), evidence=span)


def find_acronym(text: str) -> Found | None:
    """The acronym by which a text that gives no name calls its EPCI; None where none is sure.

    It must come back, or stand once where only a territory can: "à l'échelle de la 4C".
    """
    found = list(_ACRONYM.finditer(text))
    counts: Counter[str] = Counter()
    for match in found:
        counts[match.group("name")] += _LEAST_ACRONYMS if match.group("of") else 1
    if not counts or counts.most_common(1)[0][1] < _LEAST_ACRONYMS:
        return None
    name = counts.most_common(1)[0][0]
    places = [match for match in found if match.group("name") == name]
    best = next((match for match in places if match.group("of")), places[0])
    return Found(value=name, evidence=Span(start=best.start(), end=best.end("name")))


def _after(link: str) -> str:
    """What stands between a link and a name: nothing after an elision."""
    return "" if link.endswith(("'", "’")) else " "


def _trimmed(name: str) -> str:
    """A name without the small words that a following clause left at its end."""
    return _TRAILING.sub("", name)

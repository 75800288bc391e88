"""One commune written with two postcodes, or a postcode that cannot be one."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.conflicts.records import Finding, Place, Source, place
from corpus.text import words

_ADDRESS = re.compile(r"(?<!\d)(\d{5,6})[ \t]+((?:[A-ZÀ-Ý][\w'’-]*|l[ea]s?|en|sur|de|du|des|d['’])(?:[ \t-]+"
                      r"(?:[A-ZÀ-Ý][\w'’-]*|l[ea]s?|en|sur|de|du|des|d['’]\w+)){0,5})")  # fmt: skip
_LITTLE = {"le", "la", "les", "l"}


@dataclass(frozen=True)
class Postcode:
    """A postcode with its commune."""

    code: str
    commune: str
    """Folded, "st" opened, article left out: how two spellings of one name are compared."""
    shown: str
    start: int
    end: int


def postcodes(text: str) -> tuple[Postcode, ...]:
    """Every "42600 Saint-Genest" of a text."""
    found = []
    for match in _ADDRESS.finditer(text):
        name = [{"st": "saint", "ste": "sainte"}.get(word, word) for word in words(match[2])]
        while name and name[0] in _LITTLE:
            name.pop(0)
        if name:
            found.append(Postcode(match[1], " ".join(name), match[2].strip(), match.start(), match.end()))
    return tuple(found)


def find_postcodes(sources: Sequence[Source]) -> Iterator[Finding]:
    """Communes with several postcodes, over the corpus."""
    by_commune: dict[str, list[tuple[Source, Postcode]]] = {}
    for source in sources:
        for found in postcodes(source.text):
            by_commune.setdefault(found.commune, []).append((source, found))
    for commune, group in by_commune.items():
        first = {found.code: (source, found) for source, found in reversed(group)}
        if len(first) < 2:
            continue
        counts = Counter(found.code for _, found in group)
        name = max((found.shown for _, found in group), key=lambda shown: (not shown.isupper(), len(shown)))
        yield Finding(
            kind="code-postal",
            subject=commune,
            title=f"Code postal de {name} : {' ou '.join(sorted(first))}",
            explanation=_explain(counts),
            places=tuple(_line(source, found) for source, found in first.values()),
        )


def _line(source: Source, found: Postcode) -> Place:
    """The whole line: an address says whose it is."""
    start = source.text.rfind("\n", 0, found.start) + 1
    end = source.text.find("\n", found.end)
    return place(source, start, end if end >= 0 else len(source.text), exact=True)


def _explain(counts: Counter[str]) -> str:
    broken = [code for code in counts if len(code) != 5]
    if broken:
        return f"Un code postal a cinq chiffres : {', '.join(broken)} est une faute de frappe."
    (most, often), (_, next_often) = counts.most_common(2)
    if often > next_often:
        return f"{most} est écrit {often} fois contre {next_often} : l'autre est sans doute une erreur, à vérifier."
    return "Chaque code est écrit autant de fois : à vérifier auprès de la commune."

"""A number that is said and the list that it counts: parties to a convention, communes, items announced."""

import re
from collections.abc import Iterator, Sequence

from assistant.conflicts.records import Finding, Place, Source, place
from assistant.conflicts.values import NUMBER_WORDS, read_number
from corpus.text import fold, squeeze

_PARTY = re.compile(r"(?:^|[-–>]\s*)la commune (?:de |du |des |d['’])\s*([^,\n]+?)\s*(?:,|\n)?\s*repr[ée]sent[ée]e?",
                    re.IGNORECASE | re.MULTILINE)  # fmt: skip
_WORDS = "|".join(word for word in NUMBER_WORDS if word not in ("zero", "un", "une"))
_SAID_PARTIES = re.compile(rf"\bentre les ({_WORDS}|\d+)\s+(signataires|parties)\b", re.IGNORECASE)
_SAID_COMMUNES = re.compile(r"(?:chacune des|l'ensemble des|ses|les|des)\s+(\d{1,3})\s+communes\b", re.IGNORECASE)
_ANNOUNCED = re.compile(rf"\b({_WORDS})\s+(?:\w+\s+){{1,7}}[^.:;\n]{{0,60}}:[ \t]*\n", re.IGNORECASE)
_ITEM = re.compile(r"^[ \t]*(?:[-–•▪→➢✓*>]|\d{1,2}[.)])[ \t]+\S", re.MULTILINE)


def find_counts(sources: Sequence[Source]) -> Iterator[Finding]:
    """Parties, communes and lists whose number is not the one that is said."""
    for source in sources:
        yield from _parties(source)
        yield from _announced(source)


def _parties(source: Source) -> Iterator[Finding]:
    listed = {fold(squeeze(match[1])): match for match in _PARTY.finditer(source.text)}
    if len(listed) < 3:
        return
    first = next(iter(listed.values()))
    last = list(listed.values())[-1]
    for match in _SAID_PARTIES.finditer(source.text):
        said = read_number(match[1])
        if said is not None and said < len(listed):
            yield Finding(
                kind="signataires",
                subject=f"{match[2]} {said:g}",
                title=f"« {squeeze(match[0])} », alors que {len(listed)} communes sont parties à la convention",
                explanation=f"La liste des parties nomme {len(listed)} communes, en plus de la Caf et, s'il y a lieu, "
                "de l'intercommunalité. La liste fait foi ; la phrase vient d'un modèle à deux signataires.",
                places=(place(source, match.start(), match.end()), *_list_places(source, first)),
            )
            break
    for match in _SAID_COMMUNES.finditer(source.text):
        said = read_number(match[1])
        if said is not None and said != len(listed) and abs(said - len(listed)) <= 2:
            yield Finding(
                kind="signataires",
                subject=f"communes {said:g} {len(listed)}",
                title=f"{said:g} communes annoncées, {len(listed)} communes dans la liste des parties",
                explanation="Le nombre de communes du territoire et celui des communes nommées comme parties ne "
                f"s'accordent pas (première : {squeeze(first[1])} ; dernière : {squeeze(last[1])}). Une commune peut "
                "ne pas signer : à vérifier.",
                places=(
                    place(source, match.start(), match.end()), place(source, first.start(), first.end()),
                    place(source, last.start(), last.end()),
                ),
            )  # fmt: skip
            break


def _list_places(source: Source, first: re.Match[str]) -> tuple[Place, ...]:
    said = _SAID_COMMUNES.search(source.text)
    composed = re.search(r"compos[ée], à parité, de représentants[^.]{5,120}communes", source.text)
    chosen = composed or said
    return (place(source, chosen.start(), chosen.end()),) if chosen else (place(source, first.start(), first.end()),)


def _announced(source: Source) -> Iterator[Finding]:
    for match in _ANNOUNCED.finditer(source.text):
        said = read_number(match[1])
        block = _block_after(source.text, match.end())
        items = list(_ITEM.finditer(source.text, match.end(), block))
        if said is None or len(items) <= said:
            continue
        yield Finding(
            kind="enumeration",
            subject=squeeze(match[0]),
            title=f"« {squeeze(match[0]).rstrip(' :')} » : {len(items)} éléments énumérés",
            explanation=f"Le texte annonce {said:g} éléments et en énumère {len(items)} : à vérifier.",
            places=(place(source, match.start(), match.end(1)), place(source, items[-1].start(), items[-1].end())),
        )


def _block_after(text: str, start: int) -> int:
    """End of the list that begins at `start`: the first paragraph that is no item."""
    position = start
    while paragraph := re.compile(r"[^\n]*\n?").match(text, position):
        line = paragraph[0]
        if not line or (line.strip() and not _ITEM.match(line) and text[position - 2 : position] == "\n\n"):
            break
        position = paragraph.end()
    return position

"""How what was extracted is compared with what a reader found: letters and digits, with the readings that are right."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from corpus.records import Equipment, FicheAction, Section
from corpus.text import letters, squeeze

Fact = dict[str, Any]
CONTEXT_KEYS = ("orientation", "project", "theme", "axe", "objectif", "state")
OWN_WORDS = ("actions", "pilote", "calendrier")


def headings_apart(kind: str, expected: list[Fact], actual: list[Section]) -> list[str]:
    """What differs between headings with a number and a title and the sections of their kind, in order."""
    faults = [] if len(actual) == len(expected) else [f"{len(actual)} {kind}s, {len(expected)} expected"]
    for wanted, section in zip(expected, actual, strict=False):
        number = str(wanted["number"] or "")
        named = re.sub(r"\D*(\d*).*", r"\1", section.label or section.title, flags=re.DOTALL)
        if named != number or not letters(section.title).endswith(letters(wanted["title"])):
            faults.append(f"{kind} {number} « {wanted['title']} » is « {section.label} » / « {section.title} »")
    return faults


def heading(text: str) -> str:
    """A title as it is compared: white space and apostrophes folded, a word cut at a line's end joined."""
    return squeeze(text).replace("’", "'").replace("- ", "-")


def same_items(field: Fact, actual: list[str]) -> bool:
    wanted = [[comparable(item) for item in items] for items in (field["items"], *field.get("or_else", ()))]
    given = [comparable(item) for item in actual]
    if field.get("cut") == "free":
        return "".join(given) in {"".join(items) for items in wanted}
    return given in wanted


def comparable(item: str) -> str:
    """Letters and digits of an item without the number of its bullet."""
    return letters(re.sub(r"^\s*\d\)\s*", "", item))


def field_fault(field: Fact, actual: list[str]) -> str:
    same_words = "".join(map(comparable, actual)) == "".join(map(comparable, field["items"]))
    what = "cut otherwise" if same_words else "missing" if not actual else "other words"
    return f"{field['ref']} {field['key']} {what}\n   truth {field['items']}\n   found {actual}"


def same_row(row: Fact, item: Equipment) -> bool:
    owner = letters(item.owner)
    if not owner or not letters(row["owner"]).endswith(owner):
        return False
    return all(letters(getattr(item, key)) in map(letters, readings(row[key])) for key in ("type", "name", "address"))


def readings(value: str | list[str] | None) -> list[str]:
    """The readings that are all right; none where the truth does not say."""
    return [value] if isinstance(value, str) else value or []


@dataclass(frozen=True)
class ActionsFound:
    """Expected actions held against those that were found."""

    pairs: list[tuple[Fact, FicheAction]]
    missing: list[Fact]
    unexpected: list[FicheAction]
    wrong: list[str]
    """What an action says otherwise than the document: another axe, another pilote."""
    unsaid: list[str]
    """What the document gives and an action leaves out."""


def match_actions(expected: list[Fact], actual: Iterable[FicheAction]) -> ActionsFound:
    """Match by closest words, then by closest context, each action once.

    Two actions that the file does not divide (`joined`) may both be found in one.
    """
    actual = tuple(actual)
    found = closest(expected, actual)
    for at, wanted in enumerate(expected):
        joined = letters(wanted.get("joined", ""))
        whole = [action for action in actual if joined and fuzz.ratio(joined, letters(action.title)) >= 95]
        if at not in found and whole:
            found[at] = whole[0]
    pairs = [(expected[at], found[at]) for at in sorted(found)]
    used = {action.id for action in found.values()}
    apart = [(wanted["text"], *context_apart(expected, wanted, action)) for wanted, action in pairs]
    return ActionsFound(
        pairs=pairs,
        missing=[wanted for at, wanted in enumerate(expected) if at not in found],
        unexpected=[action for action in actual if action.id not in used],
        wrong=[f"« {text} »: {', '.join(wrong)}" for text, wrong, _ in apart if wrong],
        unsaid=[f"« {text} »: {', '.join(unsaid)}" for text, _, unsaid in apart if unsaid],
    )


def closest(expected: list[Fact], actual: tuple[FicheAction, ...]) -> dict[int, FicheAction]:
    """Ordinal of an expected action to the one found, where their words are nearly the same."""
    scored = [
        (fuzz.ratio(letters(wanted["text"]), letters(action.title)), at, action)
        for at, wanted in enumerate(expected)
        for action in actual
    ]
    near = [
        (-score, sum(map(len, context_apart(expected, expected[at], action))), at, action)
        for score, at, action in scored
        if score >= 85
    ]
    found: dict[int, FicheAction] = {}
    for _, _, at, action in sorted(near, key=lambda one: one[:3]):
        if at not in found and action not in found.values():
            found[at] = action
    return found


def context_apart(expected: list[Fact], wanted: Fact, action: FicheAction) -> tuple[list[str], list[str]]:
    """What an action says otherwise than the document, and what it leaves unsaid."""
    wrong: list[str] = []
    unsaid: list[str] = []
    for key in CONTEXT_KEYS:
        right = readings(wanted.get(key))
        if right and not any(says(action, key, one) for one in right):
            others = {one for other in expected for one in readings(other.get(key))} - set(right)
            said_otherwise = any(says(action, key, one) for one in others)
            (wrong if said_otherwise else unsaid).append(f"{key} « {right[0]} »")
    pilote = action.text_of("pilote")
    years = re.findall(r"\b20\d\d\b", action.text_of("calendrier"))
    may_lack = wanted.get("or_null", False)
    if "pilote" in wanted and fuzz.ratio(letters(pilote), letters(wanted["pilote"])) < 90 and (pilote or not may_lack):
        (wrong if pilote else unsaid).append(f"pilote « {wanted['pilote']} », not « {pilote} »")
    if "years" in wanted and years != [str(year) for year in wanted["years"]] and (years or not may_lack):
        (wrong if years else unsaid).append(f"years {wanted['years']}, not {years}")
    return wrong, unsaid


def says(action: FicheAction, key: str, value: str) -> bool:
    """Does the context of an action (its own words, pilote and date apart) give this value?"""
    own = [v.text for name, values in action.fields.items() if name not in OWN_WORDS for v in values]
    text = letters(value)
    if key == "state":
        return any(text in letters(piece) for piece in own)
    if key == "theme":
        return any(fuzz.ratio(text, letters(piece)) >= 80 for piece in (*own, *action.section_path))
    pieces = [letters(piece) for piece in (*own, *action.section_path)]
    return any(len(piece) >= 0.6 * len(text) and fuzz.partial_ratio(text, piece) >= 80 for piece in pieces)


def surroundings(fiche: FicheAction) -> str:
    """Letters of everything that says where a fiche stands."""
    said = [fiche.ref, *fiche.section_path, *(value.text for values in fiche.fields.values() for value in values)]
    return letters(" ".join(said))

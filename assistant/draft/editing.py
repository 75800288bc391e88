"""A draft changed by its reader: lines struck, rewritten or added. Each line keeps saying where it is from."""

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from assistant.compose.labels import FIELD_LABELS
from assistant.draft.records import DRAFT_KEYS, Draft, DraftLine
from assistant.draft.wording import hole_of, is_open
from corpus.errors import QuestionRejected
from corpus.records import Citation
from corpus.text import letters, squeeze

_SAME_LINE = 60
"""From this likeness on (RapidFuzz token_sort_ratio) an edited line is still the line it was."""


def edit_section(draft: Draft, key: str, texts: Sequence[str]) -> Draft:
    """The draft with the lines of one field as its reader left them.

    A line unchanged keeps its origin; one rewritten is "adapte" and keeps its sources; a new one is "fourni"; one that
    is gone is struck. An emptied field is left to fill in. Raises QuestionRejected for a field that does not exist.
    """
    check_key(key)
    left = list(draft.fields.get(key, ()))
    made = []
    for text in filter(None, (squeeze(text) for text in texts)):
        old = _old_line(text, left)
        if old is not None:
            left.remove(old)
        made.append(_edited(text, old))
    return with_section(strike(draft, key, [line.text for line in left]), key, made)


def strike_line(draft: Draft, key: str, text: str) -> Draft:
    """The draft without one line, which does not come back. Raises QuestionRejected for an unknown field."""
    check_key(key)
    kept = [line for line in draft.fields.get(key, ()) if letters(line.text) != letters(text)]
    return with_section(strike(draft, key, [text]), key, kept)


def strike(draft: Draft, key: str, texts: Sequence[str]) -> Draft:
    """The draft remembering that these lines of a field are not wanted; holes are no lines."""
    gone = [text for text in texts if not is_open(text)]
    struck = {**draft.struck, key: tuple(dict.fromkeys((*draft.struck.get(key, ()), *gone)))}
    return draft.model_copy(update={"struck": {name: lines for name, lines in struck.items() if lines}})


def with_section(draft: Draft, key: str, lines: Sequence[DraftLine]) -> Draft:
    """The draft with other lines in one field, its sources numbered again from the top."""
    made = tuple(lines) or (DraftLine(text=hole_of(key), origin="a_completer"),)
    fields = {name: made if name == key else draft.fields.get(name, ()) for name in DRAFT_KEYS}
    return draft.model_copy(
        update={"fields": _numbered({name: rows for name, rows in fields.items() if name == key or rows})}
    )


def check_key(key: str) -> None:
    """Raises QuestionRejected, naming those that exist, where `key` is no field of a draft."""
    if key not in DRAFT_KEYS:
        names = ", ".join(f"{name} ({FIELD_LABELS[name]})" for name in DRAFT_KEYS)
        raise QuestionRejected(f"« {key} » n'est pas une rubrique de la fiche. Rubriques : {names}.")


def _old_line(text: str, lines: Sequence[DraftLine]) -> DraftLine | None:
    same = next((line for line in lines if letters(line.text) == letters(text)), None)
    if same is not None:
        return same
    near = max(lines, key=lambda line: fuzz.token_sort_ratio(line.text.lower(), text.lower()), default=None)
    likeness = 0.0 if near is None else fuzz.token_sort_ratio(near.text.lower(), text.lower())
    return near if likeness >= _SAME_LINE else None


def _edited(text: str, old: DraftLine | None) -> DraftLine:
    if old is not None and letters(old.text) == letters(text):
        return old.model_copy(update={"text": text})
    if is_open(text):
        return DraftLine(text=text, origin="a_completer", sources=old.sources if old else ())
    if old is None or old.origin in ("fourni", "a_completer", "genere"):
        return DraftLine(text=text, origin="fourni")
    return DraftLine(text=text, origin="adapte", sources=old.sources)


def _numbered(fields: Mapping[str, tuple[DraftLine, ...]]) -> dict[str, tuple[DraftLine, ...]]:
    """Sources numbered in the order of the fiche, one place under one number."""
    numbers: dict[tuple[str, int, int, str], int] = {}

    def renumber(source: Citation) -> Citation:
        place = (source.document, source.start, source.end, source.quote)
        return source.model_copy(update={"n": numbers.setdefault(place, len(numbers) + 1)})

    return {
        key: tuple(line.model_copy(update={"sources": tuple(map(renumber, line.sources))}) for line in lines)
        for key, lines in fields.items()
    }

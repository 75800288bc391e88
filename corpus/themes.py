"""The themes of a convention, and which of them a text speaks of.

A strong signal suffices, a weak one only confirms another. Themes that stand everywhere (governance, communication)
count for less in a body than in a title.
"""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field

from corpus.errors import CorpusError
from corpus.phrases import PhraseIndex, phrase_key
from corpus.records.base import HandWritten
from corpus.text import letters, words
from corpus.yamlfile import load_yaml

THEMES_FILE = Path(__file__).resolve().parent / "themes.yaml"

TITLE_FACTOR = 3.0
WEAK_SCORE = 0.4
REPEAT_SCORE = 0.2
"""What a signal adds each time it comes back, up to MAX_REPEATS times."""
MAX_REPEATS = 4
LENGTH_SCORE = 0.25
"""What each word of a signal after the first adds."""
TRANSVERSAL_FACTOR = 0.5
LEAST_SCORE = 0.75
LEAST_SHARE = 0.3
"""Themes under this share of the strongest one are left out."""
MAX_THEMES = 4


class Theme(HandWritten):
    """A field in which a convention acts."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    name: str
    order: int = Field(ge=1)
    status: Literal["socle", "extension", "transversal"]
    """socle: on the Caf's standard list; extension: local; transversal: serves all the others."""
    scope: str = Field(min_length=20)
    strong: tuple[str, ...] = Field(min_length=1)
    weak: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    """Other headings under which documents put this theme; they signal as strongly as its name."""


class _ThemesFile(HandWritten):
    themes: tuple[Theme, ...]


class _Signal(NamedTuple):
    theme: str
    strong: bool
    size: int
    """Words of the signal: a longer one says more."""


@lru_cache(maxsize=4)
def load_themes(path: Path = THEMES_FILE) -> tuple[Theme, ...]:
    """The themes, in their order.

    Raises CorpusError, with file, line and key, where the file is missing or wrong.
    """
    return tuple(sorted(load_yaml(path, _ThemesFile).themes, key=lambda theme: theme.order))


def theme_names() -> dict[str, str]:
    """Id to name of each theme, in their order."""
    return {theme.id: theme.name for theme in load_themes()}


def find_themes(
    text: str = "", *, title: str = "", body: str = "", themes: tuple[Theme, ...] | None = None
) -> tuple[str, ...]:
    """Ids of the themes that a text speaks of, the strongest first; empty where nothing signals one.

    A title weighs three times a body; `text` is a body. At most four themes are given.
    """
    themes = load_themes() if themes is None else themes
    signals = _signals(themes)
    in_title = _scores(signals, title)
    in_body = _scores(signals, f"{text}\n{body}")
    scores: dict[str, float] = {}
    for theme in themes:
        factor = TRANSVERSAL_FACTOR if theme.status == "transversal" else 1.0
        strong_key, weak_key = (theme.id, True), (theme.id, False)
        strong = in_title.get(strong_key, 0.0) * TITLE_FACTOR + in_body.get(strong_key, 0.0) * factor
        weak = in_title.get(weak_key, 0.0) * TITLE_FACTOR + in_body.get(weak_key, 0.0) * factor
        confirmed = strong or in_title.get(weak_key, 0.0) + in_body.get(weak_key, 0.0) >= 2
        scores[theme.id] = strong + weak * WEAK_SCORE if confirmed else 0.0
    return _strongest(scores)


def _strongest(scores: dict[str, float]) -> tuple[str, ...]:
    best = max(scores.values(), default=0.0)
    kept = [theme for theme, score in scores.items() if score >= max(LEAST_SCORE, LEAST_SHARE * best)]
    return tuple(sorted(kept, key=lambda theme: -scores[theme])[:MAX_THEMES])


def _scores(signals: PhraseIndex[_Signal], text: str) -> dict[tuple[str, bool], float]:
    """Score of each theme in a text, strong and weak signals apart: a distinct signal counts one, its repeats less."""
    counts: dict[tuple[_Signal, tuple[str, ...]], int] = {}
    text_words = words(text)
    for found in signals.find(text_words):
        written = tuple(text_words[found.start : found.end])
        for signal in found.items:
            counts[signal, written] = counts.get((signal, written), 0) + 1
    scores: dict[tuple[str, bool], float] = {}
    for (signal, _), count in counts.items():
        score = 1 + LENGTH_SCORE * (signal.size - 1) + REPEAT_SCORE * min(count - 1, MAX_REPEATS)
        scores[signal.theme, signal.strong] = scores.get((signal.theme, signal.strong), 0.0) + score
    return scores


@lru_cache(maxsize=4)
def _signals(themes: tuple[Theme, ...]) -> PhraseIndex[_Signal]:
    return PhraseIndex(_phrases(themes))


def _phrases(themes: Iterable[Theme]) -> Iterable[tuple[str, _Signal]]:
    for theme in themes:
        for phrase in dict.fromkeys((theme.name, *theme.strong, *theme.acronyms, *theme.aliases)):
            yield phrase, _Signal(theme.id, True, len(phrase_key(phrase)))
        for phrase in theme.weak:
            yield phrase, _Signal(theme.id, False, len(phrase_key(phrase)))


def resolve_theme(name: str) -> str:
    """Id of the theme that a person names by its id, its name or an alias.

    Raises CorpusError with the themes that exist where the name fits none.
    """
    wanted = letters(name)
    for theme in load_themes():
        if wanted in {letters(form) for form in (theme.id, theme.name, *theme.aliases)}:
            return theme.id
    known = ", ".join(theme.id for theme in load_themes())
    raise CorpusError(f"Le thème « {name} » n'existe pas. Thèmes connus : {known}.")

"""What each step of the search brings, from plain words to all that is shipped: `python -m eval.steps [dev|test]`."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from assistant.retrieve.search import Searcher
from assistant.service import Assistant
from assistant.understand.spelling import Speller
from assistant.understand.territories import TerritoryFinder
from corpus.settings import Settings, load_settings
from eval.ablation import ablation_markdown, measure_steps
from eval.records import Split

Change = Callable[[Searcher], Searcher]

_STRUCTURE = ("field", "reference", "history", "theme", "figure", "neighbour", "length")


class _NoExpansion:
    """A lexicon that knows nothing."""

    def expand(self, question_words: Sequence[str]) -> Sequence[tuple[tuple[int, int], tuple[tuple[str, float], ...]]]:
        return ()


def steps(settings: Settings) -> Iterator[tuple[str, Assistant]]:
    """The search with one more part in use each time; the last one is what is shipped."""
    undone: list[tuple[str, Change]] = [
        ("mots seuls (BM25, racines françaises)", _without_structure),
        ("+ structure (champs, titres, fiches, passages élargis)", _without_territories),
        ("+ territoires reconnus", _without_spelling),
        ("+ orthographe réparée", _without_lexicon),
        ("+ lexique et glossaire", _without_associations),
        ("+ mots associés appris", _without_meaning),
        ("+ vecteurs multilingual-e5-small", _without_questions),
        ("+ questions connues (métrique apprise)", lambda searcher: searcher),
    ]
    for place, (name, _) in enumerate(undone):
        yield name, Assistant(settings, change=_chain([change for _, change in undone[place:]]))


def _chain(changes: Sequence[Change]) -> Change:
    def changed(searcher: Searcher) -> Searcher:
        for change in changes:
            searcher = change(searcher)
        return searcher

    return changed


def _without_structure(searcher: Searcher) -> Searcher:
    weights = searcher.weights.model_copy(update={**dict.fromkeys(_STRUCTURE, 0), "signatories": 1.0})
    return replace(searcher, weights=weights)


def _without_territories(searcher: Searcher) -> Searcher:
    return replace(searcher, understanding=replace(searcher.understanding, finder=TerritoryFinder([])))


def _without_spelling(searcher: Searcher) -> Searcher:
    return replace(searcher, understanding=replace(searcher.understanding, speller=Speller({})))


def _without_lexicon(searcher: Searcher) -> Searcher:
    return replace(searcher, understanding=replace(searcher.understanding, lexicon=_NoExpansion()))


def _without_associations(searcher: Searcher) -> Searcher:
    return replace(searcher, understanding=replace(searcher.understanding, associations={}))


def _without_meaning(searcher: Searcher) -> Searcher:
    return replace(searcher, embedder=None)


def _without_questions(searcher: Searcher) -> Searcher:
    return replace(searcher, weights=searcher.weights.model_copy(update={"questions": 0.0}))


def main() -> None:
    """Print the table of the steps for a part of the questions."""
    split = cast(Split, sys.argv[1] if len(sys.argv) > 1 else "dev")
    settings = load_settings()
    print(ablation_markdown(measure_steps(steps(settings), settings, split)))


if __name__ == "__main__":
    main()

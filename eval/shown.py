"""`python -m eval.shown`: twenty answers in full with the judgement of a reader, in `docs/reponses.md`."""

from pathlib import Path

from pydantic import Field

from assistant.service import Assistant
from corpus.records import Answer
from corpus.records.base import HandWritten
from corpus.settings import load_settings
from corpus.yamlfile import load_yaml

QUESTIONS = Path(__file__).with_name("shown.yaml")
PAGE = Path(__file__).parents[1] / "docs" / "reponses.md"
_QUOTE = 220


class ShownQuestion(HandWritten):
    """A conversation, and what a reader thinks of its last answer."""

    ask: tuple[str, ...] = Field(min_length=1)
    verdict: str


class ShownQuestions(HandWritten):
    """shown.yaml."""

    questions: tuple[ShownQuestion, ...]


def main() -> None:
    """Ask each question and write the page; the judgements are those of shown.yaml."""
    assistant = Assistant(load_settings())
    shown = load_yaml(QUESTIONS, ShownQuestions).questions
    parts = [
        "# Vingt réponses, telles qu'affichées\n\n"
        "Sans modèle de langage, sur les cinq documents livrés. Les questions ne viennent pas du jeu d'évaluation. "
        "Les réponses sont recopiées par `python -m eval.shown`, les jugements sont écrits à la main "
        "(`eval/shown.yaml`) après lecture des documents."
    ]
    for number, one in enumerate(shown, start=1):
        answer = assistant.ask(one.ask[0]) if len(one.ask) == 1 else assistant.ask_turns(one.ask)
        heading = " → ".join(one.ask)
        parts.append(f"## {number}. {heading}\n\n{_printed(answer)}\n\n**Jugement** : {one.verdict or 'à écrire'}")
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print(f"{len(shown)} réponses : {PAGE.name}")


def _printed(answer: Answer) -> str:
    notices = "".join(f"\n- ⚠ {notice.text}" for notice in answer.notices)
    sources = "".join(
        f"\n- [{one.n}] {one.territory or 'Note du projet'}, {one.section}"
        + (f", p. {one.page}" if one.page else "")
        + f" : « {one.quote[:_QUOTE]}{'…' if len(one.quote) > _QUOTE else ''} »"
        for one in answer.citations
    )
    return f"{answer.answer}\n{notices}\n\n<details><summary>Sources</summary>\n{sources}\n\n</details>"


if __name__ == "__main__":
    main()

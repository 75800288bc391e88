"""Names and figures of conventions that no manifest knows: none reaches a draft for somebody else."""

import re
import shutil
from pathlib import Path

import pytest
from draft_support import HOLE, taken_lines
from hostile_conventions import BRUME, FOREIGN, GRANIT

from assistant.draft.request import read_request
from assistant.service import Assistant
from corpus.settings import Settings
from corpus.text import squeeze
from ingest.pipeline import ingest_corpus

ASKED = (
    "guichet unique petite enfance pour la CC du Val Fleuri, 12 communes",
    "attribution des places en crèche et information des familles, CC du Val Fleuri",
    "soutien aux assistantes maternelles pour la CC du Val Fleuri",
)


@pytest.fixture(scope="module")
def with_strangers(corpus_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("donnees")
    shutil.copytree(corpus_data_dir / "index", folder / "index")
    files = []
    for name, text in (("brume", BRUME), ("granit", GRANIT)):
        files.append(folder / f"{name}.txt")
        files[-1].write_text(text, encoding="utf-8")
    settings = Settings(data_dir=folder, _env_file=None)  # type: ignore[call-arg]
    ingest_corpus(settings, files)
    return Assistant(settings)


def foreign_in(text: str) -> list[str]:
    said = squeeze(HOLE.sub(" ", text)).lower().replace("’", "'")
    return [name for name in FOREIGN if re.search(rf"\b{re.escape(name)}\b", said)]


def test_their_lines_are_drawn_on(with_strangers: Assistant) -> None:
    """Otherwise nothing is proved: they lend lines, and those hold such names before they are taken off."""
    strangers = {d.entry.id for d in with_strangers.index.documents()} - {
        "cordais-causse", "creusot-montceau-nord", "firminy-chambon-ricamarie", "gevrey-nuits", "monts-du-pilat",
    }  # fmt: skip
    assert len(strangers) == 2
    draft = with_strangers.draft(ASKED[0])
    assert strangers <= {source.document for source in draft.citations()}
    raw = [value.text for name in strangers for fiche in with_strangers.index.fiches(name)
           for values in fiche.fields.values() for value in values]  # fmt: skip
    assert {name for text in raw for name in foreign_in(text)} >= {"brumeval", "ferrand", "dix-sept", "arc-en-ciel"}


@pytest.mark.parametrize("asked", ASKED)
def test_no_name_nor_figure_of_theirs_in_a_draft_or_in_any_line_that_could_be(
    with_strangers: Assistant, asked: str
) -> None:
    room = with_strangers._current().drafting
    request = read_request(asked, with_strangers._current().searcher.understanding.finder)
    lines = {line.text for _, line in taken_lines(with_strangers.draft(asked))}
    lines |= {line.text for line in room.candidates(request)}
    assert not {text: found for text in lines if (found := foreign_in(text))}

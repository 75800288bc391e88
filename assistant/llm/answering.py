"""Answers written by a language model from the evidence, checked one sentence at a time; the extractive in reserve."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.compose.citing import CitationBook
from assistant.compose.lines import REFUSAL
from assistant.llm.check import CheckedSentence, check_sentences
from assistant.llm.client import ModelFault, stream_completion
from assistant.llm.evidence import NumberedEvidence, number_evidence
from assistant.llm.prompt import fill_prompt
from assistant.retrieve.search import SearchResult
from corpus.index.reader import Index
from corpus.records import Answer, Notice, RankedPassage, Statement
from corpus.settings import Settings
from corpus.text import letters
from corpus.units import Unit

WRITTEN_INTENTS = frozenset({"fait", "champ", "liste", "procedure", "resume"})
"""Intents whose prose a model may write; what is computed (counts, tables, duties) stays computed."""
_UNSUPPORTED = " (non vérifié dans les sources)"


@dataclass(frozen=True)
class Piece:
    """What streams: a piece of text, then the final answer."""

    text: str = ""
    answer: Answer | None = None


def write_answer(settings: Settings, index: Index, result: SearchResult, extractive: Answer) -> Iterator[Piece]:
    """Pieces of the model's text, then the checked answer; the extractive answer with a notice on any fault."""
    begin = time.monotonic()
    evidence = number_evidence(result.passages)
    try:
        prompt = fill_prompt("reponse", question=result.query.resolved_question, extraits=evidence.text, refus=REFUSAL)
        received = []
        for piece in stream_completion(settings, prompt, settings.llm_deadline_s - (time.monotonic() - begin)):
            received.append(piece)
            yield Piece(text=piece)
        yield Piece(answer=_checked(index, evidence, "".join(received), extractive))
    except ModelFault as fault:
        yield Piece(answer=_fall_back(extractive, str(fault)))


def _checked(index: Index, evidence: NumberedEvidence, text: str, extractive: Answer) -> Answer:
    if letters(REFUSAL) in letters(text):
        return _fall_back(extractive, "Le modèle de langue n'a pas trouvé la réponse dans les extraits.")
    sources = [
        f"{ranked.territory} {ranked.passage.address()} {ranked.fiche_title or ''} {ranked.passage.text}"
        for ranked in evidence.passages
    ]
    sentences = check_sentences(text, sources)
    if not any(sentence.supported for sentence in sentences):
        return _fall_back(extractive, "Le texte du modèle de langue n'était pas vérifiable dans les extraits.")
    book = CitationBook(index)
    statements = [_statement(book, evidence, sentence) for sentence in sentences]
    invented = sum(len(sentence.invented) for sentence in sentences)
    unsupported = sum(1 for sentence in sentences if not sentence.supported)
    notices = list(extractive.notices)
    if invented or unsupported:
        notices.append(Notice(kind="model-fault", text=_fault_text(unsupported, invented)))
    return extractive.model_copy(
        update={
            "mode": "llm",
            "answer": " ".join(_marked(statement) for statement in statements),
            "statements": tuple(statements),
            "citations": book.citations(),
            "notices": tuple(notices),
            "dropped_citations": extractive.dropped_citations + invented,
        }
    )


def _statement(book: CitationBook, evidence: NumberedEvidence, sentence: CheckedSentence) -> Statement:
    cited = [evidence.passages[number - 1] for number in sentence.cited]
    numbers = tuple(dict.fromkeys(filter(None, (_cite(book, ranked) for ranked in cited))))
    documents = {ranked.passage.document for ranked in cited}
    alone = cited[0] if len(documents) == 1 else None
    return Statement(
        text=sentence.text,
        citations=numbers,
        supported=sentence.supported and bool(numbers),
        nature="pratique",
        territory=alone.territory if alone else None,
        document=alone.passage.document if alone else None,
    )


def _cite(book: CitationBook, ranked: RankedPassage) -> int | None:
    return book.cite(Unit(ranked.passage.text, ranked.passage.spans, ranked.passage))


def _marked(statement: Statement) -> str:
    marks = "".join(f"[{number}]" for number in statement.citations)
    return f"{statement.text}{'' if statement.supported else _UNSUPPORTED} {marks}".strip()


def _fault_text(unsupported: int, invented: int) -> str:
    parts = []
    if unsupported:
        parts.append(
            "une phrase du modèle n'est pas vérifiée dans les sources"
            if unsupported == 1
            else f"{unsupported} phrases du modèle ne sont pas vérifiées dans les sources"
        )
    if invented:
        parts.append(
            "un renvoi inventé a été retiré" if invented == 1 else f"{invented} renvois inventés ont été retirés"
        )
    text = " ; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def _fall_back(extractive: Answer, sentence: str) -> Answer:
    notice = Notice(kind="model-fault", text=f"{sentence} Voici la réponse composée sans lui.")
    return extractive.model_copy(update={"notices": (*extractive.notices, notice)})

"""What readers say of answers, kept where `ctg eval --from-feedback` finds it."""

import threading

from assistant.page.conversation import Exchange
from corpus.files import not_writable
from corpus.settings import Settings
from corpus.text import squeeze
from eval.feedback import Feedback, feedback_file

_writing = threading.Lock()
_MOST_BYTES = 20_000_000
"""Beyond, the file grows no more: nobody may fill the disk by clicking."""


REASONS = {
    "repond-pas": "Ne répond pas à la question",
    "incomplet": "Incomplet",
    "faux": "Faux, ou mal compris",
    "source": "La source ne dit pas cela",
    "confus": "Confus ou trop long",
}
"""Key to words of why an answer is of no use."""
_UNSAID = "réponse jugée pas utile"
_LONGEST = 500


def reason_of(key: str, words: str) -> str:
    """Why an answer is of no use, as it is kept: the reason chosen, and the reader's own words."""
    chosen = REASONS.get(key, _UNSAID)
    added = squeeze(words)[:_LONGEST]
    return f"{chosen} : {added}" if added else chosen


def keep_feedback(settings: Settings, exchange: Exchange, *, reason: str | None) -> None:
    """Add one line; `reason` None where the answer was useful.

    Raises StoreNotWritable where the data folder cannot be written.
    """
    record = Feedback(
        question=exchange.answer.resolved_question[:4000],
        answer=exchange.answer.answer[:8000],
        reason=reason,
        generation=exchange.generation,
    )
    path = feedback_file(settings)
    with _writing:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and path.stat().st_size > _MOST_BYTES:
                return
            with path.open("a", encoding="utf-8") as file:
                file.write(record.model_dump_json() + "\n")
        except OSError as error:
            raise not_writable(path.parent, error) from error

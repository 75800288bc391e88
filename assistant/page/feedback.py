"""What readers say of answers, kept where `ctg eval --from-feedback` finds it."""

import threading

from assistant.page.conversation import Exchange
from corpus.files import not_writable
from corpus.settings import Settings
from eval.feedback import Feedback, feedback_file

_writing = threading.Lock()
_MOST_BYTES = 20_000_000
"""Beyond, the file grows no more: nobody may fill the disk by clicking."""


def keep_feedback(settings: Settings, exchange: Exchange, *, good: bool) -> None:
    """Add one line. Raises StoreNotWritable where the data folder cannot be written."""
    record = Feedback(
        question=exchange.answer.resolved_question[:4000],
        answer=exchange.answer.answer[:8000],
        reason=None if good else "réponse jugée pas utile",
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

"""The language model behind one call: a stream of text with a total deadline, every fault named.

The library's own time-outs cover neither a server that drips nor a stream that stops early, and it reports nothing of
an HTML page or of a cut answer: the deadline is kept here and the end of the stream is checked here.
"""

import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.settings import Settings

_END = object()
_LONGEST_ANSWER_TOKENS = 700


class ModelFault(Exception):
    """The model did not give a whole answer; str(fault) is a French sentence for the reader."""


@dataclass(frozen=True)
class _Failure:
    sentence: str


def model_is_configured(settings: Settings) -> bool:
    """True where an address and a model name are set."""
    return bool(settings.llm_url and settings.llm_model)


def stream_completion(settings: Settings, prompt: str, deadline_s: float | None = None) -> Iterator[str]:
    """Pieces of the model's answer as they come.

    Raises ModelFault when the server is down, hangs, drips past the deadline, refuses, or ends before its end.
    """
    import llama_index.llms.openai_like  # noqa: F401  # loaded before the clock starts: it takes seconds the first time

    deadline = time.monotonic() + (deadline_s if deadline_s is not None else settings.llm_deadline_s)
    pieces: queue.Queue[Any] = queue.Queue()
    stop = threading.Event()
    worker = threading.Thread(target=_pump, args=(settings, prompt, deadline, pieces, stop), daemon=True)
    worker.start()
    received = False
    try:
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise ModelFault("Le modèle de langue n'a pas fini dans le temps accordé.")
            try:
                piece = pieces.get(timeout=left)
            except queue.Empty:
                raise ModelFault("Le modèle de langue ne répond pas dans le temps accordé.") from None
            if piece is _END:
                if not received:
                    raise ModelFault("Le modèle de langue a rendu une réponse vide.")
                return
            if isinstance(piece, _Failure):
                raise ModelFault(piece.sentence)
            received = received or bool(piece.strip())
            yield piece
    finally:
        stop.set()


def _pump(settings: Settings, prompt: str, deadline: float, pieces: "queue.Queue[Any]", stop: threading.Event) -> None:
    """Runs in its own thread, so that a hung server holds nobody else."""
    import httpx
    import openai
    from llama_index.core.llms import ChatMessage
    from llama_index.llms.openai_like import OpenAILike

    left = max(1.0, deadline - time.monotonic())
    model = OpenAILike(
        model=settings.llm_model or "",
        api_base=settings.llm_url,
        api_key=settings.llm_key.get_secret_value() if settings.llm_key else "sans-cle",
        is_chat_model=True,
        temperature=0.0,
        max_tokens=_LONGEST_ANSWER_TOKENS,
        max_retries=0,
        timeout=left,
        context_window=8192,
    )
    reason: str | None = None
    try:
        for response in model.stream_chat([ChatMessage(role="user", content=prompt)]):
            if stop.is_set():
                return
            reason = _finish_reason(response.raw) or reason
            if response.delta:
                pieces.put(response.delta)
    except openai.APIStatusError as error:
        pieces.put(_Failure(_status_sentence(error.status_code)))
    except openai.APITimeoutError:
        pieces.put(_Failure("Le modèle de langue ne répond pas dans le temps accordé."))
    except openai.APIConnectionError:
        pieces.put(_Failure("Le modèle de langue est injoignable."))
    except (openai.OpenAIError, httpx.HTTPError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        pieces.put(_Failure("Le modèle de langue a rendu une réponse illisible."))
    else:
        pieces.put(_END if reason == "stop" else _Failure(_ending_sentence(reason)))


def _finish_reason(raw: Any) -> str | None:
    choices = getattr(raw, "choices", None) or []
    return getattr(choices[0], "finish_reason", None) if choices else None


def _ending_sentence(reason: str | None) -> str:
    if reason == "length":
        return "La réponse du modèle de langue a été coupée (trop longue)."
    return "La réponse du modèle de langue s'est interrompue avant la fin."


def _status_sentence(status: int) -> str:
    if status in (401, 403):
        return "Le modèle de langue refuse la clé : vérifiez CTG_LLM_KEY."
    if status == 404:
        return "Le modèle de langue demandé n'existe pas à cette adresse : vérifiez CTG_LLM_URL et CTG_LLM_MODEL."
    if status == 429:
        return "Le modèle de langue est saturé : réessayez dans un moment."
    return f"Le modèle de langue est en panne (erreur {status})."

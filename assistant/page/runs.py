"""Answers in the making, and how a reader stops theirs.

Not by Gradio's `cancels`: that closes the browser's stream of events while the outcome of the click is still to come
through it, so that on a slow machine the page waited for ever. Here the run itself sees that it was stopped and ends
with the state to show: whatever comes first, the run's own last word is the last.
"""

import queue
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

from corpus.errors import AssistantError

_Piece = TypeVar("_Piece")
_LOOK_S = 0.1
"""Time between two looks at whether a run that has nothing to say was stopped."""


class Runs:
    """The runs in progress, by browser session."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[str, set[threading.Event]] = {}

    def begin(self, session: str) -> threading.Event:
        """A run begins; the event is set once it is stopped."""
        stopped = threading.Event()
        with self._lock:
            self._running.setdefault(session, set()).add(stopped)
        return stopped

    def end(self, session: str, stopped: threading.Event) -> None:
        """The run is over, however it went."""
        with self._lock:
            others = self._running.get(session, set())
            others.discard(stopped)
            if not others:
                self._running.pop(session, None)

    def stop(self, session: str) -> None:
        """Stop what this session has running; a run that begins later is not touched."""
        with self._lock:
            for stopped in self._running.get(session, ()):
                stopped.set()


def until_stopped(make: Callable[[], Iterator[_Piece]], stopped: threading.Event) -> Iterator[_Piece]:
    """The pieces as they come, no longer once `stopped` is set, even while the next one is being waited for.

    They are made in a thread of their own, which ends at its next piece. Raises AssistantError where making them does,
    or breaks.
    """
    waiting: queue.Queue[_Piece | None] = queue.Queue()
    left = threading.Event()
    fault: list[AssistantError] = [AssistantError("La réponse s'est interrompue : posez la question à nouveau.")]

    def work() -> None:
        try:
            for piece in make():
                waiting.put(piece)
                if stopped.is_set() or left.is_set():
                    break
            fault.clear()
        except AssistantError as error:
            fault[0] = error
        finally:
            waiting.put(None)

    threading.Thread(target=work, daemon=True).start()
    try:
        while not stopped.is_set():
            try:
                piece = waiting.get(timeout=_LOOK_S)
            except queue.Empty:
                continue
            if piece is not None:
                yield piece
            elif fault:
                raise fault[0]
            else:
                return
    finally:
        # Also where the reader left: nobody waits for the rest.
        left.set()

"""Files made for a download. Gradio copies them and forgets its copies within the hour; so do we with ours."""

import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.draft.records import Draft
from assistant.export.conversation import write_conversation
from assistant.export.fiche import write_fiche
from assistant.export.tables import write_comparison
from assistant.page.conversation import Exchange
from corpus.errors import ExportFailed
from corpus.records import Answer

_PREFIX = "ctg-export-"
_KEPT_S = 3600


def export_file(exchanges: Sequence[Exchange], ending: str) -> str:
    """Path of a file with the conversation. Raises ExportFailed where there is nothing to export."""
    answers = [exchange.answer for exchange in exchanges if exchange.error is None]
    if not answers:
        raise ExportFailed("Il n'y a encore rien à exporter : posez d'abord une question.")
    return str(write_conversation(answers, _new_path(f"conversation-ctg{ending}")))


def export_table(answer: Answer, ending: str) -> str:
    """Path of a file with the table of a comparison. Raises ExportFailed where it has none."""
    return str(write_comparison(answer, _new_path(f"comparaison-ctg{ending}")))


def export_draft(draft: Draft, ending: str, template: Path | None = None) -> str:
    """Path of a file with a drafted fiche; `template`: a DOCX to fill. Raises ExportFailed."""
    return str(write_fiche(draft, _new_path(f"fiche-action{ending}"), template if ending == ".docx" else None))


def _new_path(name: str) -> Path:
    for old in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if time.time() - old.stat().st_mtime > _KEPT_S:
            shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=_PREFIX)) / name

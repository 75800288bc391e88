"""The divergences of the corpus: each with its versions, quoted, and what is known of which one to follow."""

from collections.abc import Sequence

from assistant.conflicts import Conflict
from assistant.page.rendering.marks import mark
from assistant.page.rendering.text import badge, counted, notice, shown, shown_source
from corpus.records import Citation


def render_conflicts(found: Sequence[Conflict]) -> str:
    """Every divergence; a sentence where there is none."""
    if not found:
        return notice("Aucune divergence n'a été relevée entre les documents, ni dans l'un d'eux.")
    count = f'<p class="ctg-evidence">{counted(len(found), "divergence")}</p>'
    return count + "".join(_conflict(conflict) for conflict in found)


def _conflict(conflict: Conflict) -> str:
    where = "Dans un même document" if conflict.internal else "Entre documents"
    versions = "".join(f"<li>{_version(version)}</li>" for version in conflict.versions)
    return (
        f'<details class="ctg-fiche"><summary>{shown(conflict.title)}</summary><p>{badge("draft", where)}</p>'
        f"<p>{shown(conflict.explanation)}</p><ul>{versions}</ul></details>"
    )


def _version(version: Citation) -> str:
    return f"{badge('status', version.territory or version.document)} « {shown_source(version.quote)} » {mark(version)}"

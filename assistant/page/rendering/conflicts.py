"""The divergences of the corpus: each with its versions, quoted, and what is known of which one to follow."""

from collections.abc import Sequence

from assistant.conflicts import Conflict
from assistant.page.rendering.marks import mark
from assistant.page.rendering.text import badge, counted, notice, shown, shown_source
from corpus.records import Citation

_BETWEEN = "Entre documents"


def render_conflicts(found: Sequence[Conflict]) -> str:
    """Every divergence, those between documents first, then those of each territory; a sentence where there is none."""
    if not found:
        return notice("Aucune divergence n'a été relevée entre les documents, ni dans l'un d'eux.")
    groups: dict[str, list[Conflict]] = {_BETWEEN: []}
    for conflict in found:
        inside = conflict.versions[0].territory if conflict.internal and conflict.versions else None
        groups.setdefault(inside or _BETWEEN, []).append(conflict)
    count = f'<p class="ctg-evidence">{counted(len(found), "divergence")}</p>'
    return count + "".join(_group(name, conflicts) for name, conflicts in groups.items() if conflicts)


def _group(name: str, conflicts: Sequence[Conflict]) -> str:
    return f"<h3>{shown(name)} ({len(conflicts)})</h3>{''.join(map(_conflict, conflicts))}"


def _conflict(conflict: Conflict) -> str:
    where = "Dans un même document" if conflict.internal else _BETWEEN
    versions = "".join(f"<li>{_version(version)}</li>" for version in conflict.versions)
    return (
        f'<details class="ctg-fiche"><summary>{shown(conflict.title)}</summary><p>{badge("draft", where)}</p>'
        f"<p>{shown(conflict.explanation)}</p><ul>{versions}</ul></details>"
    )


def _version(version: Citation) -> str:
    return f"{badge('status', version.territory or version.document)} « {shown_source(version.quote)} » {mark(version)}"

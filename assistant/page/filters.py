"""The filters under a question: territory, theme, document. What they narrow, and how an answer tells what held."""

from collections.abc import Iterable, Sequence

from pydantic import Field

from assistant.service import Assistant
from corpus.index.reader import DocumentRecord
from corpus.records import Query
from corpus.records.base import Record
from corpus.themes import theme_names

ANY = ""
"""Value of a filter that filters nothing."""
_NO_SUBJECT = frozenset({"conversation", "glossaire", "corpus"})
"""Intents whose answer does not follow the theme of the question."""


class Filters(Record):
    """What a reader chose under the question; every part may be empty."""

    territory: str = Field(default=ANY, max_length=120)
    """Short name of a territory: all its documents."""
    theme: str = Field(default=ANY, max_length=60)
    """Id of a theme."""
    document: str = Field(default=ANY, max_length=120)
    """Id of a document; it goes before the territory."""


def documents_of(records: Sequence[DocumentRecord], filters: Filters) -> tuple[str, ...]:
    """Ids of the documents that the filters leave; empty where they leave all."""
    known = [record.entry.id for record in records]
    if filters.document in known:
        return (filters.document,)
    return tuple(record.entry.id for record in records if record.entry.territory.short_name == filters.territory)


def theme_of(filters: Filters) -> str | None:
    """Id of the theme chosen; None where there is none that exists."""
    return filters.theme if filters.theme in theme_names() else None


def name_filters(filters: Filters, records: Sequence[DocumentRecord] = ()) -> str:
    """A line that names what was chosen, or says what can be."""
    titles = [record.entry.title for record in records if record.entry.id == filters.document]
    chosen = [*(titles or [filters.territory]), theme_names().get(filters.theme, ANY)]
    if not any(chosen):
        return "Limiter à un territoire, un thème ou un document"
    return f"Réponses limitées à : {_listed(filter(None, chosen))}"


def told_filters(service: Assistant, filters: Filters, query: Query) -> tuple[str, ...]:
    """What narrowed an answer, in words: first what was chosen, then what the question itself names."""
    names = {record.entry.id: record.entry for record in service.documents()}
    told = []
    if filters.document in names:
        told.append(f"Document choisi : {names[filters.document].title}")
    elif filters.territory:
        told.append(f"Territoire choisi : {filters.territory}")
    elif query.territories:
        told.append(f"Territoire : {_listed(names[one].territory.short_name for one in query.territories)}")
    if query.excluded:
        told.append(f"Sans : {_listed(names[one].territory.short_name for one in query.excluded)}")
    themes = theme_names()
    if filters.theme in themes:
        told.append(f"Thème choisi : {themes[filters.theme]}")
    elif query.themes and query.intent not in _NO_SUBJECT:
        told.append(f"Thème : {themes.get(query.themes[0], query.themes[0])}")
    return tuple(told)


def territory_choices(records: Sequence[DocumentRecord]) -> list[tuple[str, str]]:
    """Names to show and values of the territory filter."""
    names = dict.fromkeys(record.entry.territory.short_name for record in records)
    return [("Tous", ANY), *((name, name) for name in names)]


def document_choices(records: Sequence[DocumentRecord], territory: str | None) -> list[tuple[str, str]]:
    """Names to show and values of the document filter: those of the territory, where one is chosen."""
    kept = [record.entry for record in records if not territory or record.entry.territory.short_name == territory]
    return [("Tous", ANY), *((entry.title, entry.id) for entry in kept)]


def theme_choices() -> list[tuple[str, str]]:
    """Names to show and values of the theme filter."""
    return [("Tous", ANY), *((name, theme) for theme, name in theme_names().items())]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))

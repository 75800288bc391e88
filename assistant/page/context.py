"""What every panel needs, and the one way in which panels show markup of ours and hear its buttons."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from assistant.page.rendering.text import notice
from assistant.page.signin import Sessions
from assistant.service import Assistant
from corpus.errors import AssistantError
from corpus.settings import Settings

_Result = TypeVar("_Result")


@dataclass
class PageContext:
    """The service, and the components that panels share."""

    service: Assistant
    settings: Settings
    sessions: Sessions | None = None
    """None where the page has no accounts: whoever opens it may also edit."""
    source: Any = None
    """The HTML component of the source panel; set before the panels are built."""
    territory: Any = None
    """Browser state with what the user told of their territory; set before the panels are built."""
    draft: Any = None
    """Browser state with the fiche being drafted; set before the panels are built: Gradio reads a state that stands
    within a tab only once the tab is chosen."""
    thread: Any = None
    """The HTML component of the conversation; set by the panel that asks."""
    marked: list[Any] = field(default_factory=list)
    """HTML components whose marks open the source panel."""

    def may_edit(self, user: str | None) -> bool:
        """Whether a signed-in name (None: nobody signs in here) may add and remove documents."""
        if self.sessions is None:
            return True
        account = self.sessions.account_named(user)
        return account is not None and account.role == "editor"

    def html(self, value: str, name: str, events: Iterable[str] = (), opens_sources: bool = True) -> Any:
        """A component for markup of ours. `events`: actions of its buttons that a panel listens to."""
        import gradio as gr

        names = [*(["source"] if opens_sources else []), *events]
        # Gradio offers an event only where its quoted name stands in this line.
        heard = ", ".join(f"'{event}'" for event in names)
        component = gr.HTML(
            value, elem_id=name, apply_default_css=False, padding=False, container=False,
            js_on_load=f"window.ctg.listen(element, trigger, [{heard}]);",
        )  # fmt: skip
        if opens_sources:
            self.marked.append(component)
        return component


def documents_to_choose(service: Assistant) -> list[tuple[str, str]]:
    """Title and id of each document, for a list to choose from; empty where there is no index to read them from."""
    return told(lambda: [(record.entry.title, record.entry.id) for record in service.documents()], lambda _: [])


def click_when_ready(name: str) -> str:
    """What the browser runs once the hidden download button `name` has its file."""
    return f"() => {{ setTimeout(() => document.querySelector('#{name}').click(), 150); }}"


@dataclass
class Hooks:
    """What a panel must run by itself: function, inputs, outputs."""

    page: list[tuple[Any, Any, Any]] = field(default_factory=list)
    """When the page opens: what is quick, or belongs to the reader."""
    tab: list[tuple[Any, Any, Any]] = field(default_factory=list)
    """Each time the panel's tab is chosen: what is long to make or to send, and must be fresh."""


def told(make: Callable[[], _Result], shown: Callable[[str], _Result]) -> _Result:
    """What `make` makes, or `shown` of the sentence of what went wrong."""
    try:
        return make()
    except AssistantError as error:
        return shown(str(error))


def told_html(make: Callable[[], str]) -> str:
    """Markup, or a box with the sentence of what went wrong."""
    return told(make, lambda sentence: notice(sentence, "error", role="alert"))

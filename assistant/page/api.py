"""The typed interface for programs: the page's functions with the command line's JSON, by two ways.

Gradio's client: `Client("http://127.0.0.1:7860").predict("Qui pilote le guichet unique ?", [], api_name="/ask")`.
Any MCP client over streamable HTTP, at `http://127.0.0.1:7860/gradio_api/mcp/`: each function is a tool, its docstring
the description that a model reads.
"""

import json
from typing import Any

import gradio as gr

from assistant.draft.payload import draft_payload
from assistant.obligations.evidence import IndexTexts
from assistant.obligations.rules import which_obligations
from assistant.obligations.situation import make_situation
from assistant.page.context import told
from assistant.payloads import answer_payload, search_payload
from assistant.service import Assistant
from corpus.themes import resolve_theme

MOST_PASSAGES = 50
Json = dict[str, Any]


class Api:
    """The functions; a mistake of the caller comes back as {"error": sentence}, never as a fault."""

    def __init__(self, service: Assistant) -> None:
        self._service = service

    def search(self, question: str, territories: list[str], k: int = 10) -> Json:
        """Chercher des passages dans les conventions territoriales globales.

        Args:
            question: la question ou les mots à chercher, en français
            territories: identifiants des documents auxquels se limiter ; liste vide : tout le corpus
            k: nombre de passages, de 1 à 50
        """
        return _told(
            lambda: search_payload(
                self._service.search(question, max(1, min(int(k), MOST_PASSAGES)), territories=territories)
            )
        )

    def ask(self, question: str, territories: list[str], theme: str = "") -> Json:
        """Poser une question aux conventions et recevoir une réponse avec ses citations vérifiées.

        Args:
            question: la question, en français
            territories: identifiants des documents auxquels se limiter ; liste vide : d'après la question
            theme: identifiant ou nom du seul thème d'après lequel répondre ; vide : tous
        """

        def answer() -> Json:
            chosen = resolve_theme(theme) if theme else None
            return answer_payload(self._service.ask(question, territories=territories, theme=chosen))

        return _told(answer)

    def compare(self, question: str) -> Json:
        """Comparer ce que fait chaque territoire sur un thème ou une question, sous forme de tableau cité.

        Args:
            question: un thème ou une question, en français
        """
        return _told(lambda: answer_payload(self._service.compare(question)))

    def obligations(
        self, population: str, kind: str = "commune", transfer: str = "", date: str = "", theme: str = ""
    ) -> Json:
        """Dire ce qui est obligatoire, facultatif ou sans objet pour une commune ou une intercommunalité.

        Args:
            population: nombre d'habitants ; vide : non précisé
            kind: commune, epci, gestionnaire, assistant-maternel, caf, departement ou prefet
            transfer: compétences transférées : toutes, aucune, ou des numéros de 1 à 4 ; vide : non précisé
            date: jour de la réponse, AAAA-MM-JJ ; vide : aujourd'hui
            theme: identifiant ou nom d'un thème ; vide : tous
        """

        def report() -> Json:
            situation = make_situation(
                population=population or None, type=kind, transfer=transfer or None, on=date or None,
                theme=theme or None,
            )  # fmt: skip
            return which_obligations(situation, IndexTexts(self._service.index)).to_json()

        return _told(report)

    def draft(self, request: str, similar: list[str] | None = None) -> Json:
        """Rédiger une fiche-action d'après celles des territoires, chaque ligne avec son origine et ses sources.

        Args:
            request: la demande, avec le sujet et ce que l'on sait de son territoire, en français
            similar: fiches dont reprendre des lignes (« document:référence ») ; liste vide : les plus proches
        """
        return _told(lambda: draft_payload(self._service.draft(request, similar or None)))


def build_api(service: Assistant) -> None:
    """Offer the functions under their names; must be called inside the Blocks."""
    api = Api(service)
    gr.api(api.search, api_name="search", concurrency_id="ask")
    gr.api(api.ask, api_name="ask", concurrency_id="ask")
    gr.api(api.compare, api_name="compare", concurrency_id="ask")
    gr.api(api.obligations, api_name="obligations", concurrency_id="read")
    gr.api(api.draft, api_name="draft", concurrency_id="ask")


def speak_json(page: Any) -> None:
    """Have the MCP server of mounted Blocks write results as JSON; Gradio's own writes them as Python would."""
    server = page.mcp_server_obj
    made = server.postprocess_output_data

    def as_json(outputs: list[Any], root_url: str) -> Any:
        return made([json.dumps(output, ensure_ascii=False) for output in outputs], root_url)

    server.postprocess_output_data = as_json


def _told(make: Any) -> Json:
    result: Json = told(make, lambda sentence: {"error": sentence})
    return result

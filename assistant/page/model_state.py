"""Whether a language model is set, and whether its server answers now."""

from typing import Literal

from assistant.llm.client import model_is_configured
from corpus.settings import Settings

ModelState = Literal["aucun", "repond", "muet"]
_PATIENCE_S = 2.0


def model_state(settings: Settings) -> ModelState:
    """Asks the server what models it has; takes two seconds at most."""
    import httpx

    if not model_is_configured(settings):
        return "aucun"
    key = settings.llm_key.get_secret_value() if settings.llm_key else ""
    try:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        answers = httpx.get(f"{settings.llm_url}/models", headers=headers, timeout=_PATIENCE_S).status_code < 500
    except (httpx.HTTPError, httpx.InvalidURL):
        answers = False
    return "repond" if answers else "muet"


def model_sentence(settings: Settings, state: ModelState | None = None) -> str:
    """The state in words; `state` None where it was not asked."""
    if not model_is_configured(settings):
        return "aucun : réponses composées de citations"
    said = {"repond": " : répond", "muet": " : ne répond pas, les réponses sont composées sans lui"}
    return f"{settings.llm_model}{said.get(state or '', '')}"

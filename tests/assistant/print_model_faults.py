"""What a reader sees for each fault of a language model: `python -m tests.assistant.print_model_faults`.

Prints a Markdown table; needs the index. The test server of `model_server` speaks the real protocol.
"""

import time
from typing import Any

from assistant.service import Assistant
from corpus.settings import load_settings
from tests.assistant.model_server import model_server

QUESTION = "Quelle est la durée de la CTG des Monts du Pilat ?"
_RIGHT = "La convention des Monts du Pilat court du 1 janvier 2026 au 31 décembre 2030 [1]."
FAULTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("aucune : phrase exacte, source juste", {"pieces": [_RIGHT]}),
    ("chiffre que la source ne donne pas", {"pieces": [_RIGHT + " Elle coûte 45 000 euros [1]."]}),
    ("source qui n'existe pas", {"pieces": [_RIGHT + " La loi l'impose [99]."]}),
    ("phrase sans source", {"pieces": [_RIGHT + " Tout le monde s'en félicite."]}),
    ("flux coupé avant la fin", {"pieces": ["La convention court du 1 "], "cut": True}),
    ("réponse tronquée (finish_reason=length)", {"pieces": ["La convention court du 1 "], "finish": "length"}),
    ("réponse vide", {"pieces": []}),
    ("page HTML au lieu d'une réponse", {"html": "<html><body>connexion</body></html>"}),
    ("trop de demandes (429)", {"status": 429}),
    ("panne du serveur (500)", {"status": 500}),
    ("service indisponible (503)", {"status": 503}),
    ("clé refusée (401)", {"status": 401}),
    ("serveur qui ne répond pas", {"hang": 40}),
    ("serveur qui goutte, un mot toutes les 2 s", {"pieces": ["mot "] * 40, "drip": 2}),
    ("serveur éteint", {}),
)


def main() -> None:
    """One row a fault: what it is, what is shown, the notice, the time in seconds."""
    settings = load_settings()
    print("| Faute du modèle | Ce que voit le lecteur | Avis affiché | Secondes |\n|---|---|---|---|")
    for name, script in FAULTS:
        with model_server(**script) as server:
            url = server.url if script else "http://127.0.0.1:9/v1"
            assistant = Assistant(settings.model_copy(update={"llm_url": url, "llm_model": "essai"}))
            assistant.searcher  # noqa: B018 (opens the index before the clock starts)
            begin = time.perf_counter()
            answer = assistant.ask(QUESTION)
            taken = time.perf_counter() - begin
        shown = "la réponse extraite du corpus" if answer.mode == "extractive" else "le texte du modèle, vérifié"
        marked = sum("à vérifier" in notice.text.lower() for notice in answer.notices)
        notices = " ; ".join(one.text for one in answer.notices if one.kind.startswith("model")) or "aucun"
        print(f"| {name} | {shown}{' (phrases marquées)' if marked else ''} | {notices} | {taken:.1f} |", flush=True)


if __name__ == "__main__":
    main()

"""French words for measures, parts and failures, and the figures aimed at."""

PARTS = {"dev": "développement", "test": "test gelé"}
TARGETS = {
    "hit@1": 0.75,
    "hit@5": 0.95,
    "hit@8k": 0.95,
    "complete_and_short": 0.80,
    "gold_cited": 0.90,
    "answered": 0.95,
    "abstained": 0.90,
    "quotes_verified": 1.0,
}
"""What the project sets out to reach, on both parts."""
LABELS = {
    "hit@1": "trouvé au 1er rang",
    "hit@3": "dans les 3 premiers",
    "hit@5": "dans les 5 premiers",
    "hit@10": "dans les 10 premiers",
    "hit@8k": "dans les 8 000 premiers caractères",
    "mrr": "MRR",
    "ndcg@10": "nDCG@10",
    "gold_share@10": "part des passages attendus",
    "all_gold@10": "tous les passages, là où il les faut tous",
    "territory_share@10": "part des territoires, là où il y en a plusieurs",
    "characters@5": "caractères des 5 premiers",
    "complete_and_short": "tous les faits, en 1 200 caractères de prose au plus",
    "all_facts": "tous les faits attendus",
    "share_of_facts": "part des faits attendus",
    "short": "1 200 caractères de prose au plus",
    "gold_cited": "un passage attendu est cité",
    "gold_touched": "une citation recouvre un passage attendu",
    "quotes_verified": "toutes les citations vérifiées",
    "answered": "répondu, quand le corpus répond",
    "abstained": "abstention, quand il ne répond pas",
}
"""What each measure says, as a reader of the report is told."""
KINDS = {
    "retrieval": "passage attendu absent des 5 premiers",
    "answer": "réponse incomplète ou sans le passage attendu",
    "wrongly-refused": "refus à tort",
    "wrongly-answered": "réponse à tort",
}
"""What went wrong with a question."""
GROUPS = {
    "lexical": "mots du document",
    "paraphrase": "mots de l'usager",
    "hard": "difficile",
    "fact": "fait",
    "number": "nombre",
    "date": "date",
    "actor": "acteur",
    "list": "liste",
    "procedure": "procédure",
    "obligation": "obligation",
    "fiche": "fiche",
    "comparison": "comparaison",
    "unanswerable": "sans réponse dans le corpus",
}
"""Difficulties and types of question; documents and territories go by their own names."""

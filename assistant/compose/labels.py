"""French labels of the fields of a fiche, for people."""

FIELD_LABELS: dict[str, str] = {
    "axe": "Axe",
    "objectif_strategique": "Objectif stratégique",
    "objectif_operationnel": "Objectif opérationnel",
    "contexte": "Contexte",
    "objectifs": "Objectifs",
    "actions": "Actions",
    "etapes": "Premières étapes",
    "public": "Public",
    "perimetre": "Périmètre",
    "pilote": "Pilote",
    "partenaires": "Partenaires",
    "moyens": "Moyens",
    "budget": "Budget",
    "calendrier": "Calendrier",
    "indicateurs_suivi": "Indicateurs de suivi",
    "indicateurs_evaluation": "Indicateurs d'évaluation",
    "vigilance": "Points de vigilance",
    "champs": "Champs d'intervention",
    "interet": "Niveau d'intérêt",
    "methodologie": "Méthodologie",
}
NOT_STATED = "non précisé dans le document"

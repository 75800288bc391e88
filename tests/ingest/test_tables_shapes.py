"""Tables and slides of conventions that nobody had in mind: other heads, other marks, other orders of columns."""

from collections.abc import Sequence

import pytest
from synthetic import synthetic

from corpus.records import FicheAction, PageSpan, ReadDocument
from ingest.outline import find_outline
from ingest.tables import covered_spans, extract_actions, extract_equipment, table_passages

PLAN = """ANNEXE 3 – Plan d'actions

AXE 2 – Jeunesse et citoyenneté

Objectif\tAction\tPorteur de l'action\tÉchéance\tPartenaires
Donner la parole aux jeunes\tInstaller un conseil des jeunes\tMairie de Vaux\t2026\tMJC ; collège
\tOrganiser une fête des ados\tMJC\tÉté 2027\t
Objectif\tAction\tPorteur de l'action\tÉchéance\tPartenaires
Aider à se déplacer\t• Prêter des vélos • Passer le permis\tMission locale\t\tCaf
et à se former\t\t\t\t
"""

BARS = """Tableau des actions

| Thématique | Intitulé de l'action | Pilote | Calendrier |
|------------|----------------------|--------|------------|
| Petite enfance | Ouvrir une crèche à horaires élargis | CCAS | 2025-2026 |
| Logement | Recenser les logements vacants | Communes | 2027 |
"""

SUMMARY = "Axes\tObjectifs\tFiches-actions\nAxe 1 : Enfance\tObjectif 1 : Jouer\tAction 1 : Ouvrir une ludothèque\n"

PRINTED = """Article 5 : Le plan d'actions

AXE 1
Soutenir les familles

Ouverture d'un lieu d'accueil pour les Communes - 2025
Rompre parents et leurs jeunes enfants dans Caf 2026
I'isolement chaque canton.
des familles Création d'un café des parents animé Services petite 2024
par des bénévoles formés. enfance
Sensibilisation des écoles au répit des Caf et communes 2025
parents.

Apprendre
tout au long
de la vie

Mise en place d'ateliers d'écriture dans les
bibliothèques.

Communes

2027

Formation des bénévoles aux écrans

Recensement des besoins des habitants en
matière de numérique.

Professionnels
enfance

2026

Article 6 : Durée
OBJECTIF STRATEGIQUE : Rompre l'isolement des familles
AXE 1 : Soutenir les familles
"""

OWNER = "COMMUNE DE VAUX\t\nType de structure\tNom et adresse\n"

BOXES = """NOTRE PROJET POUR LE PLATEAU

Objectif :
Mieux accueillir les jeunes enfants

Action :
Ouvrir une crèche
itinérante sur le
plateau

Action : Action :
Recenser les besoins Former les bénévoles
des familles et des associations du
publier une carte plateau



NOTRE PROJET POUR LE PLATEAU

JEUNESSE

ENJEUX REPERES

Des jeunes qui partent.

OBJECTIFS

Favoriser leur retour.

ACTIONS IMAGINEES

Créer un lieu pour les jeunes.
Former les bénévoles des associations du plateau
"""


def actions_of(text: str) -> list[FicheAction]:
    entry, read = synthetic("Plateau", text)
    found = extract_actions(entry, read, find_outline(entry, read))
    assert_spans(read, found)
    return found


def assert_spans(read: ReadDocument, found: Sequence[FicheAction]) -> None:
    """Each piece of a value stands in the raw text, and the pieces together say what the value says."""
    for action in found:
        for value in (action.title_value, *(value for values in action.fields.values() for value in values)):
            pieces = " ".join(read.text[piece.start : piece.end] for piece in value.pieces())
            assert "".join(pieces.split()) == "".join(value.text.split())


def row(action: FicheAction, *keys: str) -> tuple[str, ...]:
    return (action.title, *(" / ".join(value.text for value in action.fields.get(key, ())) for key in keys))


def test_plan_with_pilots_and_dates() -> None:
    found = actions_of(PLAN)
    assert [row(action, "objectif_operationnel", "pilote", "calendrier", "partenaires") for action in found] == [
        ("Installer un conseil des jeunes", "Donner la parole aux jeunes", "Mairie de Vaux", "2026", "MJC ; collège"),
        ("Organiser une fête des ados", "Donner la parole aux jeunes", "MJC", "Été 2027", ""),
        ("Prêter des vélos", "Aider à se déplacer et à se former", "Mission locale", "", "Caf"),
        ("Passer le permis", "Aider à se déplacer et à se former", "Mission locale", "", "Caf"),
    ]
    assert {action.fields["axe"][0].text for action in found[:2]} == {"AXE 2 – Jeunesse et citoyenneté"}


def test_plan_drawn_with_bars() -> None:
    assert [row(action, "champs", "pilote", "calendrier") for action in actions_of(BARS)] == [
        ("Ouvrir une crèche à horaires élargis", "Petite enfance", "CCAS", "2025-2026"),
        ("Recenser les logements vacants", "Logement", "Communes", "2027"),
    ]


def test_printed_plan_read_across_its_columns() -> None:
    """Where three actions could share a cell, only the one it follows gets it."""
    assert [row(action, "pilote", "calendrier", "objectif_strategique") for action in actions_of(PRINTED)] == [
        (
            "Ouverture d'un lieu d'accueil pour les parents et leurs jeunes enfants dans chaque canton.",
            "Communes - Caf", "2025 / 2026", "Rompre l'isolement des familles",
        ),
        (
            "Création d'un café des parents animé par des bénévoles formés.",
            "Services petite enfance", "2024", "Rompre l'isolement des familles",
        ),
        ("Sensibilisation des écoles au répit des parents.", "Caf et communes", "2025", ""),
        (
            "Mise en place d'ateliers d'écriture dans les bibliothèques.",
            "Communes", "2027", "Apprendre tout au long de la vie",
        ),
        ("Formation des bénévoles aux écrans", "", "", "Apprendre tout au long de la vie"),
        (
            "Recensement des besoins des habitants en matière de numérique.",
            "Professionnels enfance", "2026", "Apprendre tout au long de la vie",
        ),
    ]  # fmt: skip


def test_slides_are_also_told_apart_by_pages() -> None:
    """A presentation in PDF has pages, not wide gaps."""
    entry, read = synthetic("Plateau", BOXES.replace("\n\n\n\n", "\n\n"))
    second = read.text.rindex("NOTRE PROJET")
    pages = (PageSpan(number=1, start=0, end=second), PageSpan(number=2, start=second, end=len(read.text)))
    found = extract_actions(entry, read.model_copy(update={"pages": pages}), [])
    assert [one.title for one in found] == [one.title for one in actions_of(BOXES)]
    assert [one.page for one in found] == [1, 1, 1, 2, 2]


def test_boxes_side_by_side_and_a_synthesis() -> None:
    found = actions_of(BOXES)
    assert [row(action, "objectif_operationnel", "champs") for action in found] == [
        ("Ouvrir une crèche itinérante sur le plateau", "Mieux accueillir les jeunes enfants", ""),
        ("Recenser les besoins des familles et publier une carte", "Mieux accueillir les jeunes enfants", ""),
        ("Former les bénévoles des associations du plateau", "Mieux accueillir les jeunes enfants", ""),
        ("Créer un lieu pour les jeunes.", "", "JEUNESSE"),
        ("Former les bénévoles des associations du plateau", "", "JEUNESSE"),
    ]
    assert all("pilote" not in action.fields and "calendrier" not in action.fields for action in found)


@pytest.mark.parametrize(
    "text",
    [
        SUMMARY,
        "Diagnostic initial\tPublic cible\nObjectifs opérationnels\tActions\n\tÉchéances de réalisation\n",
        "Plan d'actions\n\nUn bilan sera fait par les Communes en 2025.\nLa Caf l'a demandé en 2024.\n",
        "Action :\nOuvrir une crèche\n\nPilote : mairie\n",
    ],
    ids=["renvois aux fiches", "modèle vide", "texte daté", "fiche"],
)
def test_what_only_looks_like_a_plan_is_none(text: str) -> None:
    assert actions_of(text) == []


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            OWNER + "Crèche\t\nLes Loups\t3 rue Basse\nALSH\t\nLe Pré\tMairie\n",
            [("Crèche", "Les Loups", "3 rue Basse"), ("ALSH", "Le Pré", "Mairie")],
        ),
        (
            OWNER + "Crèche\tLes Loups, 3 rue Basse\n\tLes Ours 12 rue Haute\n",
            [("Crèche", "Les Loups", "3 rue Basse"), ("Crèche", "Les Ours", "12 rue Haute")],
        ),
        (
            "COMMUNE DE VAUX\n\nType\tNom de la structure\tAdresse\nRPE\tLe Relais\t18000 Vaux\n",
            [("RPE", "Le Relais", "18000 Vaux")],
        ),
    ],
    ids=["type au-dessus", "type à gauche", "trois colonnes"],
)
def test_equipment_lists(text: str, rows: list[tuple[str, str, str]]) -> None:
    entry, read = synthetic("Plateau", text)
    found = extract_equipment(entry, read, find_outline(entry, read))
    assert [(one.type, one.name, one.address) for one in found] == rows
    assert {one.owner for one in found} == {"COMMUNE DE VAUX"}
    assert all(one.name in read.text[one.start : one.end] for one in found)


def test_a_row_keeps_its_headings_when_it_becomes_a_passage() -> None:
    entry, read = synthetic("Plateau", PLAN)
    sections = find_outline(entry, read)
    actions = extract_actions(entry, read, sections)
    passages = table_passages(entry, read, sections, actions, [])
    fete = next(passage for passage in passages if "fête des ados" in passage.text)
    assert fete.text.splitlines() == [
        "AXE 2 – Jeunesse et citoyenneté",
        "Donner la parole aux jeunes",
        "Organiser une fête des ados",
        "Porteur de l'action",
        "MJC",
        "Échéance",
        "Été 2027",
    ]
    assert fete.fiche == actions[1].id
    held = covered_spans(read, sections)
    assert all(any(span.start <= action.start < span.end for span in held) for action in actions)


def test_ticked_boxes_are_told_from_empty_ones() -> None:
    head = "Commune\tRecenser les besoins des enfants et de leurs familles " + "x" * 60
    head += "\tPlanifier le développement des modes d'accueil " + "y" * 70
    cells = 'EPCI\t<input checked="" type="checkbox"> Transférée <input type="checkbox"> Gardée\tGardée'
    entry, read = synthetic("Plateau", f"Compétences :\n\n{head}\n{cells}\n")
    passages = table_passages(entry, read, find_outline(entry, read), [], [])
    assert [passage.text.splitlines()[-1] for passage in passages] == ["☒ Transférée ☐ Gardée", "Gardée"]

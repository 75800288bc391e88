"""Conventions that nobody had in mind when the extraction was written give right outlines and right fiches."""

import pytest
from synthetic import RIVIERE, VALLEE, synthetic

from corpus.records import FicheAction, Section
from ingest.fiches import extract_fiches
from ingest.outline import find_outline


def outline(name: str, text: str) -> list[Section]:
    return find_outline(*synthetic(name, text))


def fiches(name: str, text: str) -> dict[str, FicheAction]:
    entry, read = synthetic(name, text)
    return {fiche.ref: fiche for fiche in extract_fiches(entry, read, find_outline(entry, read))}


def items(fiche: FicheAction, key: str) -> list[str]:
    return [value.text for value in fiche.fields.get(key, ())]


def test_outline_of_an_unseen_convention() -> None:
    found = [(section.kind, section.label) for section in outline("Val Fleuri", VALLEE)[1:]]
    assert found == [
        ("partie", "Parties signataires"),
        ("partie", "SOMMAIRE"),
        ("preambule", "PRÉAMBULE"),
        ("article", "Article 1er"),
        ("article", "Article 2"),
        ("partie", "2.1"),
        ("partie", "2.2"),
        ("partie", "Signatures"),
        ("annexe", "Annexe A"),
        ("axe", "Axe 1"),
        ("objectif", "Objectif stratégique 1.1"),
        ("fiche", "Fiche-action 1"),
        ("fiche", "Fiche-action 2"),
        ("axe", "Axe 2"),
        ("objectif", "Objectif stratégique 2.1"),
        ("fiche", "Fiche-action 3"),
    ]


def test_sections_stand_one_inside_another() -> None:
    sections = outline("Val Fleuri", VALLEE)
    by_id = {section.id: section for section in sections}
    for section in sections[1:]:
        parent = by_id[section.parent or ""]
        assert parent.start <= section.start <= section.end <= parent.end
        assert section.path[:-1] == parent.path
    fiche = next(section for section in sections if section.label == "Fiche-action 2")
    assert fiche.path == (
        "Annexe A : Plan d'action",
        "Axe 1 : Petite enfance",
        "Objectif stratégique 1.1 : Soutenir l'accueil individuel",
        "Fiche-action 2 : Créer un jardin partagé",
    )


def test_fiches_with_other_labels() -> None:
    found = fiches("Val Fleuri", VALLEE)
    assert [fiche.title for fiche in found.values()] == [
        "Ouvrir un lieu passerelle entre la crèche et l'école",
        "Créer un jardin partagé",
        "Installer un conseil des jeunes",
    ]
    first = found["1"]
    assert items(first, "axe") == ["AXE 1 – Petite enfance"]
    assert items(first, "objectif_strategique") == ["Objectif stratégique 1.1 – Soutenir l'accueil individuel"]
    assert items(first, "contexte") == ["Les enfants arrivent à l'école sans l'avoir vue."]
    assert items(first, "objectifs") == ["Une rentrée apaisée", "Des familles associées"]
    assert items(first, "pilote") == ["CCAS de Sancergues"]
    assert items(first, "partenaires") == ["écoles", "PMI", "assistants maternels"]
    assert items(first, "actions") == ["Recenser les écoles volontaires", "Former les équipes"]
    assert items(first, "calendrier") == ["2025"]
    assert items(first, "indicateurs_suivi") == ["Nombre de classes"]
    assert items(first, "indicateurs_evaluation") == ["Avis des parents"]
    assert items(found["2"], "public") == ["familles", "seniors"]
    assert items(found["2"], "budget") == ["12 000 €"]
    assert items(found["2"], "vigilance") == ["Eau à amener"]
    assert items(found["3"], "calendrier") == ["de 2025 à 2027"]
    assert "partenaires" not in found["3"].fields


def test_fiches_laid_out_as_tables_and_an_empty_template_after_them() -> None:
    found = fiches("Rivière", RIVIERE)
    assert {ref: fiche.title for ref, fiche in found.items()} == {
        "E-01": "Un mercredi sans écran",
        "E-02": "Des clés pour animer",
    }
    assert items(found["E-01"], "pilote") == ["Commune de Vaux"]
    assert items(found["E-01"], "calendrier") == ["2026"]
    assert items(found["E-01"], "moyens") == ["0,2 ETP"]
    assert items(found["E-02"], "perimetre") == ["Vaux", "Brives"]
    assert set(found["E-02"].fields) == {"perimetre", "pilote", "budget", "calendrier", "interet"}


@pytest.mark.parametrize(
    "text",
    [
        "Modèle de fiche-action\n\nFiche action n° 1 :\n\nPilote :\n\nCalendrier :\n\nBudget :\n",
        "Sommaire\n\nFiche action 1 : Ouvrir une crèche\nFiche action 2 : Fermer une route\n",
        "Action :\nConstruire un observatoire\n\nAction :\nFormer les équipes\n",
    ],
    ids=["modèle vide", "sommaire", "boîtes d'une diapositive"],
)
def test_what_only_looks_like_fiches_is_none(text: str) -> None:
    assert fiches("Rivière", text) == {}


def test_the_same_reference_twice_takes_the_name_of_its_block() -> None:
    block = "ACTION 1 : {title}\n\nPilote : mairie\n\nÉchéance : 2027\n\n"
    text = "ANNEXE 1 : Fiches\n\nPARENTALITÉ\n\n" + block.format(title="Un café des parents")
    text += "ACCÈS AUX DROITS\n\n" + block.format(title="Un guichet itinérant")
    found = fiches("Rivière", text)
    assert {ref: fiche.title for ref, fiche in found.items()} == {
        "Parentalité 1": "Un café des parents",
        "Accès aux droits 1": "Un guichet itinérant",
    }

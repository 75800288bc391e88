"""Fiches reviewed before they are submitted."""

from pathlib import Path

import pytest

from assistant.draft.findings import Review
from assistant.draft.records import Draft
from assistant.export.fiche import write_fiche
from assistant.service import Assistant
from corpus.errors import DocumentUnreadable

POOR = """Intitulé de l'action : Soutien à la parentalité dans les écoles

Objectifs :
- Accompagner les parents dans la scolarité de leurs enfants
- Réduire l'empreinte carbone des bâtiments

Actions à mettre en place :
- Organiser un café des parents par trimestre

Pilote : à définir

Partenaires :
- PMI

Indicateurs de suivi :
- Nombre de parents accompagnés
- 45 parents présents en 2030 (source : feuilles de présence)
"""
SOUND = """Intitulé de l'action : Soutien à la parentalité dans les écoles

Objectifs :
- Accompagner les parents dans la scolarité de leurs enfants

Pilote : Service enfance

Calendrier : de septembre 2030 à juin 2032

Partenaires :
- Caf, MSA, PMI, Éducation nationale, CCAS, conseil départemental, associations, communes

Indicateurs de suivi :
- Parents accompagnés dans la scolarité : 45 en 2030, 60 visés en 2032 (source : feuilles de présence)
"""


def kinds(review: Review) -> set[str]:
    return {finding.kind for finding in review.findings}


def test_a_poor_fiche_is_told_what_it_lacks(real_assistant: Assistant) -> None:
    review = real_assistant.review(POOR)
    assert review.title == "Soutien à la parentalité dans les écoles"
    assert {
        "pilote-absent", "echeance-absente", "indicateur-sans-reference", "objectif-sans-indicateur",
    } <= kinds(review)  # fmt: skip
    bare = next(finding for finding in review.findings if finding.kind == "indicateur-sans-reference")
    assert "1 indicateur sur 2" in bare.text
    assert "Nombre de parents accompagnés" in bare.text
    alone = next(finding for finding in review.findings if finding.kind == "objectif-sans-indicateur")
    assert "empreinte carbone" in alone.text
    assert "scolarité" not in alone.text


def test_a_finding_says_what_similar_fiches_do_with_their_words(real_assistant: Assistant) -> None:
    findings = real_assistant.review(POOR).findings
    numbers = {source.n for finding in findings for source in finding.sources}
    assert numbers == set(range(1, len(numbers) + 1))
    pilot = next(finding for finding in findings if finding.kind == "pilote-absent")
    assert pilot.sources
    assert pilot.others is not None
    assert all(f"[{source.n}]" in pilot.others for source in pilot.sources)
    assert all(source.verified for source in pilot.sources)


def test_a_partner_that_every_similar_fiche_names(real_assistant: Assistant) -> None:
    missing = [f for f in real_assistant.review(POOR).findings if f.kind == "partenaire-absent"]
    assert any("Caf" in finding.text for finding in missing)
    assert all(finding.sources for finding in missing)


def test_a_sound_fiche_is_left_in_peace(real_assistant: Assistant) -> None:
    assert kinds(real_assistant.review(SOUND)) == set()


def test_an_existing_fiche_of_the_same_territory(real_assistant: Assistant) -> None:
    text = SOUND.replace("Soutien à la parentalité dans les écoles", "Transport à la demande").replace(
        "Pilote : Service enfance", "Pilote : Service enfance\n\nPérimètre : Monts du Pilat"
    )
    overlap = [finding for finding in real_assistant.review(text).findings if finding.kind == "recouvrement"]
    assert overlap
    assert "G14" in overlap[0].text


def test_legal_references(real_assistant: Assistant) -> None:
    text = SOUND.replace("Soutien à la parentalité dans les écoles", "Informer et accompagner les familles de jeunes "
                         "enfants en crèche")  # fmt: skip
    assert "reference-legale-absente" in kinds(real_assistant.review(text))
    dated = text + "\nContexte : la loi plein emploi du 18 décembre 2024 et le RAM de la commune\n"
    found = [finding.text for finding in real_assistant.review(dated).findings if finding.kind == "reference-depassee"]
    assert any("2023" in sentence for sentence in found)
    assert any("RAM" in sentence for sentence in found)


def test_our_own_docx_comes_back(real_assistant: Assistant, val_fleuri: Draft, tmp_path: Path) -> None:
    review = real_assistant.review(write_fiche(val_fleuri, tmp_path / "fiche.docx"))
    assert review.title == "Guichet unique petite enfance"
    assert {"objectifs", "actions", "pilote", "partenaires", "indicateurs_suivi", "vigilance"} <= set(
        review.read_fields
    )
    assert "echeance-absente" in kinds(review)
    assert "a-completer" in kinds(review)


def test_what_is_no_fiche_is_refused(real_assistant: Assistant, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Compte rendu de la réunion du conseil. Tout le monde est venu, il faisait beau.", encoding="utf-8")
    with pytest.raises(DocumentUnreadable, match="ne ressemble pas à une fiche-action"):
        real_assistant.review(note)


def test_a_fiche_under_its_axis_and_number_keeps_its_own_title(real_assistant: Assistant) -> None:
    text = "AXE 2 : Enfance\n\nObjectif 7 : Grandir\n\nFiche action 11 : Aide aux devoirs\n\n" + SOUND.split("\n", 2)[2]
    assert real_assistant.review(text).title == "Aide aux devoirs"


def test_a_fiche_of_the_corpus_does_not_overlap_with_itself(real_assistant: Assistant) -> None:
    fiche = next(one for one in real_assistant.index.fiches("monts-du-pilat") if one.ref == "PE4")
    raw = real_assistant.index.raw_text(fiche.document)[fiche.start : fiche.end]
    assert "recouvrement" not in kinds(real_assistant.review(raw))


def test_missing_partners_are_one_finding(real_assistant: Assistant) -> None:
    assert sum(f.kind == "partenaire-absent" for f in real_assistant.review(POOR).findings) <= 1

"""Does a convention hold what the decree asks? Checked on small conventions that no rule was written for."""

import pytest

from assistant.obligations.schema_check import check_schema
from assistant.obligations.schema_report import SchemaCheck
from corpus.records import DocumentEntry, Passage, ReadDocument, Section, Territory
from corpus.repairs import RepairedText
from corpus.schema_contents import SCHEMA_FILE
from corpus.text import letters
from ingest.structure import StructuredDocument, understand_document

FULL = """CONVENTION TERRITORIALE GLOBALE 2026 - 2030

ARTICLE 1 - DIAGNOSTIC DE LA PETITE ENFANCE

Le territoire compte 84 places de crèche et 61 assistants maternels en activité.

Le diagnostic a permis de mesurer 210 naissances par an et 48 familles en attente d'une place pour leur jeune enfant.

Les trois communes du plateau forment une zone blanche, sans aucun mode d'accueil à moins de vingt kilomètres.

ARTICLE 2 - OBJECTIFS POUR L'ACCUEIL DU JEUNE ENFANT

La communauté de communes va créer 12 places de micro-crèche et maintenir les deux multi-accueils.

Elle finance la formation et le recrutement de professionnels de la petite enfance avec le lycée voisin.

Des places de crèche sont réservées aux enfants en situation de handicap et aux parents en insertion.

Des séances d'analyse de la pratique améliorent la qualité de l'accueil dans les crèches.

ARTICLE 3 - MOYENS

Les travaux d'extension de la crèche du centre commencent en 2027.

Le coût prévu pour les places de crèche est de 240 000 euros, dont un budget de fonctionnement de 60 000 euros par an.

ARTICLE 4 - SUIVI

Une enquête menée auprès de 320 familles et trois groupes de travail avec les professionnels ont permis d'écrire ceci.

Un bilan intermédiaire est remis en 2028 et un bilan final en 2030.

Le plan est en cohérence avec le schéma départemental des services aux familles.
"""

ANNOUNCED = """CONVENTION TERRITORIALE GLOBALE 2026 - 2030

ARTICLE 1 - OBJET

Cette compétence vise à créer des places de crèche dans les zones blanches.

Le diagnostic des besoins de la petite enfance figure en annexe 1.

Les indicateurs de la petite enfance sont à définir.
"""

ELSEWHERE = """CONVENTION TERRITORIALE GLOBALE 2026 - 2030

ARTICLE 1 - VOIRIE

La route du col est fermée de décembre à mars et la salle des fêtes est ouverte le samedi.
"""


class _Reader:
    """One document as the index reads it, held in memory."""

    def __init__(self, found: StructuredDocument) -> None:
        self._found = found
        self.entry = found.entry

    def document(self, document: str) -> "_Reader":
        assert document == self.entry.id
        return self

    def raw_text(self, document: str) -> str:
        return self._found.read.text

    def repaired(self, document: str) -> RepairedText:
        return RepairedText(self._found.read.text)

    def passages(self, document: str) -> tuple[Passage, ...]:
        return self._found.passages

    def sections(self, document: str) -> tuple[Section, ...]:
        return self._found.sections

    def fiches(self, document: str) -> tuple[object, ...]:
        return self._found.fiches

    def actions(self, document: str) -> tuple[object, ...]:
        return self._found.actions

    def equipment(self, document: str) -> tuple[object, ...]:
        return self._found.equipment

    def fiche(self, identifier: str) -> object:
        return next(fiche for fiche in (*self._found.fiches, *self._found.actions) if fiche.id == identifier)


def _check(text: str, **entry: str) -> SchemaCheck:
    described = DocumentEntry(
        id="essai", file="essai.txt", title="La CTG d'essai", kind="convention", provenance="texte d'essai",
        territory=Territory(name="Communauté d'essai", short_name="Essai"), **{"period_from": "2026-01-01", **entry},
    )  # fmt: skip
    found = understand_document(described, ReadDocument(text=text, format="texte"))
    return check_schema(_Reader(found), "essai")  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def full() -> SchemaCheck:
    return _check(FULL)


def test_contents_that_stand_in_the_text_are_present_with_their_passage(full: SchemaCheck) -> None:
    presence = {row.id: row.presence for row in full.rows}
    assert {name for name, found in presence.items() if found == "present"} >= {
        "offre", "besoins", "zones", "objectifs", "emplois", "fragiles", "qualite", "investissements", "moyens",
        "concertation", "bilans", "compatibilite",
    }  # fmt: skip
    assert presence["indicateurs"] == "absent"
    by_number = {citation.n: citation for citation in full.citations}
    zones = next(row for row in full.rows if row.id == "zones")
    assert "zone blanche" in by_number[zones.citations[0]].quote


def test_every_quote_stands_in_the_document(full: SchemaCheck) -> None:
    for citation in full.citations:
        assert citation.verified
        assert letters(citation.quote) == letters(FULL[citation.start : citation.end])


def test_announcing_a_content_does_not_make_it_present() -> None:
    presence = {row.id: row.presence for row in _check(ANNOUNCED).rows}
    assert "present" not in presence.values()
    assert presence["objectifs"] == presence["besoins"] == presence["indicateurs"] == "partiel"


def test_a_document_about_something_else_has_nothing() -> None:
    found = _check(ELSEWHERE)
    assert {row.presence for row in found.rows if row.id not in ("calendrier",)} == {"absent"}
    assert "ne suffit pas" in found.conclusion


def test_what_to_know_of_the_document_is_said() -> None:
    notes = " ".join(_check(ELSEWHERE, status="projet", period_from="2022").notes)
    assert "projet" in notes
    assert "avant le décret" in notes
    assert "10 000 habitants" in notes


def test_the_result_can_be_exported_as_a_table(full: SchemaCheck) -> None:
    table = full.table()
    assert len(table.rows) == len(full.rows)
    assert {row[1].text for row in table.rows} <= {"présent", "partiel", "absent"}
    assert all("D. 214-10-1" in row[4].text or "L. 214-2" in row[4].text for row in table.rows)
    assert full.notice in full.markdown()
    assert {"document", "contents", "conclusion", "notice"} <= set(full.to_json())


def test_no_form_of_the_contents_file_names_a_convention() -> None:
    text = SCHEMA_FILE.read_text(encoding="utf-8").lower()
    assert not [name for name in ("gevrey", "pilat", "creusot", "firminy", "cordes", "milhars") if name in text]

"""Two conventions that the extraction was not written for: other labels, other places for the title, other marks."""

from corpus.records import DocumentEntry, ReadDocument, Territory
from corpus.records.document import PageConvention
from ingest.pages import find_pages

VALLEE = """Convention territoriale globale du Val Fleuri

SOMMAIRE

Article 1er – Objet
Article 2 – Engagements
Annexe A – Plan d'action

Entre les soussignés

La Caf du Cher, représentée par sa directrice ;

PRÉAMBULE

Le Val Fleuri réunit douze communes et veut agir pour les familles.

Article 1er – Objet

La convention fixe les orientations communes.

Article 2 – Engagements

2.1 – Engagements de la Caf

La Caf apporte son ingénierie.

2.2 – Engagements de la communauté de communes

La communauté de communes met à disposition ses services.

Fait à Sancergues, le 3 mars 2024

Annexe A – Plan d'action

AXE 1 – Petite enfance

Objectif stratégique 1.1 – Soutenir l'accueil individuel

FICHE-ACTION N°1 – Ouvrir un lieu passerelle
entre la crèche et l'école

Constat de départ :

Les enfants arrivent à l'école sans l'avoir vue.

Résultats attendus

• Une rentrée apaisée
• Des familles
associées

Chef de file : CCAS de Sancergues

Partenaires à mobiliser : écoles ; PMI ; assistants maternels

Déroulement de l'action :

1) Recenser les écoles volontaires
2) Former les équipes

Échéancier
2025

Indicateurs quantitatifs :
- Nombre de classes
Indicateurs qualitatifs :
- Avis des parents

FICHE-ACTION N°2 – Créer un jardin partagé

Bénéficiaires : familles ; seniors
Responsable de l'action : mairie de Groises
Coût estimé : 12 000 €
Freins et leviers :
- Eau à amener

AXE 2 – Jeunesse

Objectif stratégique 2.1 – Écouter les jeunes

FICHE-ACTION N°3 – Installer un conseil des jeunes

Description de l'action :
Élire douze jeunes et leur confier un budget.
Porteur : communauté de communes
Calendrier prévisionnel : de 2025 à 2027
"""

RIVIERE = """CONVENTION TERRITORIALE GLOBALE

I - Diagnostic

La rivière traverse neuf communes.

II - Gouvernance

Un comité de pilotage se réunit deux fois par an.

ENFANCE

Code de l'action\tE-01\tPriorité\tHaute
Nom de l'action\tUn mercredi sans écran
Pilote\tCommune de Vaux\tÉchéance\t2026
Moyens humains et financiers\t0,2 ETP
Public visé\tEnfants de 6 à 11 ans
Méthode d'évaluation\tQuestionnaire aux familles

Code de l'action\tE-02\tPriorité\tMoyenne
Nom de l'action\tDes clés pour animer
Pilote\tFédération des foyers ruraux\tÉchéance\t2027
Budget prévisionnel\t4 000 €
Territoire concerné\tVaux ; Brives

Diagnostic initial\tPublic cible
Objectifs opérationnels\tModalités de mise en œuvre
\tÉchéances de réalisation
"""


def synthetic(name: str, text: str, pages: PageConvention = "aucune") -> tuple[DocumentEntry, ReadDocument]:
    """A made-up document as a reader would give it."""
    territory = Territory(name=f"Communauté de communes {name}", short_name=name)
    entry = DocumentEntry(
        id="convention-inconnue", file="convention-inconnue.txt", title=f"Convention {name}", kind="convention",
        territory=territory, pages=pages, provenance="texte inventé pour les essais",
    )  # fmt: skip
    return entry, ReadDocument(text=text, pages=find_pages(text, pages), format="texte", encoding="utf-8")

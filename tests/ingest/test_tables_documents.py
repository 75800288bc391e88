"""Tables and slides of the five documents: counts and words established by reading them."""

import re
from functools import cache
from pathlib import Path

import pytest

from corpus.records import DocumentEntry, FicheAction, Territory
from corpus.records.document import PageConvention
from corpus.settings import CORPUS_PACKAGE
from corpus.text import letters, words
from ingest.lines import clean
from ingest.readers import read_document
from ingest.structure import StructuredDocument, understand_document
from ingest.tables import covered_spans

DOCUMENTS = Path(CORPUS_PACKAGE) / "documents"
PAGES: dict[str, PageConvention] = {"creusot-montceau-nord": "espace-en-tete", "cordais-causse": "diapositives"}
ALL = ["cordais-causse", "creusot-montceau-nord", "firminy-chambon-ricamarie", "gevrey-nuits", "monts-du-pilat"]


@cache
def understood(name: str) -> StructuredDocument:
    entry = DocumentEntry(
        id=name, file=f"{name}.txt", title=f"Convention {name}", kind="convention", pages=PAGES.get(name, "aucune"),
        territory=Territory(name=f"Territoire {name}", short_name=name), provenance="texte du dépôt",
    )  # fmt: skip
    return understand_document(entry, read_document(DOCUMENTS / entry.file, entry.pages))


def action(name: str, start: str) -> FicheAction:
    return next(one for one in understood(name).actions if one.title.startswith(start))


@pytest.mark.parametrize(
    ("name", "actions", "dated", "equipment"),
    [
        ("cordais-causse", 58, 0, 0),
        ("creusot-montceau-nord", 34, 29, 0),
        ("firminy-chambon-ricamarie", 67, 0, 31),
        ("gevrey-nuits", 0, 0, 0),
        ("monts-du-pilat", 0, 0, 36),
    ],
)
def test_counts(name: str, actions: int, dated: int, equipment: int) -> None:
    """Of the 63 actions of the slides, the five of one slide read across five columns are left alone."""
    found = understood(name)
    assert len(found.actions) == actions
    assert sum({"pilote", "calendrier"} <= one.fields.keys() for one in found.actions) == dated
    assert len(found.equipment) == equipment


@pytest.mark.parametrize("name", ALL)
def test_values_say_what_their_pieces_say(name: str) -> None:
    found = understood(name)
    for one in found.actions:
        for value in (one.title_value, *(value for values in one.fields.values() for value in values)):
            assert value.text
            pieces = " ".join(clean(found.read.text[piece.start : piece.end]) for piece in value.pieces())
            assert value.text == pieces
            assert (value.start, value.end) == (value.pieces()[0].start, value.pieces()[-1].end)


@pytest.mark.parametrize(
    ("start", "title", "pilote", "years"),
    [
        (
            "Réflexion autour des besoins",
            (
                "Réflexion autour des besoins des familles monoparentales ayant des horaires atypiques en adaptant "
                "davantage I'offre (EX : travail avec les entreprises)."
            ),
            "Communes - entreprises",
            ["2025"],
        ),
        (
            "Accompagnement des EAJE",
            (
                "Accompagnement des EAJE PSU du territoire dans la labellisation AVIP pour les familles en situation "
                "d’insertion"
            ),
            "Caf et services petite enfance",
            ["2023", "2024"],
        ),
        ("Mener une réflexion", "Mener une réflexion sur le temps méridien", None, ["2023"]),
        (
            "A I’échelle",
            "A I’échelle intercommunale favoriser les solutions d’entraide (covoiturage, autopartage...)",
            "Communes et Cucm",
            ["2024"],
        ),
        (
            "Mise en place",
            "Mise en place d’un réseau intercommunal des professionnels ALSH enfance et jeunesse.",
            "Professionnels enfance jeunesse",
            ["2023"],
        ),
    ],
)
def test_rows_of_the_printed_plan(start: str, title: str, pilote: str | None, years: list[str]) -> None:
    one = action("creusot-montceau-nord", start)
    assert one.title == title
    assert pilote is None or one.text_of("pilote") == pilote
    assert [value.text for value in one.fields["calendrier"]] == years


def test_a_cell_that_may_stand_for_several_actions_is_given_to_the_last_only() -> None:
    shared = ["Sensibilisation des professionnels", "Accompagnement des institutions", "Promotion des lieux"]
    for start in shared:
        assert not {"pilote", "calendrier"} & action("creusot-montceau-nord", start).fields.keys()
    last = action("creusot-montceau-nord", "Information des publics")
    assert (last.text_of("pilote"), last.text_of("calendrier")) == ("communes", "2024")
    together = next(p for p in understood("creusot-montceau-nord").passages if "Promotion des lieux" in p.text)
    assert all(start in together.text for start in [*shared, "Information des publics", "communes", "2024"])


def test_left_columns_of_the_printed_plan() -> None:
    one = action("creusot-montceau-nord", "Création d’un réseau « animation")
    assert one.text_of("axe").startswith("AXE 1: Favoriser un meilleur maillage territorial")
    assert one.text_of("objectif_strategique").startswith("Renforcer la dynamique de coopération intercommunale")
    assert letters(one.text_of("champs")) == letters("Animation de la vie sociale")
    assert action("creusot-montceau-nord", "Réorganisation").text_of("axe").startswith("AXE 3 :Créer une dynamique")


def test_rows_of_the_plan_set_as_a_table() -> None:
    found = understood("firminy-chambon-ricamarie").actions
    states = [one.text_of("champs") for one in found]
    assert sum("conforter" in state for state in states) == 23
    assert sum("essayer" in state for state in states) == 14
    assert sum("nouvelles" in state for state in states) == 30
    forum = action("firminy-chambon-ricamarie", "Forum des métiers")
    assert [value.text for value in forum.fields["axe"]] == [
        "ORIENTATION : SOUTENIR LES JEUNESSES DU TERRITOIRE",
        (
            "Axe 3 : Faciliter l'orientation des élèves de 3ème et les transitions dans le parcours scolaire des "
            "jeunes et favoriser la mobilité des jeunes"
        ),
    ]
    assert forum.text_of("objectif_operationnel").startswith("3.1 Obtenir une orientation choisie")


def test_boxes_read_across_each_other() -> None:
    titles = [one.title for one in understood("cordais-causse").actions]
    assert "Construire une proposition adaptée et en proximité pour les familles du Causse" in titles
    assert (
        "Mettre en place et coordonner un forum des associations proposant des actions jeunesse au niveau intercommunal"
    ) in titles
    chantiers = action("cordais-causse", "Développer des chantiers jeunes")
    assert chantiers.text_of("champs") == "JEUNESSE"
    assert chantiers.text_of("axe").endswith("REPONDRE AUX BESOINS DES FAMILLES")
    assert not any({"pilote", "calendrier"} & one.fields.keys() for one in understood("cordais-causse").actions)


def test_equipment_rows() -> None:
    pilat = {(one.owner, one.name): one for one in understood("monts-du-pilat").equipment}
    cocon = pilat["COMMUNAUTE DE COMMUNES DES MONTS DU PILAT", "Micro crèche LE COCON"]
    assert (cocon.type, cocon.address) == ("EAJE", "2 rue de la Semène, 42600 Jonzieux")
    assert pilat["COMMUNE DE GRAIX", "Accueil jeunes de l'Espace Déôme"].type == "ALSH"
    assert pilat["COMMUNAUTE DE COMMUNES DES MONTS DU PILAT", "MAM"].address == "42660 St Genest Malifaux"
    firminy = {(one.owner, one.type, one.name): one for one in understood("firminy-chambon-ricamarie").equipment}
    inou = firminy["COMMUNE DU CHAMBON FEUGEROLLES", "LAEP", "Laep/Inou"]
    assert inou.address == "24 rue Emile Zola - 42500 LE CHAMBON FEUGEROLLES"
    text = understood("firminy-chambon-ricamarie").read.text
    assert text[inou.start : inou.end] == "Laep/Inou\t24 rue Emile Zola - 42500 LE CHAMBON FEUGEROLLES"


@pytest.mark.parametrize("name", ALL)
def test_no_word_of_a_table_is_lost(name: str) -> None:
    found = understood(name)
    known = {word for passage in found.passages for word in words(passage.text)}
    for span in covered_spans(found.read, found.sections):
        own = [word for word in words(clean(found.read.text[span.start : span.end])) if len(word) > 3]
        assert sum(word not in known for word in own) <= len(own) / 100


@pytest.mark.parametrize(
    ("name", "quote"),
    [
        (
            "creusot-montceau-nord",
            (
                "Réflexion autour des besoins des Communes - 2025 familles monoparentales ayant des entreprises "
                "horaires atypiques"
            ),
        ),
        ("cordais-causse", "Identifier les Mettre en place et acteurs, repérer coordonner un forum"),
        ("cordais-causse", "2 compétences pour toutes les communes Recenser les besoins des familles et les Planifier"),
        ("firminy-chambon-ricamarie", "1.1 Favoriser la co-éducation → Mobilisation du dispositif CLAS"),
        ("gevrey-nuits", "Axe 0 : Gouvernance Objectif 0 : Garantir la mise en œuvre de le CTG Action 0"),
    ],
)
def test_raw_order_stays_quotable(name: str, quote: str) -> None:
    found = understood(name)
    assert letters(quote) in letters(found.read.text)
    assert any(letters(quote) in letters(passage.text) for passage in found.passages)


def test_competences_keep_their_ticks() -> None:
    cells = [p.text for p in understood("monts-du-pilat").passages if "☒" in p.text]
    assert len(cells) == 4
    for text in cells:
        assert re.search(r"☒ Transférée par l'ensemble des communes .*☐ Transférée par certaines communes", text)
        assert "EPCI Communauté de Communes des Monts du Pilat" in text
        assert "15431 Habitants" in text

"""Themes: found on the titles of the delivered fiches as a person would judge them."""

import pytest

from corpus.themes import find_themes, load_themes

JUDGED = [
    ("Mettre en place une gouvernance de la CTG", "gouvernance"),
    ("Définir la coordination thématique", "gouvernance"),
    ("Structurer et animer une coordination entre professionnels de la petite enfance", "petite-enfance"),
    ("Développer l’offre d’accueil du jeune enfant sur le territoire", "petite-enfance"),
    ("Favoriser la fidélisation et l’installation d’assistants maternels sur le territoire", "petite-enfance"),
    ("Développer l’accueil de stagiaires et d'apprentis et de futurs professionnels de la petite enfance", "metiers"),
    ("Mettre en place des espaces et des actions de soutien à la parentalité", "parentalite"),
    ("Structurer et animer une coordination entre professionnels de l’enfance-jeunesse", "enfance"),
    ("Favoriser la formation de nouveaux animateurs et développer la formation d’animateurs en poste", "metiers"),
    ("Favoriser l’inclusion des enfants en situation de handicap au sein des accueils collectifs de mineurs",
     "handicap"),
    ("Maintenir une qualité des accueils collectifs de mineurs", "enfance"),
    ("Développer l’accompagnement à la scolarité des enfants et des adolescents, et associer les parents",
     "education"),
    ("Favoriser l'accès à la culture, aux sciences et au sport sur les temps extrascolaires", "culture"),
    ("Identifier les besoins des jeunes de 12 à 25 ans sur le territoire", "jeunesse"),
    ("Développer la communication autour de l'offre et des actions mises en place", "communication"),
    ("Développer des projets favorisant les rencontres intergénérationnelles", "vie-sociale"),
    ("Favoriser et accompagner les initiatives citoyennes", "vie-sociale"),
    ("Renforcer l'accompagnement à la parentalité sur le territoire", "parentalite"),
    ("Développer l'écoute et accompagnement des Parents", "parentalite"),
    ("Accompagner les familles dans la recherche d'un mode de garde", "petite-enfance"),
    ("Exercer la fonction d'autorité Organisatrice de la Petite Enfance", "petite-enfance"),
    ("Étude de l'impact du mode de garde sur la scolarisation et le maintien des écoles", "education"),
    ("Le Relais Petite Enfance, un lieu ressource pour les professionnels", "petite-enfance"),
    ("Assurer la pérennité du centre social Espace Déôme et de l'espace de vie sociale", "vie-sociale"),
    ("Valoriser et renforcer la vie associative communale", "sport-associations"),
    ("Maintien et Valorisation de l'École Communale", "education"),
    ("Soutenir la continuité et la qualité des accueils de loisirs et périscolaire", "enfance"),
    ("Construire un réseau partenarial efficace au service des habitants", "gouvernance"),
    ("Anticiper et répondre à la problématique du déficit en professionnels de santé", "sante"),
    ("Sensibiliser collectivement les jeunes aux enjeux du numérique", "numerique"),
    ("Faciliter l'accès aux droits et aux services", "acces-aux-droits"),
    ("Renforcer l'accueil, l'écoute et l'orientation des publics en situation de précarité", "insertion"),
    ("Transport à la demande : ajuster, promouvoir et pérenniser le service", "mobilite"),
    ("Développer une réflexion et mise en place de logements d'urgence", "logement"),
    ("Favoriser le bien vieillir : des lieux et des temps pour nos aînés", "bien-vieillir"),
    ("Maintien à domicile des seniors : repas, sécurité et vigilance", "bien-vieillir"),
    ("Habitat, santé, qualité de vie : préparer le bien vieillir", "bien-vieillir"),
    ("Sensibilisation et accompagnement à la rénovation énergétique des logements", "logement"),
    ("Renforcer la communication interne et externe du Réseau de Lecture Publique", "culture"),
    ("Soutien aux écoles de musique et aide individualisée à l'inscription pour les jeunes", "culture"),
    ("Création d’un dispositif de gestion et de centralisation des demandes des familles", "petite-enfance"),
    ("Création d’un réseau intercommunal des professionnels ALSH enfance-jeunesse", "enfance"),
    ("Lutter contre l’invisibilisation de certains publics", "jeunesse"),
    ("Développer la démarche aller-vers", "vie-sociale"),
]  # fmt: skip


def test_there_are_23_themes_in_order() -> None:
    themes = load_themes()
    assert [theme.order for theme in themes] == list(range(1, 24))
    assert len({theme.id for theme in themes}) == 23
    assert sum(theme.status == "socle" for theme in themes) == 10


def test_the_main_theme_of_a_fiche_is_read_off_its_title() -> None:
    missed = [
        (title, found, judged) for title, judged in JUDGED if (found := find_themes(title=title)[:1]) != (judged,)
    ]
    assert len(JUDGED) >= 40
    assert len(missed) <= 0.1 * len(JUDGED), missed


@pytest.mark.parametrize(
    ("text", "present", "absent"),
    [
        ("inclusion numérique des habitants", "numerique", "handicap"),
        ("le centre socioculturel", "vie-sociale", "culture"),
        ("les commissions de chaque commune", "", "communication"),
        ("l'acces aux creches", "petite-enfance", "enfance"),
        ("café des parents", "parentalite", "insertion"),
        ("foyers de jeunes travailleurs", "logement", "petite-enfance"),
    ],
)
def test_the_longest_signal_wins(text: str, present: str, absent: str) -> None:
    found = find_themes(text)
    assert not present or present in found
    assert absent not in found


def test_a_weak_signal_needs_another() -> None:
    assert find_themes("une liste d'attente") == ()
    assert find_themes("une liste d'attente et des places d'urgence") == ("petite-enfance",)
    assert find_themes("") == ()


def test_a_title_weighs_more_than_a_body() -> None:
    assert find_themes(title="Rénover l'habitat", body="Le covoiturage et le minibus.")[0] == "logement"
    assert find_themes(title="Le covoiturage", body="Rénover l'habitat et les logements.")[0] == "mobilite"

"""Divergences: each detector on texts made for it, where it must speak and where it must not, then the real corpus."""

import pytest

from assistant.compose.citing import quote_stands
from assistant.conflicts import Conflict, conflict_notices, conflict_payload
from assistant.conflicts.clauses import find_clauses
from assistant.conflicts.counts import find_counts
from assistant.conflicts.figures import find_figures
from assistant.conflicts.plans import find_plan_gaps
from assistant.conflicts.postcodes import find_postcodes
from assistant.conflicts.records import Source
from assistant.conflicts.references import find_references
from assistant.conflicts.since import find_since
from assistant.conflicts.text_dates import find_text_dates
from assistant.conflicts.titles import find_titles
from assistant.conflicts.values import Day, read_day, read_number
from assistant.service import Assistant
from corpus.records import FicheAction, Span, Value
from corpus.text import letters

FILLER = "Les partenaires se retrouvent pour partager leurs constats et leurs envies. " * 6


def source(text: str, document: str = "val-test", **parts: tuple[FicheAction, ...]) -> Source:
    return Source(document=document, territory=document.title(), status="signe", text=text, **parts)  # type: ignore[arg-type]


def action(kind: str, ref: str, title: str, **fields: str) -> FicheAction:
    values: dict[str, tuple[Value, ...]] = {
        key: (Value(text=text, start=20, end=20 + len(text)),) for key, text in fields.items()
    }
    return FicheAction(
        id=f"val-test#{ref}", document="val-test", kind=kind, ref=ref, title=title, section="val-test#s1",  # type: ignore[arg-type]
        section_path=(), page=None, start=0, end=200, title_value=Value(text=title, start=0, end=len(title)),
        fields=values,
    )  # fmt: skip


def test_dates_and_numbers_are_read_as_the_documents_write_them() -> None:
    assert read_day("1^{er} janvier 2025") == Day(2025, 1, 1)
    assert read_day("13 ao(it 2004") == Day(2004, 8, 13)
    assert str(Day(2024, 9)) == "septembre 2024"
    assert read_number("2 181") == 2181
    assert read_number("trois") == 3
    assert read_number("plusieurs") is None


def test_one_law_with_two_dates_and_the_right_one_known_from_the_rules() -> None:
    text = "Vu la loi du 18 décembre 2023 pour le plein emploi\n\n¹ Loi plein emploi du 18 décembre 2024."
    (finding,) = find_text_dates([source(text)])
    assert finding.kind == "date-de-texte"
    assert "La date juste est le 18 décembre 2023" in finding.explanation


def test_different_laws_of_different_dates_are_no_divergence() -> None:
    text = (
        "Vu la loi du 18 décembre 2023 pour le plein emploi ;\nVu la loi du 5 mars 2007 relative au logement ;\n"
        "Vu l'arrêté du 3 octobre 2001 relatif à l'action sociale ;"
    )
    assert not list(find_text_dates([source(text)]))


def test_two_laws_under_one_title() -> None:
    text = (
        "Vu la loi n° 82-213 du 2 mars 1982 relative aux droits et libertés des communes ;\n\n"
        "Vu la loi n° 2004-809 du 13 août 2004 relative aux droits et libertés des communes ;"
    )
    (finding,) = find_text_dates([source(text)])
    assert finding.kind == "intitule-de-texte"


def test_a_number_with_two_titles_but_not_a_title_cut_short_or_an_acronym() -> None:
    text = (
        "Objectif 1 : Diversifier l'offre d'accueil\nObjectif 2 : Soutenir la parentalité sur le territoire\n"
        "Objectif 3 : Fidéliser les professionnels des ACM\n"
        "Objectif 1 : Former les animateurs du territoire\nObjectif 2 : Soutenir la parentalité\n"
        "Objectif 3 : Fidéliser les professionnels des accueils collectifs de mineurs (ACM)\n"
    )
    findings = list(find_titles([source(text)]))
    assert [finding.title for finding in findings] == ["Objectif 1 : 2 intitulés dans le même document"]


def test_a_numbering_that_begins_again_in_each_part_is_no_divergence() -> None:
    text = "Action 1 : Créer une MAM\nAction 2 : Ouvrir un relais\n\nAction 1 : Animer un réseau\nAction 2 : Former\n"
    assert not list(find_titles([source(text)]))


def test_an_action_under_two_objectives() -> None:
    text = (
        "Objectif 8 : Renforcer l'accès à l'offre\tAction 14 : Communiquer davantage\n"
        "Objectif 9 : Développer le lien social\tAction 15 : Aider les mobilités\n\n"
        "Objectif 8 : Renforcer l'accès à l'offre\n\nFiche action 14 : Communiquer davantage\n\n"
        "Objectif 8 : Renforcer l'accès à l'offre\n\nFiche action 15 : Aider les mobilités\n"
    )
    (finding,) = find_titles([source(text)])
    assert (finding.kind, finding.title) == ("rattachement", "Action 15 : objectif 9 ou objectif 8")


def test_one_commune_with_two_postcodes_and_a_code_of_six_figures() -> None:
    text = "Crèche, 42600 St-Genest Malifaux\nMAM\t42660 St Genest Malifaux\nRPE 42220 Bourg-Argental\n"
    (finding,) = find_postcodes([source(text)])
    assert "42600 ou 42660" in finding.title
    (typo,) = find_postcodes([source("rue A – 42700 FIRMINY\nrue B – 427000 FIRMINY\nrue C – 42700 FIRMINY\n")])
    assert "427000 est une faute de frappe" in typo.explanation


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2181 habitants de moins de 5 ans", "Moins de 5 ans : 2 167 habitants", 1),
        ("2181 habitants de moins de 5 ans", "Plus de 60 ans : 4 120 habitants", 0),
        ("2181 habitants de moins de 5 ans", "2181 habitants de moins de 5 ans", 0),
        ("la loi de 2021 sur les moins de 5 ans", "la loi de 2022 sur les moins de 5 ans", 0),
    ],
)
def test_nearly_the_same_figure_for_the_same_thing(first: str, second: str, expected: int) -> None:
    assert len(list(find_figures([source(f"{first}.\n\n{FILLER}\n\n{second}.")]))) == expected


def test_a_plan_and_its_fiche_disagree_on_the_year_and_on_who_leads() -> None:
    row = action(
        "action", "a1", "Mise en place d'un réseau des professionnels ALSH enfance", calendrier="2023",
        pilote="RPE — communes - Caf",
    )  # fmt: skip
    fiche = action(
        "fiche", "f1", "Création d'un réseau intercommunal des professionnels ALSH enfance", calendrier="2024",
        pilote="Les communes ; le relais petite enfance ; élus",
    )  # fmt: skip
    findings = list(find_plan_gaps([source("x" * 300, fiches=(fiche,), actions=(row,))]))
    assert [finding.kind for finding in findings] == ["echeance", "pilote"]
    assert "Caf au plan, pas à la fiche" in findings[1].title
    assert "RPE" not in findings[1].title
    other = action("action", "a2", "Aide au permis de conduire des jeunes", calendrier="2026")
    assert not list(find_plan_gaps([source("x" * 300, fiches=(fiche,), actions=(other,))]))


def test_two_signatories_said_where_many_communes_sign() -> None:
    names = ("Graix", "Marlhes", "Planfoy")
    parties = "".join(f"- la commune de {name} représentée par M. X, Maire\n" for name in names)
    (finding,) = find_counts([source(f"{parties}\nCoordination entre les deux signataires, dans leurs interventions.")])
    assert "3 communes sont parties" in finding.title
    assert not list(find_counts([source(f"{parties}\nDans chacune des 3 communes.")]))
    (count,) = find_counts([source(f"{parties}\nDans chacune des 4 communes.")])
    assert count.title.startswith("4 communes annoncées, 3 communes")


def test_an_annexe_cited_under_another_number() -> None:
    text = (
        "Vu la délibération du conseil municipal figurant en annexe 6 de la présente convention.\n\n"
        "ANNEXE 4 – Modalités de suivi\n\nANNEXE 5 – Délibération du conseil municipal\n"
    )
    (finding,) = find_references([source(text)])
    assert finding.kind == "renvoi"
    assert not list(find_references([source(text.replace("annexe 6", "annexe 5"))]))


def test_a_letter_for_a_digit_in_an_article() -> None:
    typed = source("Vu les articles L. 263-I du Code", "a-test")
    (finding,) = find_references([typed, source("Vu les articles L. 263-1 du Code", "b-test")])
    assert finding.kind == "reference"
    assert not list(find_references([typed]))


def test_since_when() -> None:
    text = (
        "Elles sont, depuis le 1^{er} janvier 2025, les autorités organisatrices d'accueil du jeune enfant.\n\n"
        "Depuis septembre 2024, elle est devenue Autorité Organisatrice de la Petite Enfance.\n\n"
        "Depuis juillet 2021, la Région est Autorité Organisatrice des Transports."
    )
    (finding,) = find_since([source(text)])
    assert "1er janvier 2025" in finding.title
    assert "septembre 2024" in finding.title


def test_clauses_that_differ_are_practices_and_equal_ones_are_nothing() -> None:
    three = source("Elle peut être résiliée avec un délai de préavis de trois mois.", "a-test")
    six = source("Elle peut être dénoncée moyennant un délai de prévenance de 6 mois.", "b-test")
    also_three = source("Le préavis est simple : un préavis de 3 mois.", "c-test")
    (finding,) = find_clauses([three, six, also_three])
    assert "A-Test, C-Test : trois mois ; B-Test : 6 mois" in finding.explanation
    assert not list(find_clauses([three, also_three]))


KNOWN = [
    ("monts-du-pilat", "Vu la loi du 18 décembre 2023 pour le plein emploi", "Loi plein emploi du 18 décembre 2024"),
    (
        "monts-du-pilat", "Contribue à renforcer la coordination entre les deux signataires",
        "Ce comité est composé, à parité, de représentants de la Caf, des 16 communes et de la CCMP",
    ),
    ("creusot-montceau-nord", "2181 habitants de moins de 5 ans habitent le territoire", "2 167 habitants"),
    (
        "gevrey-nuits", "Objectif 6 : Améliorer l’accessibilité et la qualité des accueils collectifs de mineurs",
        "Objectif 6 : Accroître et stabiliser les équipes d'animateurs sur le territoire",
    ),
    (
        "monts-du-pilat", "Multi-accueil LES LOUPIOTS, 22 sur de la Semène, 42600 St-Genest Malifaux",
        "MAM 42660 St Genest Malifaux",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def conflicts(real_assistant: Assistant) -> tuple[Conflict, ...]:
    return real_assistant.conflicts()


@pytest.mark.parametrize(("document", "first", "second"), KNOWN)
def test_known_divergences_are_found(conflicts: tuple[Conflict, ...], document: str, first: str, second: str) -> None:
    holding = [
        conflict
        for conflict in conflicts
        if conflict.internal
        and conflict.documents == (document,)
        and any(letters(first) in letters(version.quote) for version in conflict.versions)
        and any(letters(second) in letters(version.quote) for version in conflict.versions)
    ]
    assert len(holding) == 1


def test_every_quote_stands_and_the_list_is_short_enough_to_read(
    real_assistant: Assistant, conflicts: tuple[Conflict, ...]
) -> None:
    assert 25 <= len(conflicts) <= 45
    assert len({conflict.id for conflict in conflicts}) == len(conflicts)
    for conflict in conflicts:
        assert len(conflict.versions) >= 2
        assert conflict_payload(conflict)["versions"][0]["verified"] is True
        for version in conflict.versions:
            spans = version.spans or (Span(start=version.start, end=version.end),)
            assert quote_stands(real_assistant.index.raw_text(version.document), version.as_recognised, spans)


def test_an_answer_that_cites_a_version_says_so(conflicts: tuple[Conflict, ...]) -> None:
    law = next(conflict for conflict in conflicts if conflict.kind == "date-de-texte")
    (notice,) = conflict_notices(conflicts, law.versions[1:])
    assert notice.kind == "conflict"
    assert all(version.quote in notice.text for version in law.versions)
    elsewhere = law.versions[0].model_copy(update={"document": "ailleurs"})
    assert conflict_notices(conflicts, [elsewhere]) == []

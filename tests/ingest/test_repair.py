"""Recognised texts are repaired where it is sure, never in a number, a date or a name, and the raw text stays."""

import re
from pathlib import Path

import pytest
from ingest_in_child import QuickEmbedder
from repair_support import RECOGNISED, corrected_lines, entry_of, lexicon, repaired, texts, word_error_rate
from test_pipeline import write_corpus

from corpus.index.reader import open_index
from corpus.records import Repair, Span
from corpus.repairs import RepairedText
from corpus.settings import Settings
from corpus.text import fold
from ingest.pipeline import ingest_corpus
from ingest.repair import find_repairs, is_noisy

NOISE = "La mise en ceuvre de I'offre, ci-aprés dénommée, trés utile a I'accueil, étre la. "
"""What makes a text a recognised one, with every "à" lost."""


@pytest.mark.parametrize(("half", "before", "after"), [("developpement", 0.08, 0.030), ("controle", 0.06, 0.028)])
def test_word_errors_before_and_after(half: str, before: float, after: float) -> None:
    assert len(corrected_lines(half)) == 150
    assert word_error_rate(half, "raw") > before
    assert word_error_rate(half, "repaired") < after


@pytest.mark.parametrize("name", sorted(texts()))
def test_only_recognised_texts_are_noisy_and_clean_ones_would_not_be_changed(name: str) -> None:
    assert is_noisy(texts()[name]) is (name in RECOGNISED)
    if name not in RECOGNISED:
        assert repaired(name).repairs == ()


@pytest.mark.parametrize("name", RECOGNISED)
def test_no_number_date_or_name_is_altered(name: str) -> None:
    read = repaired(name)
    assert len(read.repairs) > 90
    for pattern in (r"\S*\d\S*", r"\d{1,2}(?:er)? [^\W\d]+ \d{4}"):
        assert re.findall(pattern, parted(read.text)) == re.findall(pattern, parted(read.raw))
    places = names_in(name)
    assert len(places) > 50
    changed = [(read.raw[first:last], read.between(first, last)) for first, last in places]
    assert [pair for pair in changed if pair[0] != pair[1] and not is_misread_article(*pair)] == []


def parted(text: str) -> str:
    """A word and the figure glued to it, apart: `Soit4 613 444` may be read `Soit 4 613 444`, nothing else."""
    return re.sub(r"(?<!\w)([^\W\d_]{3,})(?=\d)", r"\1 ", text)


def is_misread_article(raw: str, shown: str) -> bool:
    """`Finclusion` for `l'inclusion`, `Ia` for `la`: no name begins so, and nothing but the article is changed."""
    return (raw, shown) == ("Ia", "la") or (raw[0] in "FUP" and raw[1] in "aeio" and shown == f"l'{raw[1:]}")


def names_in(name: str) -> list[tuple[int, int]]:
    """Places of the proper names: those of the manifest, people, words capitalised in mid-sentence, acronyms."""
    raw, territory = texts()[name], entry_of(name).territory
    names = " ".join((*territory.communes, *territory.other_names))
    known = {fold(part) for part in re.findall(r"\w{4,}", names)}
    places = []
    for match in re.finditer(r"(?<![\w'’])[A-ZÀ-Ý][\w-]+", raw):
        before = raw[: match.start()]
        in_sentence = re.search(r"[a-zéèà,] $", before) and not before.endswith("\nv ")
        if fold(match.group()) in known or in_sentence or match.group().isupper():
            places.append(match.span())
    places += [match.span() for match in re.finditer(r"\b(?:M\.|Mme) [A-ZÀ-Ý]\w+(?:[ -][A-ZÀ-Ý]\w+)*", raw)]
    return places


@pytest.mark.parametrize(
    ("raw", "right"),
    [
        ("le développement de I'enfant", "le développement de l'enfant"),
        ("adapter |'offre et ['accueil", "adapter l'offre et l'accueil"),
        ("compte de 'ensemble du projet", "compte de l'ensemble du projet"),
        ("à partir d’'un diagnostic", "à partir d’un diagnostic"),
        ("en tant que levier d\"attractivité", "en tant que levier d'attractivité"),
        ("la mise en ceuvre pour les sceurs", "la mise en œuvre pour les sœurs"),
        ("diment autorisé & signer", "dûment autorisé à signer"),
        ("fait la synthése en matiére", "fait la synthèse en matière"),
        ("l'accés a la culture", "l'accès à la culture"),
        ("des soldes, a I'échelle du bassin", "des soldes, à l'échelle du bassin"),
        ("un comité technigue guelconque", "un comité technique quelconque"),
        ("ci-aprés dénommeée la Caf", "ci-après dénommée la Caf"),
        ("lutter contre linverse, etla suite", "lutter contre l'inverse, et la suite"),
        ("une cartogr aphie des besoins", "une cartographie des besoins"),
        ("une gouvernance intercom-\nmunale du projet", "une gouvernance intercommunale du projet"),
        ("Ameéliorer le maillage", "Améliorer le maillage"),
        ("favoriser |la mobilité", "favoriser la mobilité"),
        ("une moyenne d'age, une regle", "une moyenne d'âge, une règle"),
        ("signer uncontrat d'objectifs", "signer un contrat d'objectifs"),
        ("mieux se connaltre", "mieux se connaître"),
        ("les réponses a celles-ci", "les réponses à celles-ci"),
        ("Premiéres étapes de travail", "Premières étapes de travail"),
        ("la qualité d'accueil\n\nI I\n\nInformer", "la qualité d'accueil\n\n\n\nInformer"),
        ("les actions\ne Indicateur 2 : taux", "les actions\n• Indicateur 2 : taux"),
        ("de Finterconnaissance et Uinclusion", "de Finterconnaissance et l'inclusion"),
        ("adapter Poffre aux familles", "adapter l'offre aux familles"),
        ("Créerun réseau des acteurs", "Créer un réseau des acteurs"),
        ("le métier dCNAF de la CNAF", "le métier d'CNAF de la CNAF"),
        ("\n\nLaCAF et la CAF", "\n\nLa CAF et la CAF"),
        ("Lajuxtaposition des actions", "La juxtaposition des actions"),
        ("de façon particuligrement dynamigque", "de façon particulièrement dynamique"),
        ("des horaires atypigues danS la ville", "des horaires atypiques dans la ville"),
        ("tous les ages de la vie", "tous les âges de la vie"),
        ("la forme de gestion el de suivi ot de Ia démarche", "la forme de gestion et de suivi et de la démarche"),
        ("le soutien d la parentalité etfou", "le soutien à la parentalité et/ou"),
        ("se situant a 16,3%, eu égard a des projets", "se situant à 16,3%, eu égard à des projets"),
        ("des actions a visée pédagogique", "des actions à visée pédagogique"),
        ("Soit4 613 444 € et entre5 et 19 ans", "Soit 4 613 444 € et entre 5 et 19 ans"),
    ],
)  # fmt: skip
def test_what_is_sure_is_repaired(raw: str, right: str) -> None:
    assert repair(raw) == right


MIXED = "Ouvrir une halte-garderie dans les Former les bénévoles de l'aide\nvillages du plateau aux devoirs"
WHOLE = "Ouvrir une halte-garderie dans\nles villages du plateau\n\nFormer les bénévoles de l'aide aux devoirs\n\n"


def test_mixed_columns_are_parted_where_both_paragraphs_stand_elsewhere() -> None:
    text = f"{NOISE}\n\n{WHOLE}Autre page\n\n{MIXED}\n"
    read = RepairedText(text, find_repairs(text, lexicon()))
    assert read.text.endswith(
        "Ouvrir une halte-garderie dans les villages du plateau\nFormer les bénévoles de l'aide aux devoirs\n"
    )
    assert sorted(read.text.split()) == sorted(RepairedText(text, read.repairs[:-1]).text.split())
    for missing in ("Ouvrir une", "Former les"):
        alone = text.replace(missing, "Autre chose", 1)
        assert MIXED in RepairedText(alone, find_repairs(alone, lexicon())).text


@pytest.mark.parametrize(
    "raw",
    [
        "Elle a pour objet de définir", "La commune a la charge du relais", "la démarche a été présentée",
        "ce dernier a permis de voir", "les cotés du territoire", "la Caf de Sadne-et-Loire",
        "Mme Cécile ALADAME et Felix MORENO", "la commune d'Ecuisses et Saint-Eusébe", "le 13 ao(it 2004",
        "562 milhors d'euros en 2O19", "PETITE ENFANCE & JEUNESSE", "un espace snoezelen pour le benchmarking",
        "un coordinateur référent fragilise", "la rencontre intergénérationnelle", "il faut connaitre le cout",
        "les annexes\nB\nDiagnostic", "chapitre\nIV\nBilan", "une surfréquentation", "une unicité", "Riviére et Molére",
        "chacun\n\nLafontaine préside", "chacun\n\nDeschamps préside", "le maire de Panges et Pouvrier",
        "chacun\n\nLecomte et Larivière siègent", "Elle a projeté de faire", "les frères et le handicap de |a",
        "la fiche PE20 et l'ALEC42", "le critère Cov19", "l'axe SOIT4",
    ],
)  # fmt: skip
def test_what_is_not_sure_is_left(raw: str) -> None:
    assert repair(raw) == raw


def repair(raw: str) -> str:
    text = NOISE + raw
    return RepairedText(text, find_repairs(text, lexicon())).text[-200:].split("la. ", 1)[1]


def test_offsets_are_mapped_both_ways() -> None:
    read = RepairedText("de I'offre etla ~ suite", [
        Repair(start=3, end=5, text="l'"), Repair(start=11, end=15, text="et la"), Repair(start=16, end=17, text=""),
    ])  # fmt: skip
    assert read.text == "de l'offre et la  suite"
    for offset, char in enumerate(read.raw):
        if not any(one.start <= offset < one.end for one in read.repairs):
            assert read.text[read.to_repaired(offset)] == char
            assert read.to_raw(read.to_repaired(offset)) == offset
    assert (read.to_raw(4), read.to_raw(13), read.to_repaired(12)) == (3, 11, 11)
    assert read.between(4, 15) == "'offre et la"
    with pytest.raises(ValueError, match="réparation"):
        RepairedText("abc", [Repair(start=0, end=2, text=""), Repair(start=1, end=3, text="")])


def test_repairs_are_laid_over_a_text_made_from_spans() -> None:
    raw = "v' Aller a\n  I'offre\n\nPilote a a accés"
    places = (raw.index("a\n"), raw.index("I'"), raw.index("a accés"), raw.index("accés"))
    repairs = [Repair(start=at, end=at + len(old), text=new) for at, old, new in
               zip(places, ("a", "I'", "a", "accés"), ("à", "l'", "à", "accès"), strict=True)]  # fmt: skip
    read = RepairedText(raw, repairs)
    span = [Span(start=0, end=20), Span(start=22, end=len(raw))]
    assert read.laid_over("Aller a I'offre\nPilote a a accés", span) == "Aller à l'offre\nPilote a à accès"
    assert read.laid_over("Aller", span[:1]) == "Aller"


def test_the_index_keeps_the_raw_text_and_its_repairs(tmp_path: Path) -> None:
    noisy = "Article 1 : Objet\n\n" + NOISE * 3
    write_corpus(tmp_path / "corpus", bruite=noisy, sain="Article 1 : Objet\n\nLa crèche ouvre à Montbel en 2027.\n")
    settings = Settings(corpus_dir=tmp_path / "corpus", data_dir=tmp_path / "data", _env_file=None)
    ingest_corpus(settings, embedder=QuickEmbedder(settings))
    index = open_index(settings)
    assert index.raw_text("bruite") == noisy
    assert "mise en œuvre de l'offre, ci-après dénommée, très utile à l'accueil" in index.repaired("bruite").text
    assert index.repaired("sain").repairs == ()
    assert {index.passage(found).document for found, _ in index.lexical("œuvre")} == {"bruite"}
    assert index.lexical("ceuvre") == []

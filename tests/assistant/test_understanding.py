"""Questions as people type them: territories, follow-ups, spelling, references, what is expected."""

import pytest

from assistant.compose.expected import expected_answer, holds_expected
from assistant.service import Assistant
from assistant.understand.conversation import resolve_question
from assistant.understand.cues import load_cues, plain_words
from assistant.understand.question import check_question
from assistant.understand.references import find_titled_fiches
from corpus.errors import QuestionRejected, UnknownTerritory
from corpus.records import Turn


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("la durée de la ctg du pilat", {"monts-du-pilat"}),
        ("l'ondaine et la 4C", {"firminy-chambon-ricamarie", "cordais-causse"}),
        ("une creche a st genest malifaux", {"monts-du-pilat"}),
        ("qui pilote à firminny", {"firminy-chambon-ricamarie"}),
        ("et dans la Loire ?", {"firminy-chambon-ricamarie", "monts-du-pilat"}),
        ("nuits st georges", {"gevrey-nuits"}),
        ("le conseil municipal de Torcy", {"creusot-montceau-nord"}),
        ("combien de places en crèche", set()),
        ("le monde rural et la nuit", set()),
    ],
)
def test_territories_are_read_from_names_nicknames_and_communes(
    real_assistant: Assistant, question: str, documents: set[str]
) -> None:
    mentions = real_assistant.searcher.understanding.finder.find(question)
    assert {document for mention in mentions for document in mention.documents} == documents


def test_a_commune_stays_a_word_to_look_for(real_assistant: Assistant) -> None:
    query = real_assistant.search("un accueil de loisirs à Jonzieux", 5).query
    assert query.territories == ("monts-du-pilat",)
    assert any(term.word == "jonzieux" for term in query.terms)


@pytest.mark.parametrize(
    ("follow_up", "held", "gone"),
    [
        ("et à Firminy ?", ("durée", "Firminy"), ("Pilat",)),
        ("avec quels partenaires ?", ("durée", "Pilat", "partenaires"), ()),
        ("et chez les autres ?", ("durée", "autres"), ("Pilat",)),
    ],
)
def test_a_follow_up_takes_what_it_leaves_unsaid(
    real_assistant: Assistant, follow_up: str, held: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    history = [Turn(question="Quelle est la durée de la CTG des Monts du Pilat ?")]
    resolved = resolve_question(follow_up, history, real_assistant.searcher.understanding.finder, load_cues())
    assert resolved.leaned
    assert all(word in resolved.question for word in held)
    assert not any(word in resolved.question for word in gone)


@pytest.mark.parametrize(
    ("first", "follow_up"),
    [
        ("Le transport à la demande, il est prévu où ?", "et dans le Pilat il s'adresse à qui, combien de jours ?"),
        ("C'est qui la directrice de la Caf qui signe ?", "et son homologue de la Loire sur la CTG signée en 2022 ?"),
        ("Que fait Gevrey-Nuits pour les stagiaires ?", "et pour le permis de ceux sans voiture ils vont voir qui ?"),
    ],
)
def test_a_follow_up_that_points_back_leans_however_long(real_assistant: Assistant, first: str, follow_up: str) -> None:
    finder = real_assistant.searcher.understanding.finder
    resolved = resolve_question(follow_up, [Turn(question=first)], finder, load_cues())
    assert resolved.leaned
    assert "à propos de" in resolved.question


def test_a_territory_held_against_the_others_is_part_of_the_answer(real_assistant: Assistant) -> None:
    query = real_assistant.search("À Firminy, plus de familles monoparentales qu'ailleurs ?", 3).query
    assert query.across
    assert query.excluded == ()
    away = real_assistant.search("Nous sommes à Firminy : que font les autres pour les MAM ?", 3).query
    assert away.excluded == ("firminy-chambon-ricamarie",)


def test_a_fiche_is_named_by_words_of_its_title(real_assistant: Assistant) -> None:
    understanding = real_assistant.searcher.understanding
    gevrey = [fiche for fiche in understanding.fiches if fiche.document == "gevrey-nuits"]
    named = find_titled_fiches("fiche communication de Gevrey : la vigilance ?", gevrey, {"gevrey"})
    assert [real_assistant.index.fiche(fiche).ref for fiche in named] == ["14"]
    for none in ("la fiche de la CTG", "une fiche sur le tout et le rien", "les fiches du Pilat"):
        assert find_titled_fiches(none, understanding.fiches, {"pilat"}) == ()


def test_a_new_subject_drops_the_old_one(real_assistant: Assistant) -> None:
    history = [Turn(question="Quelle est la durée de la CTG des Monts du Pilat ?")]
    question = "Combien de crèches au Chambon-Feugerolles ?"
    resolved = resolve_question(question, history, real_assistant.searcher.understanding.finder, load_cues())
    assert resolved.question == question
    assert not resolved.leaned


def test_typing_errors_are_repaired_from_the_corpus_own_words(real_assistant: Assistant) -> None:
    speller = real_assistant.searcher.understanding.speller
    assert speller.repair("ludoteque") == "ludotheque"
    assert speller.repair("parentlite") == "parentalite"
    assert speller.repair("ludotheque") is None
    assert speller.repair("xqzwv") is None


def test_references_name_fiches_and_articles(real_assistant: Assistant) -> None:
    result = real_assistant.search("G39 porteur et budget ?", 3)
    assert result.query.references == ("G39",)
    assert result.passages[0].passage.fiche == "monts-du-pilat#fg39"
    article = real_assistant.search("que dit l'article 12 au Pilat", 3)
    assert "Article 12" in article.passages[0].passage.address()


@pytest.mark.parametrize(
    ("question", "yes", "no"),
    [
        ("combien de places à la crèche", "Créer 12 places supplémentaires", "places à la crèche, 42700 FIRMINY"),
        ("quel est le prix du repas", "le repas coûte 3,20 €", "le prix du repas est fixé chaque année"),
        ("qui est le maire", "Monsieur Julien LUYA, Maire", "le maire de la commune"),
        ("à quelle adresse", "9 rue des Halles", "la crèche des Pirouettes"),
        ("le taux de pauvreté", "un taux de pauvreté de 14,2 %", "la pauvreté augmente"),
    ],
)
def test_the_kind_of_thing_expected(question: str, yes: str, no: str) -> None:
    expectation = expected_answer(question, ())
    assert expectation is not None
    assert holds_expected(expectation, yes)
    assert not holds_expected(expectation, no)


def test_open_questions_expect_nothing_in_particular() -> None:
    assert expected_answer("comment soutenir les parents d'ados", ()) is None


def test_cues_read_intent_and_field() -> None:
    cues = load_cues()
    assert "comparaison" in cues.intents_in(plain_words("Comment les autres territoires ont-ils fait ?"))
    assert "pilote" in cues.fields_in(plain_words("c'est qui le chef de file ?"))
    assert cues.fields_in(plain_words("la cantine")) == ()


@pytest.mark.parametrize("question", ["", "   ", "?!", "\x00"])
def test_an_empty_question_is_refused_with_a_sentence(question: str) -> None:
    with pytest.raises(QuestionRejected, match="vide"):
        check_question(question, 4000)


def test_a_long_question_is_refused_with_its_length() -> None:
    with pytest.raises(QuestionRejected, match="trop longue"):
        check_question("mot " * 25_000, 4000)


def test_an_unknown_territory_is_named_with_those_that_exist(real_assistant: Assistant) -> None:
    with pytest.raises(UnknownTerritory, match="Monts du Pilat"):
        real_assistant.resolve_territory("Atlantide")

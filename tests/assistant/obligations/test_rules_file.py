"""The rules file: quotes that stand in the raw text, references, reservations, and errors that name file and line."""

from pathlib import Path

import pytest

from assistant.obligations.evidence import FileTexts, find_quote, mentions_of
from assistant.obligations.explain import explain_rules
from assistant.obligations.lookup import rules_about
from assistant.obligations.render import render_markdown, render_text
from assistant.obligations.rules import which_obligations
from assistant.obligations.situation import make_situation
from corpus.errors import CorpusError
from corpus.obligations import OBLIGATIONS_FILE, Mention, Rule, load_obligations
from corpus.schema_contents import SCHEMA_FILE, load_schema_contents
from corpus.text import letters
from corpus.themes import load_themes

RULES = load_obligations().rules
MENTIONS = [(rule, mention) for rule in RULES for mention in rule.corpus]


@pytest.mark.parametrize(("rule", "mention"), MENTIONS, ids=lambda value: getattr(value, "id", ""))
def test_every_quote_stands_in_the_raw_text(rule: Rule, mention: Mention) -> None:
    raw = FileTexts().raw_text(mention.document)
    assert raw is not None, f"{rule.id} cite un document absent : {mention.document}"
    place = find_quote(raw, mention.quote)
    assert place is not None, f"{rule.id} : citation introuvable dans {mention.document}"
    assert letters(raw[place[0] : place[1]]) == letters(mention.quote)


def test_citations_point_into_the_raw_text_and_vanish_with_their_document() -> None:
    texts = FileTexts()
    rule = next(rule for rule in RULES if rule.id == "planifier")
    mentions = mentions_of(rule, texts)
    assert [mention.citation.n for mention in mentions] == list(range(1, len(rule.corpus) + 1))
    for mention in mentions:
        raw = texts.raw_text(mention.citation.document)
        assert raw is not None
        assert letters(mention.citation.quote) == letters(raw[mention.citation.start : mention.citation.end])
        assert mention.note or mention.says != "ecart"

    class _Without(FileTexts):
        def raw_text(self, document: str) -> str | None:
            return None if document == "cordais-causse" else super().raw_text(document)

    assert all(mention.citation.document != "cordais-causse" for mention in mentions_of(rule, _Without()))
    assert len(mentions_of(rule, _Without())) < len(mentions)


def test_rules_are_complete() -> None:
    themes = {theme.id for theme in load_themes()}
    for rule in RULES:
        assert rule.theme in themes
        assert rule.text.endswith(".")
        assert rule.since or rule.since_note, f"{rule.id} ne dit rien de sa date"
        if rule.confidence == "B":
            assert "Réserve (confiance B)" in rule.full_text()
    titles = {rule.title for rule in RULES}
    assert {
        "Recenser les besoins", "Informer et accompagner les familles", "Planifier l'offre", "Soutenir la qualité",
        "Établir un schéma pluriannuel", "Mettre en place un relais petite enfance",
        "Rendre un avis sur les projets privés",
    } <= titles  # fmt: skip


def test_the_known_errors_of_the_corpus_are_told() -> None:
    gaps = {(mention.document, mention.quote[:30]) for _, mention in MENTIONS if mention.says == "ecart"}
    assert ("monts-du-pilat", "Loi plein emploi du 18 décembr") in gaps
    assert ("cordais-causse", "En cas de transfert a un EPCI ") in gaps


def test_shown_texts_carry_notice_reference_and_gap() -> None:
    report = which_obligations(make_situation(12000, "commune", "aucune", "2026-11-22"), FileTexts())
    shown = render_markdown(report)
    assert load_obligations().notice in shown
    assert "L. 214-1-3" in shown
    assert "Écart dans le corpus (Monts du Pilat" in shown
    assert "Échéances passées" in shown
    plain = render_text(report)
    assert "**" not in plain
    assert "OBLIGATOIRE" in plain


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("À partir de combien d'habitants faut-il un schéma ?", "schema"),
        ("Notre village doit-il avoir un RPE ?", "rpe"),
        ("La CTG est-elle obligatoire ?", "ctg-signer"),
        ("Une CTG peut-elle remplacer le schéma ?", "ctg-schema"),
        ("Combien d'enfants une nounou peut-elle garder ?", "nombre-enfants"),
        ("Qui donne son avis quand une crèche privée veut ouvrir ?", "avis-projets"),
        ("Les parents peuvent-ils exiger une place ?", "droit-opposable"),
        ("Quel taux d'encadrement pendant les vacances ?", "acm-vacances"),
    ],
)
def test_a_question_finds_its_rule(question: str, rule: str) -> None:
    assert rule in [found.rule.id for found in rules_about(question)][:2]


def test_a_question_about_something_else_finds_no_rule() -> None:
    assert rules_about("Quel temps fait-il demain ?") == ()


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("level: obligatoire", "level: conseille", "level"),
        ('since: "2025-01-01"', "since: hier", "since"),
        ("confidence: A", "confidence: B", "réserve"),
        ("type: commune", "type: region", "type"),
        ("    keywords:", "    motcles: [x]\n    keywords:", "inconnue"),
        ("competences: [1]", "competences: [7]", "competences"),
    ],
)
def test_mistakes_in_the_rules_file_name_the_place(tmp_path: Path, before: str, after: str, words: str) -> None:
    text = OBLIGATIONS_FILE.read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "obligations.yaml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load_obligations(path)
    assert str(path) in str(caught.value)
    assert "ligne" in str(caught.value)
    assert words in str(caught.value)


def test_mistakes_in_the_contents_file_name_the_place(tmp_path: Path) -> None:
    text = SCHEMA_FILE.read_text(encoding="utf-8")
    path = tmp_path / "schema.yaml"
    path.write_text(text.replace("fields: [calendrier]", "fields: [agenda]", 1), encoding="utf-8")
    with pytest.raises(CorpusError, match="agenda"):
        load_schema_contents(path)


def test_a_rule_is_explained_in_the_situation_of_the_question() -> None:
    question = "Commune de 12 000 habitants, le relais petite enfance est-il obligatoire ?"
    situation = make_situation(12000, "commune", "aucune", "2026-11-22")
    first = explain_rules(question, situation, FileTexts())[0]
    assert (first.rule.id, first.status) == ("rpe", "applies")
    assert first.mentions
    assert explain_rules(question)[0].status == "undetermined"
    other = explain_rules("Combien d'enfants une nounou peut-elle garder ?", situation)[0]
    assert other.status == "does_not_apply"
    assert "assistants maternels" in other.why

"""How a hit, a key fact and a citation are counted."""

import pytest

from corpus.records import Citation, Span
from eval.matching import hits, holds_fact, holds_words, prose_length, quote_verified
from eval.records import Gold, Returned

ROW = (
    "Réflexion autour des besoins des Communes - 2025 familles monoparentales ayant des entreprises horaires atypiques"
)
IN_ORDER = (
    "Réflexion autour des besoins des familles monoparentales ayant des horaires atypiques | "
    "Communes - entreprises | 2025"
)


def returned(text: str, **more: object) -> Returned:
    return Returned.model_validate({"document": "d", "text": text, **more})


@pytest.mark.parametrize(
    ("text", "quote", "hit"),
    [
        ("… La présente convention est conclue jusqu’au\n31 DECEMBRE 2026.", "conclue jusqu'au 31 décembre 2026", True),
        ("La présente convention est conclue jusqu'au 31 decembre 2025", "conclue jusqu'au 31 décembre 2026", True),
        ("organiser Ie recensement de I'ensemble des dispositifs", "recensement de l'ensemble des dispositifs", True),
        ("organiser le recensement de quelques dispositifs privés", "recensement de l'ensemble des dispositifs", False),
        ("des dispositifs", "recensement de l'ensemble des dispositifs", False),
        ("", "recensement de l'ensemble des dispositifs", False),
    ],
)
def test_a_text_hits_when_it_holds_the_quote_or_nearly(text: str, quote: str, hit: bool) -> None:
    assert hits(returned(text), Gold(doc="d", quote=quote)) is hit
    assert not hits(returned(text), Gold(doc="autre", quote=quote))


def test_a_row_put_back_in_order_hits_by_its_words_and_plain_text_does_not() -> None:
    gold = Gold(doc="d", quote=ROW)
    assert not hits(returned(IN_ORDER), gold)
    assert hits(returned(IN_ORDER, reordered=True), gold)
    assert hits(returned(IN_ORDER, raw=ROW), gold)
    scattered = IN_ORDER.replace(" | ", " " + "mot " * 700)
    assert not holds_words(scattered, ROW)
    assert holds_words("mot " * 2000 + IN_ORDER + " mot" * 2000, ROW)


@pytest.mark.parametrize(
    ("answer", "fact", "found"),
    [
        ("852 jeunes, soit 17,7 %", "852", True),
        ("1852 jeunes", "852", False),
        ("soit 17,7 %", "17", False),
        ("soit 17,7 %", "7", False),
        ("soit 17,7 %", "17.7", False),
        ("soit 17,7 %", "17,7|17.7", True),
        ("Les fiches 3, 12 et 17.", "17", True),
        ("15\u202f431 habitants", "15 431", True),
        ("15431 habitants", "15 431", True),
        ("15 431 habitants", "431", False),
        ("en 2022 431 enfants", "431", True),
        ("ouvert à 17h30", "17h30", True),
        ("l'accompagnement par la PMI", "PMI|accompagn", True),
        ("désaccompagnement", "accompagn", False),
        ("Élus et techniciens", "élus", True),
        ("Saulon la Rue", "Saulon-la-Rue", True),
        ("Conseil  Municipal", "conseil municipal", True),
        ("le conseil est municipal", "conseil municipal", False),
        ("le bus de l’orientation", "bus de l'orientation", True),
        ("au 1er janvier", "1", True),
        ("rien", "|", False),
    ],
)
def test_a_key_fact_is_a_whole_number_or_the_beginning_of_words(answer: str, fact: str, found: bool) -> None:
    assert holds_fact(answer, fact) is found


DOCUMENT = "Titre\nPilote :  la Mairie et\nla CCMP. Budget : 12 000 € par an."


def citation(quote: str, start: int, end: int, **more: object) -> Citation:
    fields = {"n": 1, "document": "d", "territory": None, "section": "", "page": None, "verified": True}
    return Citation.model_validate({**fields, "quote": quote, "start": start, "end": end, **more})


def test_a_quote_is_verified_against_the_place_it_points_to() -> None:
    start = DOCUMENT.index("Pilote")
    end = DOCUMENT.index(" Budget")
    assert quote_verified(citation("Pilote : la Mairie et la CCMP.", start, end), DOCUMENT)
    assert not quote_verified(citation("Pilote : la Mairie et la Caf.", start, end), DOCUMENT)
    assert not quote_verified(citation("Pilote : la Mairie et la CCMP.", 0, 5), DOCUMENT)
    assert not quote_verified(citation("Pilote : la Mairie et la CCMP.", start, 10_000), DOCUMENT)
    assert not quote_verified(citation("…", start, end), DOCUMENT)
    assert not quote_verified(citation("Pilote", start, end), None)


def test_pieces_and_repaired_quotes_are_verified_by_what_the_source_says() -> None:
    spans = tuple(
        Span(start=DOCUMENT.index(word), end=DOCUMENT.index(word) + len(word)) for word in ("CCMP", "12 000 €")
    )
    assert quote_verified(citation("CCMP … 12 000 €", spans[0].start, spans[1].end, spans=spans), DOCUMENT)
    assert not quote_verified(citation("CCMP … par an", spans[0].start, spans[1].end, spans=spans), DOCUMENT)
    scanned = "Organiser Ie recensement"
    assert quote_verified(citation("Organiser le recensement", 0, len(scanned), raw=scanned), scanned)
    assert not quote_verified(citation("Abandonner tout projet ici", 0, len(scanned), raw=scanned), scanned)


def test_notes_of_the_project_have_no_raw_text_to_be_checked_in() -> None:
    assert quote_verified(citation("RPE : relais petite enfance", 0, 0, document="glossaire:rpe"), None)


def test_tables_do_not_count_as_prose() -> None:
    assert prose_length("Oui :\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nFin. \n") == len("Oui :\nFin.")

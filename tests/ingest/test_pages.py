"""Pages of plain texts: a number only where the file establishes it."""

from itertools import pairwise
from pathlib import Path

import pytest

from corpus.records import PageSpan
from ingest.pages import find_pages, page_at

DOCUMENTS = Path(__file__).resolve().parents[2] / "corpus" / "documents"


def text_of(name: str) -> str:
    return (DOCUMENTS / f"{name}.txt").read_bytes().decode("utf-8")


def numbers(pages: tuple[PageSpan, ...]) -> list[int | None]:
    return [page.number for page in pages]


def printed(number: int, words: str, foot: int | None = None) -> str:
    return f" Page {words} commence ici\n\nson texte.\n\n{foot or number}\n"


def test_numbers_of_pasted_slides_establish_no_page() -> None:
    text = text_of("creusot-montceau-nord")
    pages = find_pages(text, "espace-en-tete")
    assert len(pages) == 60
    assert set(numbers(pages)) == {None}
    assert text[pages[0].start :].startswith(" Entre :")
    assert any(text[page.start :].startswith(" ANNEXE 4 : Prem") for page in pages)


def test_every_slide_of_a_presentation_is_counted() -> None:
    text = text_of("cordais-causse")
    pages = find_pages(text, "diapositives")
    assert numbers(pages) == list(range(1, 20))
    assert page_at(pages, text.index("OBSERVATOIRE TERRITORIAL")) == 13
    assert page_at(pages, text.index("LE STATUT D'AUTORITE")) == 19


@pytest.mark.parametrize(
    ("name", "convention"), [("creusot-montceau-nord", "espace-en-tete"), ("cordais-causse", "diapositives")]
)
def test_pages_cover_the_text_without_overlap(name: str, convention: str) -> None:
    text = text_of(name)
    pages = find_pages(text, convention)  # type: ignore[arg-type]
    assert (pages[0].start, pages[-1].end) == (0, len(text))
    assert all(before.end == after.start for before, after in pairwise(pages))


def test_printed_numbers_that_agree_with_the_boundaries_number_their_pages() -> None:
    text = "".join(printed(n, w) for n, w in enumerate(["un", "deux", "trois", "quatre"], 1))
    assert numbers(find_pages(text, "espace-en-tete")) == [1, 2, 3, 4]


def test_a_lost_boundary_stops_the_numbering() -> None:
    kept = [printed(n, "pleine") for n in (1, 2, 3)]
    lost = printed(4, "pleine") + "La page cinq a perdu sa marque.\n\n5\n" + printed(6, "pleine")
    assert numbers(find_pages("".join(kept) + lost, "espace-en-tete")) == [1, 2, 3, None, None]


def test_numbers_that_begin_later_than_the_file_say_nothing_of_its_first_pages() -> None:
    text = " Couverture\n\nsans numéro\n" + "".join(printed(n, "pleine") for n in (3, 4, 5))
    assert numbers(find_pages(text, "espace-en-tete")) == [None, 3, 4, 5]


def test_a_hole_in_a_slide_stops_the_count() -> None:
    slides = ["Premier titre\n\ntexte.", "Deuxième titre\n\nune phrase avec", "son milieu perdu", "Troisième titre\n"]
    text = "\n\n\n\n".join(slides)
    assert numbers(find_pages(text, "diapositives")) == [1, 2, None, None]


def test_form_feeds_are_pages() -> None:
    assert numbers(find_pages("un\ftexte\fet un autre\f", "saut-de-page")) == [1, 2, 3]


def test_a_text_without_marks_has_no_page() -> None:
    assert find_pages(text_of("gevrey-nuits"), "aucune") == ()
    assert find_pages("une seule page", "espace-en-tete") == ()

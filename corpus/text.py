"""French text as the index and the questions both see it: folded, cut into words, stemmed."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "’": "'", "‘": "'", "ʼ": "'", "`": "'"})
_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['|](?=[a-z0-9])")

STOPWORDS = frozenset(
    """a afin ai ainsi alors au aucun aussi autre aux avec avez avoir avons c ca car ce ceci cela celle celles celui
    ces cet cette ceux chaque chez ci comme d dans de des donc du elle elles en encore es est et etant etait ete etre
    eu eux fait faire faut fois font ici il ils j je jusque l la le les leur leurs lui m ma mais me meme memes mes moi
    mon n ne ni nos notre nous on ont ou par parce pas peu peut peuvent plus pour pourquoi puis qu quand que quel
    quelle quelles quels qui quoi s sa sans se sera ses si soit son sont sous sur t ta tandis te tel telle tels tes
    toi ton tous tout toute toutes tres trop tu un une vers vos votre vous y""".split()
)
"""Words that carry no subject: neither indexed for ranking nor looked for."""


def fold(text: str) -> str:
    """Lower case, without accents, ligatures opened, apostrophes straight. The length may change."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def words(text: str) -> list[str]:
    """The words of a text, folded, elisions removed, in order; numbers are words.

    OCR writes `I'accueil` for `l'accueil` and `|'offre` for `l'offre`: both lose their article too.
    """
    folded = fold(text).replace("|'", "l'")
    folded = re.sub(r"\bi'(?=[a-z])", "l'", folded)
    return _WORD.findall(_ELISION.sub(" ", folded))


_STEMMER = snowballstemmer.stemmer("french")
_KEPT_APART = {
    "communic": "communiqu", "communiq": "communiqu", "qualitati": "qualitatif", "quantitati": "quantitatif",
    "etudiant": "etudiant", "aidant": "aidant", "papier": "papier", "foyer": "foyer", "attention": "attention",
    "montant": "montant", "entree": "entree", "isolati": "isolation", "isoler": "isolation",
}  # fmt: skip
"""Beginnings of words that Snowball gives the stem of another: "communication" is no "commune"."""
_PLURAL_VERB = re.compile(r"[a-z]{3,}(?<![mi])ent|[a-z]{4,}(?<=[bcdfgpr])ient")
_NO_VERBS = """
    absent accident adherent adolescent apparent argent client coherent competent concurrent consequent content
    continent decent deficient different efficient emergent eminent equivalent evident excellent frequent imminent
    impatient incident inconvenient indecent indifferent ingredient innocent insolvent intelligent laurent negligent
    omnipresent parent patient permanent pertinent precedent present president prudent quotient recent recipient
    recurrent referent resident serpent solvent souvent talent transparent urgent vincent violent
"""
_NO_VERB = frozenset(_NO_VERBS.split())
"""Nouns and adjectives in -ent; the other words in -ent are plural verbs, which Snowball leaves as they are."""


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Stem of one folded word (Snowball French); words of up to three letters and numbers stay as they are.

    Folding hides from Snowball that -ée is a participle, so the second e is taken off first (isolée, isolé). Plurals
    that it leaves alone (ados, lieux) and plural verbs (financent, gèrent) lose their ending. A stem of three letters
    would confuse words (café and Caf, répit and repas, mamie and MAM): there only the plural and the -r of -er go.
    """
    if len(word) <= 3 or word[0].isdigit():
        return word
    for beginning, kept in _KEPT_APART.items():
        if word.startswith(beginning):
            return kept
    singular = (word[:-1] if word[-1] in "sx" else word).replace("eee", "ee")
    stemmed: str = _STEMMER.stemWord(singular[:-1] if singular.endswith("ee") else word)
    if stemmed == word and word[-1] in "sx" and word[-2] in "aiou":
        stemmed = singular
    elif stemmed == word and word not in _NO_VERB and _PLURAL_VERB.fullmatch(word):
        singular = word[:-2]
        stemmed = _STEMMER.stemWord(word[:-3] + "er")
    if len(stemmed) <= 3:
        stemmed = singular[:-1] if singular.endswith("er") else singular
    return fold(stemmed)


def stems(text: str, *, keep_stopwords: bool = False) -> list[str]:
    """Stems of a text in order, without stop words unless they are asked for."""
    return [stem(word) for word in words(text) if keep_stopwords or word not in STOPWORDS]


def squeeze(text: str) -> str:
    """White space folded to single spaces, ends trimmed."""
    return " ".join(text.split())


def letters(text: str) -> str:
    """Only folded letters and digits: how a quote is compared with a source."""
    return re.sub(r"[^a-z0-9]+", "", fold(text))


TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
"""An HTML tag that an extraction left."""
_BOX = re.compile(r"<input\b(?=[^<>]*\bcheckbox\b)([^<>]{0,200})>", re.IGNORECASE)
_TICKED = re.compile(r"\bchecked\b", re.IGNORECASE)
_MARKS = re.compile(r"\*\*|\^\{([^{}]{1,8})\}")


def without_marks(text: str) -> str:
    """The words without what a text extraction left around them: HTML tags, bold marks, `1^{er}` read `1er`.

    A box to tick stays a box: which one is ticked may be the whole answer.
    """
    boxed = _BOX.sub(lambda match: " ☒ " if _TICKED.search(match.group(1)) else " ☐ ", text)
    return _MARKS.sub(lambda match: match.group(1) or "", TAG.sub(" ", boxed))

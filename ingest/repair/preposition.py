"""The preposition "à" that a recognition wrote "a", "&" or "@", told apart from the verb."""

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.dates import FOLDED_MONTHS
from corpus.records import Repair
from corpus.text import fold
from ingest.repair.lexicon import FrenchWords
from ingest.repair.rules import load_rules

_PLACE = re.compile(r"(?<![\w’'.&@|-])(?P<x>a|&|@)(?=\s)|(?<=jusqu[’'])(?P<y>a)\b|(?<=qu[’'])(?P<z>a)\b")
_NEXT = re.compile(r"\s+(?P<words>[^.;:!?()]{1,40})")
_BEFORE = re.compile(r"([^\W\d_]+|\d+)[’']?[,»)]?\s+$")
_READ_L = re.compile(r"^(?:\[?[I|]|\[|l)?['’\"](?=\w)")
"""The article l' as a recognition writes it: I', |', [', or the apostrophe alone."""
_CLITIC = re.compile(r"^(?:(?:se|s['’]|y|en|le|la|les|leur|l['’]|ne pas|mieux|bien|nous|vous|lui)\s*)+(?=\w)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LOST_SHARE = 0.1
"""Where fewer than one "a" in ten has its accent, the recognition has lost them."""
_ARTICLES = ("la", "l", "chaque", "chacun", "chacune", "tous", "toutes", "un", "une", "leur", "leurs", "cette", "ces")
_IRREGULAR = frozenset(
    """être avoir faire dire lire écrire prendre comprendre apprendre entreprendre mettre permettre transmettre
    pouvoir devoir savoir voir prévoir recevoir percevoir concevoir venir tenir devenir obtenir maintenir soutenir
    parvenir intervenir prévenir ouvrir offrir découvrir couvrir construire conduire produire réduire rendre répondre
    vendre attendre entendre étendre suivre poursuivre inscrire résoudre définir vivre connaître accroître naître
    introduire traduire promouvoir tendre défendre dépendre""".split()
)


def find_prepositions(text: str, lexicon: FrenchWords) -> Iterator[Repair]:
    """Each "a", "&" or "@" that is surely the preposition; none in a text that has kept its accents."""
    if not _has_lost_them(text):
        return
    for match in _PLACE.finditer(text):
        start, end = match.span("x" if match.group("x") else "y" if match.group("y") else "z")
        if _is_preposition(text, start, end, lexicon):
            yield Repair(start=start, end=end, text="à")


def _has_lost_them(text: str) -> bool:
    kept, bare = len(re.findall(r"\bà\b", text)), len(re.findall(r"\ba\b", text))
    return kept < _LOST_SHARE * (kept + bare)


def _is_preposition(text: str, start: int, end: int, lexicon: FrenchWords) -> bool:
    rules = _words()
    after = _NEXT.match(text, end)
    following = _READ_L.sub("l'", " ".join(after.group("words").split())) if after else ""
    before = _BEFORE.search(text[max(0, start - 30) : start])
    previous = before.group(1).lower() if before else ""
    if text[start] == "a" and text[start - 1 : start] in ("’", "'"):
        return text[max(0, start - 6) : start - 1].lower().endswith("jusqu") or _begins(following, rules["phrases"])
    coming = [] if following[:1].isdigit() else [word.lower() for word in _WORD.findall(following)[:3]]
    coming = coming or [""]
    if fold(coming[0]) in FOLDED_MONTHS:
        return fold(previous) in FOLDED_MONTHS
    if text[start] == "a" and previous in rules["verb_after"]:
        return False
    if _infinitive_follows(following, lexicon):
        return True
    if coming[0] in rules["verb_before"]:
        return False
    if _begins(following, rules["phrases"]) and not _is_had(coming, rules):
        return True
    if _is_participle(coming[0], lexicon):
        return False
    governed = previous in rules["governors"] or is_infinitive(previous, lexicon) or _is_gerund(previous, lexicon)
    if governed and (coming[0].isalpha() or following[:1].isdigit()):
        return not _is_had(coming, rules)
    if text[start] != "a":
        return False
    return coming[0] in ("la", "l", "chaque", "tous", "toutes") and not _is_had(coming, rules)


def is_infinitive(word: str, lexicon: FrenchWords) -> bool:
    """Whether a word is a verb in the infinitive: its participle exists (signer, signé; définir, définissant)."""
    if word in _IRREGULAR:
        return True
    if len(word) < 5 or not lexicon.knows(word):
        return word in ("user", "agir", "ôter")
    if word.endswith("er"):
        return lexicon.knows(word[:-2] + "é") and (lexicon.knows(word[:-1]) or lexicon.knows(word[:-2] + "ant"))
    return word.endswith("ir") and (lexicon.knows(word + "a") or lexicon.knows(word[:-1] + "ssant"))


def _infinitive_follows(following: str, lexicon: FrenchWords) -> bool:
    bare = _CLITIC.sub("", following) if following else ""
    return any(
        is_infinitive(match.group().lower(), lexicon) for match in (_WORD.match(bare), _WORD.match(following)) if match
    )


def _is_participle(word: str, lexicon: FrenchWords) -> bool:
    stem = re.sub(r"(?:é|ée|és|ées)$", "", word)
    return stem != word and is_infinitive(stem + "er", lexicon)


def _is_gerund(word: str, lexicon: FrenchWords) -> bool:
    return word.endswith("ant") and is_infinitive(word[:-3] + "er", lexicon)


def _is_had(coming: list[str], rules: dict[str, frozenset[str]]) -> bool:
    return any(word in rules["had"] for word in coming[1:2])


def _begins(following: str, phrases: frozenset[str]) -> bool:
    plain = following.replace("’", "'").lower()
    return any(re.match(re.escape(phrase) + r"(?!\w)", plain) for phrase in phrases)


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    rules = load_rules().preposition
    return {
        "governors": frozenset(rules.governors.split()),
        "verb_before": frozenset(rules.verb_before.split()),
        "verb_after": frozenset(rules.verb_after.split()),
        "had": frozenset(rules.had.split()),
        "phrases": frozenset(phrase.strip() for phrase in rules.phrases.split("|")),
    }

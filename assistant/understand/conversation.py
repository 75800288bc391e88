"""Follow-up questions resolved without a language model: what a question leaves unsaid is taken from the last turn.

A question leans on the conversation when it opens like one ("et à Firminy ?"), points back ("c'est obligatoire ?",
"qui la pilote ?") or holds no subject of its own. A question that brings its own subject drops the old one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understand.cues import Cues, plain_words
from assistant.understand.territories import TerritoryFinder, TerritoryMention
from corpus.records import Turn
from corpus.text import STOPWORDS, words

_OPENING = re.compile(r"^(?:ok |d accord |merci |super |tres bien )?(?:et |mais |ou |sinon |du coup |puis |aussi )")
_POINTING = re.compile(
    r"\b(?:ca|cela|celle ci|celui ci|celle la|celui la|cette (?:fiche|action|convention|mesure|structure|instance)|"
    r"ce (?:projet|dispositif|comite|service|lieu)|c est|c etait|sont ils|sont elles|y a t il|eux|elles?|ils?|leurs?|"
    r"la dedans|dedans|l autre|les autres|en|lui|y|le meme|la meme|pareil|idem)\b"
)
_THERE_IS = re.compile(r"\b(?:(?:il )?(?:n )?y a(?! t il)|ya)\b")
"""Points at nothing, whatever its "y"."""
_ASKING = re.compile(
    r"^(?:et |mais )?(?:pourquoi|comment|quand|depuis quand|jusqu a quand|combien|cb|ou|qui|par qui|avec qui|pour qui|"
    r"a quel\w*|de quel\w*|par quel\w*|avec quel\w*)\b"
)
_CARRYING = re.compile(r"\b(?:ils?|elles?|son|sa|ses|leurs?|celle|celui|ceux|celles)\b")
"""Words that, after "et…", speak of what was said before ("et dans le Pilat il s'adresse à qui ?")."""
_FEW = 3
_MANY = 7
"""Words of its own that a question opening with "et" may bring and still lean, the second where it points back."""
_SHORT = 5
"""Words up to which a question that opens with an interrogative and brings one word leans ("pourquoi si tard ?")."""
_PREPOSITION = r"(?:\b(?:a|à|au|aux|de|du|des|d|en|sur|pour|chez|dans|par|cote|vers|la|le|les|l)[\s']+)*"


@dataclass(frozen=True)
class Resolved:
    """A question made whole."""

    question: str
    """The question as it will be answered, readable and editable."""
    own: str
    """The part of it that asks something new: the whole question where it stands alone."""
    leaned: bool
    """True where the conversation added something."""
    turn: Turn | None
    """The turn it leans on."""


def resolve_question(question: str, history: Sequence[Turn], finder: TerritoryFinder, cues: Cues) -> Resolved:
    """The question with what it takes from the last turn of the conversation."""
    if not history:
        return Resolved(question, question, False, None)
    last = history[-1]
    plain = plain_words(question)
    mentions = finder.find(question)
    subject = _subject_words(question, mentions, cues)
    if not _leans(plain, subject, cues, bool(mentions)):
        return Resolved(question, question, False, None)
    base = last.resolved_question or last.question
    others = bool(cues.others.search(plain))
    if mentions or others:
        base = without_territories(base, finder)
    addition = question.strip()
    if mentions and not subject and not cues.fields_in(plain):
        resolved = f"{_trimmed(base)} {_bare_follow_up(addition)}"
    else:
        resolved = f"{_capital(_bare_follow_up(addition))} (à propos de : {_trimmed(base)})"
    return Resolved(resolved.strip(), resolved if mentions and not subject else addition, True, last)


def _leans(plain: str, subject: Sequence[str], cues: Cues, names_territory: bool) -> bool:
    opens = bool(_OPENING.match(plain))
    points = bool(_POINTING.search(_THERE_IS.sub(" ", plain)))
    if not subject:
        return True
    if opens and (len(subject) <= _FEW or (len(subject) <= _MANY and _CARRYING.search(_THERE_IS.sub(" ", plain)))):
        return True
    asks = bool(_ASKING.match(plain)) and len(subject) <= 1 and len(plain.split()) <= _SHORT
    return not names_territory and (asks or (points and len(subject) <= 2))


def _subject_words(question: str, mentions: Sequence[TerritoryMention], cues: Cues) -> list[str]:
    """Words of the question that could be a subject of their own."""
    named = {word for mention in mentions for word in mention.words}
    plain = plain_words(question)
    for _, pattern in (*cues.fields, *cues.hints, *cues.intents):
        plain = pattern.sub(" ", plain)
    plain = cues.filler.sub(" ", cues.politeness.sub(" ", cues.others.sub(" ", plain)))
    return [word for word in words(plain) if word not in STOPWORDS and word not in named and len(word) > 2]


def without_territories(question: str, finder: TerritoryFinder) -> str:
    """The question without the names of territories and the little words that lead to them."""
    text = question
    for mention in finder.find(question):
        pattern = _PREPOSITION + r"[\W_]*(?:de |du |des |d'|la |le |les |l')*".join(
            _accented(word) for word in mention.words
        )
        text = re.sub(pattern, " ", text, count=1, flags=re.IGNORECASE)
    return re.sub(r"\s+", " ", text).strip()


def _accented(word: str) -> str:
    """A pattern for a folded word as people write it, accents or not."""
    classes = {"a": "[aàâä]", "e": "[eéèêë]", "i": "[iîï]", "o": "[oôö]", "u": "[uùûü]", "c": "[cç]"}
    pattern = "".join(classes.get(char, re.escape(char)) for char in word)
    if word in ("saint", "sainte"):
        return rf"(?:{pattern}|{'st' if word == 'saint' else 'ste'})\b"
    return pattern + r"\b"


def _trimmed(question: str) -> str:
    return question.strip().rstrip("?!. ").strip()


def _bare_follow_up(question: str) -> str:
    """The follow-up without its opening "et", ending as it was typed."""
    bare = re.sub(r"^(?:et|mais|sinon|du coup|puis)\s+", "", question.strip(), flags=re.IGNORECASE)
    return bare or question


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

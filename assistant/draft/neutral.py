"""Nothing local is carried over: names, dates, figures and budgets of another territory are generalised or left open.

Generalised where a common noun says as much ("la CCMP" → "la communauté de communes"), left open otherwise
("en 2024" → "[À COMPLÉTER : date]"). Ages and what the whole country calls by a number stay ("0-3 ans", "1 000 premiers
jours").
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.draft.gazetteer import Gazetteer, flat
from assistant.draft.spelled_figures import in_letters
from assistant.draft.wording import HOLE, hole, load_wording
from corpus.dates import MONTHS

_MONTHS = "|".join(MONTHS)
_DATE = re.compile(
    rf"\b(?:(?:le\s+)?(?:1\s*er|\d{{1,2}})\s+)?(?:(?:{_MONTHS}|(?:premier|second|1er|2e|2ème|[1-4](?:er|e|ème)?)\s+"
    rf"(?:trimestre|semestre)|T[1-4]|printemps|été|automne|hiver|fin|début|courant)\s+)*(?:de\s+)?(?:19|20)\d\d"
    rf"(?:\s*[-/–à]\s*(?:19|20)?\d\d)?\b|\b(?:1\s*er|\d{{1,2}})\s+(?:{_MONTHS})\b|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b(?!\s*ans)",
    re.IGNORECASE,
)  # fmt: skip
_GENERIC_FIGURE = re.compile(
    r"(?<=jeunes )de \d{1,2} à \d{1,2}\b|(?<=enfants )de \d{1,2} à \d{1,2}\b|"
    r"(?:plus de |moins de |\+ ?|- ?)?\b\d{1,3}\s*(?:(?:-|/|à|et|ou|–)\s*\d{1,3}\s*)?(?:ans|mois|semaines)\b"
    r"(?:\s*et\s*(?:plus|moins))?"
    r"|\b1[ .]?000 premiers jours\b|\b\d{1,2}\s?(?:e|è|ème|ième|er|re|ère|ères|nd|nde)s?\b(?!\s+(?:trimestre|semestre))"
    r"|\b\d\s?(?:h|heures)?\s?/\s?\d{1,2}\b|\bloi 1901\b|\b3-6\b|\b0-3\b|\b11[-/]14\b|\b360\s?°|\bN[-+]1\b",
    re.IGNORECASE,
)  # fmt: skip
_MONEY = re.compile(r"\b\d[\d\s.,]*\s*(?:k?€|euros?\b)", re.IGNORECASE)
_RATE = re.compile(r"\b\d[\d.,]*\s*%")
_CONTACT = re.compile(r"\bhttps?://\S+|\bwww\.\S+|\S+@\S+\.\w+|\b0\d(?:[ .]\d\d){4}\b", re.IGNORECASE)
_COUNTED = re.compile(r"\b(les|des|aux|ces|nos|leurs|ses)\s+\d[\d\s.]*\d?\s+(?=[a-zéèê])", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[\s.,]\d+)*")
_PREPOSITIONS = (
    r"(?:de la|de l|du|des|de|d|à la|à l|au|aux|à|sur le|sur la|sur les|sur|dans le|dans la|dans les|dans|en|par la|"
    r"par le|le|la|les|l)"
)
_CARDINAL_AREA = re.compile(r"\bbassin (?:nord|sud|est|ouest)\b", re.IGNORECASE)
_CARDINAL_PART = re.compile(
    r"\b(?:du|au|le) (?:nord|sud|est|ouest) ((?:de la|de l['’]|du) ?)"
    r"(?=communaut|territoire|commune|collectivit|département)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*[(][^()]*[)]")
_QUOTED = re.compile(r"[«\"“]\s*([^«»\"“”]{2,60}?)\s*[»\"”]")
_WORD = re.compile(r"[^\W_][\w]*")
_NAME_WORD = re.compile(r"[^\W_][\w]*(?:-[A-ZÀ-Ý][\w]*)*")
"""A word, with the capitalised ones hyphened to it ("Haute-Côtes")."""
_TWOFOLD = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]+(?:-(?:[a-z]{1,4}-)*[A-ZÀ-Ý][a-zà-ÿ]+)+")
"""A name of two capitalised words ("Port-Brillant"), though each is a common word."""
_PEOPLE = re.compile(
    r"\b(?:M\.|MM\.|Mmes?|Monsieur|Madame|[Dd]octeure?|Dr|[Mm]aître|[Pp]rofesseure?)\s+[A-ZÀ-Ý][\w'’-]+(?:\s+[A-ZÀ-Ý][\w'’-]+)*"
)
_STREET = re.compile(
    r"\b(?:rue|avenue|boulevard|chemin|impasse|route|quai) (?:d[eu]s? |de la |de l['’])?[A-ZÀ-Ý][\w'’-]+"
)
_OPENS_ON_HOLE = re.compile(r"\[À COMPLÉTER[^\]]*\]\s*[:–-]")
_OPENING = re.compile(r"(?:^|[.!?:…/;])[\s«\"'(–-]*$")
_LEAST_WORDS = 3


@dataclass(frozen=True)
class NeutralLine:
    """A line with what is local taken off."""

    text: str
    changed: bool
    holes: int
    usable: bool
    """False where too little remains to be worth taking over, or where something local could not be taken off."""


class Neutraliser:
    """Takes the local out of lines, for one requester."""

    def __init__(self, gazetteer: Gazetteer, noun: str, allowed: str = "") -> None:
        """`noun`: the requester's kind of body, feminine ("communauté de communes"). `allowed`: the requester's own
        words, which may stand."""
        self._gazetteer = gazetteer
        self._noun = noun
        self._allowed = frozenset(flat(word) for word in _WORD.findall(allowed))
        structures = "|".join(re.escape(flat(word)) for word in load_wording().structures)
        self._after_structure = re.compile(rf"\b(?:{structures})\s*$")

    @property
    def is_of_one_commune(self) -> bool:
        """True where the requester is a commune alone."""
        return self._noun == "commune"

    def is_requester(self, text: str) -> bool:
        """True for a line that only names the requester's own kind of body."""
        return flat(text).removeprefix("la ").strip() == flat(self._noun)

    def neutralise(self, line: str, document: str | None = None) -> NeutralLine:
        """The line without anything local. `document`: the one it stands in, which shows what is a name there."""
        text = _BRACKET.sub(lambda match: "" if self.traces(match.group(), document) else match.group(), line)
        text = self._twofold(_STREET.sub(hole("lieu"), _PEOPLE.sub(hole("nom"), text)))
        text = self._quotes(self._names(self._own_kind(text)))
        text = _joined(_figures(self._proper_words(text, document)))
        text = _polished(text)
        holes = len(HOLE.findall(text))
        words = [word for word in _WORD.findall(HOLE.sub(" ", text)) if len(word) > 2]
        usable = (
            not _OPENS_ON_HOLE.match(text)
            and not self.traces(HOLE.sub(" ", text), document)
            and (not holes or len(words) >= _LEAST_WORDS * (holes + 1))
        )
        return NeutralLine(text, text != line, holes, usable and bool(words))

    def _twofold(self, text: str) -> str:
        """Names of two words that no manifest gives: taken off whole, before one of the two is known for a name."""

        def taken(match: re.Match[str]) -> str:
            name = match.group()
            known = flat(name) in self._gazetteer.names or self._gazetteer.is_general(name)
            if known or all(flat(word) in self._allowed for word in _WORD.findall(name)):
                return name
            return "" if self._after_structure.search(flat(text[: match.start()])) else hole("nom")

        return _TWOFOLD.sub(taken, text)

    def _own_kind(self, text: str) -> str:
        """What is said of "la communauté de communes" is said of the requester's own kind of body."""
        if self._noun != "communauté de communes":
            text = re.sub(r"\b(?:[Cc]ommunautés? de [Cc]ommunes|CC)\b", self._noun, text)
        if re.fullmatch(r"[Cc]ommunautés de [Cc]ommunes", text) or (
            self._noun == "commune" and re.fullmatch(r"(?:[Ll]es )?(?:[Mm]airies?(?:\(s\))?|[Cc]ommunes)", text)
        ):
            text = self._noun
        return _CARDINAL_PART.sub(r"\1", _CARDINAL_AREA.sub("territoire", text))

    def traces(self, text: str, document: str | None = None) -> tuple[str, ...]:
        """What is local in a text: names, capitals, figures, dates, addresses on the web."""
        found = [match.group() for match in _CONTACT.finditer(text)]
        plain = flat(text)
        found += [text[start:end] for start, end in self._name_spans(text, plain)]
        found += [text[start:end] for start, end in self._proper_spans(text, document)]
        found += [match.group() for match in _NUMBER.finditer(_GENERIC_FIGURE.sub(" ", text))]
        return tuple(found)

    def _name_spans(self, text: str, plain: str) -> list[tuple[int, int]]:
        spans = []
        for match in self._gazetteer.pattern.finditer(plain):
            name = self._gazetteer.names.get(" ".join(match.group().split()))
            written = text[match.start() : match.end()]
            own = all(flat(word) in self._allowed for word in _WORD.findall(written))
            if name is not None and not own and (name.any_case or any(char.isupper() for char in written)):
                spans.append((match.start(), match.end()))
        return spans

    def _names(self, text: str) -> str:
        """Names of the manifest, with the article or the preposition that stands before them."""
        for start, end in reversed(self._name_spans(text, flat(text))):
            name = self._gazetteer.names[" ".join(flat(text)[start:end].split())]
            before = re.search(rf"(?:^|(?<=[\s(«/,'’]))({_PREPOSITIONS})[\s'’]+$", _flat_keeping_accents(text[:start]))
            preposition = before.group(1) if before else ""
            first = start - (len(before.group()) if before else 0)
            alone = not text[:first].strip() and not text[end:].strip()
            said = self._said(name.kind, preposition, alone)
            text = text[:first] + said + text[end:]
        return text

    def _said(self, kind: str, preposition: str, alone: bool) -> str:
        if kind == "institution":
            return self._noun if alone else _with_feminine(preposition, self._noun)
        if kind == "caf":
            return f"{preposition} Caf".strip()
        if kind == "departement":
            return _with_masculine(preposition, "département")
        if kind == "commune":
            spoken = {"d": "de", "du": "de", "au": "à", "l": "", "de l": "de", "le": "", "la": "", "les": ""}
            return f"{spoken.get(preposition, preposition)} {hole('commune')}".strip()
        return "territoire" if alone else _with_masculine(preposition, "territoire")

    def _quotes(self, text: str) -> str:
        """Names in quotation marks: dropped after the noun of a structure, left open elsewhere."""

        def replaced(match: re.Match[str]) -> str:
            named = bool(self._after_structure.search(flat(text[: match.start()])))
            if named:
                return ""
            return hole("nom") if self.traces(f"x {match.group(1)}") else match.group()

        return _QUOTED.sub(replaced, text)

    def _proper_spans(self, text: str, document: str | None = None) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        for match in _NAME_WORD.finditer(HOLE.sub(lambda found: " " * len(found.group()), text)):
            word = match.group().partition("-")[0]
            opening = bool(_OPENING.search(text[: match.start()]))
            local = self._gazetteer.is_local_word(word, document) and flat(word) not in self._allowed
            if local and not (opening and not self._is_surely_local(word)):
                joined = spans and re.fullmatch(
                    r"[\s'’-]+(?:(?:de|du|des|la|le|les|en|et|d|l|sur)[\s'’-]+)*",
                    _flat_keeping_accents(text[spans[-1][1] : match.start()]),
                )
                if joined:
                    spans[-1] = (spans[-1][0], match.end())
                else:
                    spans.append((match.start(), match.end()))
        return spans

    def _is_surely_local(self, word: str) -> bool:
        plain = flat(word)
        return plain in self._gazetteer.equipment or plain in self._gazetteer.persons or word.isupper()

    def _structure_alone(self, before: str) -> str:
        """ "centre social Espace" (Déôme taken off) is "centre social": the capitalised noun was part of the name."""
        head, _, last = before.rpartition(" ")
        return head if last[:1].isupper() and self._after_structure.search(flat(head)) else before

    def _proper_words(self, text: str, document: str | None = None) -> str:
        """Other names by their capitals; the name of a structure simply goes."""
        for start, end in reversed(self._proper_spans(text, document)):
            before, after = text[:start], text[end:]
            general = re.search(
                r"(?:[Rr]égion|[Dd]épartement|[Cc]onseil (?:départemental|régional)|Maisons?|label)\s+$", before
            )
            if general or self._after_structure.search(flat(before)):
                text = self._structure_alone(before.rstrip()) + after
            else:
                text = before + hole("nom") + after
        return text


def _flat_keeping_accents(text: str) -> str:
    """Lower case, hyphens and apostrophes as spaces; as long as the text."""
    return "".join(" " if char in "-’'‘" else char.lower() if len(char.lower()) == 1 else char for char in text)


def _figures(text: str) -> str:
    """Money, rates, dates, counts; the generic ones are put aside and back."""
    kept: list[str] = []

    def aside(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"\x00{chr(0xE000 + len(kept) - 1)}\x00"

    text = _CONTACT.sub(hole("contact"), text)
    text = _MONEY.sub(f"{hole('montant')} ", text)
    text = _RATE.sub(hole("taux"), text)
    text = _DATE.sub(hole("date"), text)
    text = _GENERIC_FIGURE.sub(aside, text)
    text = _COUNTED.sub(r"\1 ", text)
    text = in_letters(text)
    text = _NUMBER.sub(hole("nombre"), text)
    return re.sub(r"\x00(.)\x00", lambda match: kept[ord(match.group(1)) - 0xE000], text)


def _joined(text: str) -> str:
    """ "[…] et [… ]" of the same thing is one hole; a place named twice over is one place."""
    for what, plural in (("commune", "communes"), ("nom", "noms"), ("date", "dates")):
        one = re.escape(hole(what))
        text = re.sub(rf"{one}(?:(?:\s*,|\s+et|\s+ou|\s*/)?\s*(?:de |d'|à )?{one})+", hole(plural), text)
    return text


_FEMININE = {
    "": "", "du": "de la", "de": "de la", "d": "de la", "des": "de la", "de la": "de la", "de l": "de la",
    "au": "à la", "aux": "à la", "à": "à la", "à la": "à la", "le": "la", "les": "la", "la": "la", "l": "la",
    "en": "dans la",
}  # fmt: skip
_MASCULINE = {
    "": "le", "du": "du", "de": "du", "d": "du", "des": "du", "de la": "du", "de l": "du", "au": "sur le",
    "aux": "sur le", "à": "sur le", "à la": "sur le", "le": "le", "les": "le", "la": "le", "l": "le", "en": "sur le",
    "sur": "sur le", "dans": "dans le",
}  # fmt: skip
"""What stands before a name to what stands before the common noun that takes its place."""


def _with_feminine(preposition: str, noun: str) -> str:
    lead = _FEMININE.get(preposition, preposition.rsplit(" ", 1)[0] + " la")
    return f"{lead} {noun}".strip()


def _with_masculine(preposition: str, noun: str) -> str:
    lead = _MASCULINE.get(preposition, preposition.rsplit(" ", 1)[0] + " le")
    return f"{lead} {noun}"


_POLISH: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\b(territoire|bassins?) (?:du|de la) territoire\b"), r"\1"),
    (re.compile(r"\bterritoire(?:\s*,| et) (?:de |d')?\[À COMPLÉTER : noms?\]"), "territoire"),
    (
        re.compile(
            r"\b([Cc]ommunauté de communes|CC)(?: (?:du territoire|de \[[^\]]*\]))?"
            r"(?: et (?:le|du) territoire| et \[[^\]]*\])"
        ),
        r"\1",
    ),
    (re.compile(r"\b(communauté de communes|collectivité|commune) (?:du territoire|de la \1)\b"), r"\1"),
    (
        re.compile(r"\b(du|le|sur le|dans le) territoire(?: et)? (?:du|le|sur le|dans le) territoire\b"),
        r"\1 territoire",
    ),
    (re.compile(r"(?:,? et)? (?:sur|dans) les? \[À COMPLÉTER : noms?\] (?:du|de la) territoire\b"), ""),
    (re.compile(r"\(\s*\)|«\s*»|\"\s*\""), ""),
    (re.compile(r"\s+([,.)])"), r"\1"),
    (re.compile(r"\s{2,}"), " "),
    (re.compile(r"^dans le territoire\b|(?<=\s)dans le territoire\b"), "sur le territoire"),
)


def _polished(text: str) -> str:
    for pattern, said in _POLISH:
        text = pattern.sub(said, text)
    text = text.strip(" ,;:–-")
    return text[:1].upper() + text[1:]

"""A line of a document made readable: misread letters repaired, numbering and stray marks taken off.

The spelling is learnt from the documents themselves: those that read well teach the accents, the words and the splits
to those that came through character recognition. What is still unreadable is said to be so, never guessed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.draft.wording import load_wording
from corpus.glossary import load_glossary
from corpus.index.reader import Index
from corpus.records import Territory
from corpus.text import fold, squeeze, stem, without_marks
from corpus.themes import load_themes

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NUMBERING = re.compile(
    r"^\s*(?:axe|objectif|orientation|action|fiche[ -]action|enjeu)s?\s*(?:n°\s*)?"
    r"(?:\d+(?:\.\d+)*|[ivx]+)?\s*[:.)–-]\s*|"
    r"^\s*(?:\d{1,2}(?:\.\d{1,2})+|\d{1,2}\s*[.):°]|[IVX]+\s*[.)]|[a-z]\))\s*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^(?:[\s\-–—•▪→➢»✓❖*+>·]|o\s)+(?=\S)\s*")
_MISREAD = re.compile(
    r"\b[Ii]['\"’]\"?(?=[^\W\d_])|[|\[\]]['’](?=[^\W\d_])|\|(?=[aeiou]\w{3})|(?<![\wÀ-ÿ])['’](?=[aeiouyhéèêàâîôAEÉ]\w)"
)
_MISSPELT_ENDING = re.compile(r"é(res?)$|(?<=i)e(re(?:s|ment)?)$")
_CAPITAL_E = re.compile(r"\bE[^\W\d_A-Z]{3,}")
_OCR_MARK = re.compile(r"\b[Ii]['\"][a-zé]|\s'[aeiouhé]\w|[|\[]['’][a-zé]")
_A_VERB = re.compile(r"\b(?:il|elle|on|qui|y|n['’]|l['’]|ça|cela|ceci|ce|caf)\s*$", re.IGNORECASE)
_SINGLE = frozenset("aycdjlmnst")
_ELIDED = frozenset({*"cdjlmnst", "qu", "jusqu", "lorsqu", "puisqu", "quelqu", "aujourd", "presqu", "prud", "entr"})
_LEAST_OCR_MARKS = 3
_CONFUSED = (
    ("d", "o"),
    ("b", "o"),
    ("l", "u"),
    ("g", "q"),
    ("ce", "oe"),
    ("q", "g"),
    ("f", "fr"),
    ("rn", "m"),
    ("eé", "é"),
)
"""What character recognition reads, and what stood there ("Pdle" is "Pôle", "colts" is "coûts")."""
_OUTNUMBERED = 4
"""A spelling gives way to an accented one that is written this many times more often."""


@dataclass(frozen=True)
class TidyLine:
    """A line as it can be shown."""

    text: str
    legible: bool
    """False where words remain that no document writes elsewhere."""


class Tidier:
    """Knows the spelling of the documents of an index."""

    def __init__(self, index: Index) -> None:
        texts = {record.entry.id: index.raw_text(record.entry.id) for record in index.documents()}
        self.misread = {name for name, text in texts.items() if len(_OCR_MARK.findall(text)) >= _LEAST_OCR_MARKS}
        self._words = Counter(
            word.lower() for name, text in texts.items() if name not in self.misread for word in _WORD.findall(text)
        )
        self._words.update(word.lower() for phrase in _vocabulary() for word in _WORD.findall(phrase))
        self._names = frozenset(
            fold(word) for record in index.documents() for name in _names_of(record.entry.territory)
            for word in _WORD.findall(name)
        )  # fmt: skip
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for word, count in self._words.items():
            spellings[fold(word)][word] += count
        self._spelling = {plain: found.most_common(1)[0][0] for plain, found in spellings.items()}
        self._stems = {stem(word) for word in self._spelling}
        self._trigrams = frozenset(part for word in self._spelling for part in _trigrams(word))
        shared = Counter(
            word for name in self.misread for word in {found.lower() for found in _WORD.findall(texts[name])}
        )
        self._elsewhere = {word for word, count in shared.items() if count >= 2}

    def tidy(self, text: str, document: str) -> TidyLine:
        """The line made readable; its words are repaired only where its document was misread."""
        line = squeeze(without_marks(text))
        line = _BULLET.sub("", _NUMBERING.sub("", _BULLET.sub("", line)))
        legible = True
        if _is_shouted(line):
            line = _WORD.sub(lambda match: self._word(match.group()), line.lower())
        if document in self.misread:
            line = self._repair(line)
            legible = self._is_legible(_finished(line))
        return TidyLine(_finished(_CAPITAL_E.sub(self._accented_e, line)), legible)

    def knows(self, word: str) -> bool:
        """True where a well-read document or the vocabulary of the field writes the word."""
        return word.lower() in self._words or fold(word) in self._spelling

    def _repair(self, line: str) -> str:
        line = re.sub(r"\b(La|Le|Les|Du|De)(?=[A-Z]{2})", r"\1 ", line)
        line = re.sub(r"(?<=[a-zé])['’\"]['’\"]", "'", line).replace("€N", "en")
        line = re.sub(r"\|(?=a\b)", "l", re.sub(r"\|(?=l[ea]s?\b)", "", line))
        line = _MISREAD.sub("l'", line)
        line = re.sub(r"([^\W\d_]+)- ([^\W\d_]+)", self._joined, line)
        line = _WORD.sub(lambda match: self._word(match.group()), line)
        return _with_accented_a(line)

    def _joined(self, match: re.Match[str]) -> str:
        """A word cut at the end of a line: "Anima- tion" loses its hyphen, "micro- crèche" keeps it."""
        whole = match[1] + match[2]
        return _cased(self._spelling[fold(whole)], whole) if fold(whole) in self._spelling else f"{match[1]}-{match[2]}"

    def _accented_e(self, match: re.Match[str]) -> str:
        """ "Egalité" as typed without its accent: "Égalité"."""
        known = self._spelling.get(fold(match.group()), "")
        return f"É{match.group()[1:]}" if known.startswith("é") else match.group()

    def _word(self, word: str) -> str:
        lower = word.lower()
        if len(word) < 3 or word.isupper():
            return word
        known = self._spelling.get(fold(lower))
        if known is not None:
            if lower == "dés":
                return _cased("dès", word)
            if known == fold(lower):
                return word
            usual = self._words[known] >= _OUTNUMBERED * self._words[lower]
            return _cased(known, word) if usual else word
        for misread, meant in _CONFUSED:
            for place in re.finditer(misread, lower):
                read = lower[: place.start()] + meant + lower[place.end() :]
                if self._is_word(fold(read)):
                    return _cased(self._spelling.get(fold(read), read.replace("oe", "œ")), word)
        return self._split(lower) or _MISSPELT_ENDING.sub(
            lambda match: "è" + (match[1] or match[2]), re.sub(r"ceu(?=r|vr)", "œu", word)
        )

    def _split(self, lower: str) -> str | None:
        """ "linstallation" → "l'installation", "lerisque" → "le risque": the rest must be a known word."""
        for article in ("l", "d", "n", "s", "u"):
            rest = fold(lower[1:])
            if lower.startswith(article) and len(rest) > 3 and rest[0] in "aeiouh" and self._is_word(rest):
                return f"{'l' if article == 'u' else article}'{self._spelling.get(rest, lower[1:])}"
        for article in ("la", "le", "les", "de", "du", "des"):
            rest = fold(lower[len(article) :])
            if lower.startswith(article) and len(rest) > 4 and rest in self._spelling:
                return f"{article} {self._spelling[rest]}"
        for article in ("une", "un", "les", "des"):
            verb = fold(lower[: -len(article)])
            if lower.endswith(article) and len(verb) > 4 and verb.endswith(("er", "ir")) and verb in self._spelling:
                return f"{self._spelling[verb]} {article}"
        return None

    def _is_word(self, plain: str) -> bool:
        return plain in self._spelling or stem(plain) in self._stems

    def _is_legible(self, line: str) -> bool:
        plain = line.replace("« ", "").replace(" »", "")
        if re.search(r"[|\\{}€«»\[\]]\w|\w[|\\{}]|\b\d+[a-zé]{3,}\b|\s[.,]\s|(?<!\w)['’]\w", plain):
            return False
        if any(word.lower() not in _ELIDED for word in re.findall(r"([^\W\d_]+)['’](?=\w)", line)):
            return False
        parts = [(part, "-" in word) for word in _WORD.findall(line) for part in word.split("-")]
        return all(self._reads_well(part) or (joined and len(part) <= 3) for part, joined in parts)

    def _reads_well(self, word: str) -> bool:
        """A known word, another form of one, one written twice, or one that is built as French words are."""
        plain = fold(word)
        if word[0].isupper() and plain in self._names:
            return True
        if word.isupper() or len(plain) == 1 or self._is_word(plain) or word.lower() in self._elsewhere:
            return len(plain) > 1 or plain in _SINGLE
        return len(plain) > 3 and _trigrams(plain) <= self._trigrams


def _with_accented_a(line: str) -> str:
    """A lone "a" is the preposition, unless a subject stands before it."""
    return re.sub(r"\ba\b(?=\s)", lambda match: "a" if _A_VERB.search(line[: match.start()]) else "à", line)


def _is_shouted(line: str) -> bool:
    """True for a heading in capitals, a small "et" among them or not; acronyms alone are no heading."""
    shouted = [word for word in line.split() if word.isupper()]
    return len(shouted) >= 0.7 * len(line.split()) and sum(len(word) > 4 for word in shouted) > 1


def _cased(known: str, model: str) -> str:
    if model.isupper() and len(model) > 1:
        return known.upper()
    return known[0].upper() + known[1:] if model[0].isupper() else known


def _finished(line: str) -> str:
    """A capital first, brackets in pairs, no loose end."""
    line = re.sub(r"\s+([,.)])", r"\1", re.sub(r"\(\s+", "(", line)).strip(" ;,:–-")
    line = re.sub(r"(?<![.])\.$", "", line).replace(" (s)", "(s)").replace(",)", ")")
    if line.count("(") > line.count(")"):
        line += ")"
    elif line.count(")") > line.count("("):
        line = line.replace(")", "", 1) if line.find(")") < line.find("(") or "(" not in line else line
    line = re.sub(r"\.{2,}", "…", line).replace("’", "'").replace("‘", "'")
    line = re.sub(r"\bCAF\b", "Caf", line)
    return line[:1].upper() + line[1:]


def _names_of(territory: Territory) -> Iterable[str]:
    return (territory.name, territory.short_name, *territory.other_names, *territory.communes)


def _vocabulary() -> list[str]:
    phrases = [name for entry in load_glossary().entries for name in (entry.term, entry.full or "")]
    phrases += list(load_wording().national)
    phrases += [entry.definition for entry in load_glossary().entries]
    phrases += [phrase for theme in load_themes() for phrase in (theme.name, theme.scope, *theme.strong, *theme.weak)]
    return phrases


def _trigrams(plain: str) -> frozenset[str]:
    padded = f" {plain} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))

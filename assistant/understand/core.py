"""The question itself, without what people put around it: courtesies, who they are, what the answer is for.

"Merci de me rappeler à quelles dates les conseils ont délibéré, je dois les viser dans ma délibération." asks for
dates; the rest says nothing of them and would only draw the search elsewhere.
"""

import re

_COURTESY = re.compile(
    r"^\s*(?:(?:bonjour|bonsoir|salut|coucou|hello|bjr|slt)\b[\s,.!]*)?"
    r"(?:(?:merci de|pouvez[- ]vous|pourriez[- ]vous|peux[- ]tu|pourrais[- ]tu|tu peux|vous pouvez|veuillez|"
    r"est[- ]ce que (?:tu|vous) p(?:eux|ouvez))\s+(?:(?:bien|svp|stp)\s+)?(?:me|nous)\s+"
    r"(?:rappell?er|dire|donner|indiquer|pr[eé]ciser|communiquer|lister|citer|expliquer)|"
    r"(?:dites|dis|rappelez|rappelle|indiquez|indique|pr[eé]cisez|pr[eé]cise)[- ](?:moi|nous)|"
    r"(?:je|j['’]|on|nous)\s?(?:voudrais|aimerais|souhaite|souhaiterais|cherche|veux|voudrait|aimerait|souhaitons)"
    r"(?:\s+[aà])?\s+(?:savoir|conna[iî]tre)|(?:j['’]ai|on a) besoin de (?:savoir|conna[iî]tre))\b[\s,:]*",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\b(?:combien|cb|qui|ki|quand|pourquoi|pk|comment|quels?|quelles?|lesquel\w*|o[uù]|quoi|koi|est[- ]ce|"
    r"y a[- ]t[- ]il)\b|\?",
    re.IGNORECASE,
)
_BREAK = re.compile(r"(?:[,;.?!…:(]+|\s[-–—])\s*")
_MY_PURPOSE = re.compile(
    r"(?:et\s+)?(?:c['’]?\s?est|c)\s+pour\b|"
    r"(?:je|j['’]|on|nous)\s?(?:le |la |les |l['’]|en |y )?\s?"
    r"(?:dois|doit|devons|pr[eé]pare|pr[eé]parons|pr[eé]sente|pr[eé]sentons|r[eé]dige|r[eé]digeons|[eé]cris|fais|monte|"
    r"ai besoin|ai une? (?:fiche|note|r[eé]union|pr[eé]sentation|dossier|diapo\w*|slide)|passe|interviens)\b|"
    r"il (?:me|nous) (?:le|la|les|en) (?:faut|faudrait)\b|besoin (?:pour|pr|de [cç]a)\b|"
    r"(?:en |une |2 |deux )?(?:vue|ligne\w*) (?:de|pour|pr)\b|"
    r"(?:pour|pr) (?:un|une|mon|ma|mes|notre|nos|le|la|les|l['’])\s?",
    re.IGNORECASE,
)
_DOCUMENT = (
    r"(?:slides?|diapo\w*|powerpoint|ppt|tableau|note|[eé]dito|bulletin|flyer|plaquette|comparatif|benchmark|"
    r"sommaire|discours|courrier|mail|rapport|compte[- ]rendu|cr|d[eé]lib\w*|pr[eé]sentation|dossier|article|mot d|"
    r"intro\w*|panneau|affiche)"
)
_FOR_A_DOCUMENT = re.compile(
    r"[\s,;(]+(?:pour|pr)\s+(?:(?:un|une|mon|ma|mes|notre|nos|le|la|les)\s+|l['’]\s?)(?:\w+\s+)?"
    rf"{_DOCUMENT}\b[^?:,]*(?=[:,]|[?\s]*$)",
    re.IGNORECASE,
)
_WHO_I_AM = re.compile(r"^(?P<preface>[^:?]{8,140}):\s*(?P<rest>.+)$", re.DOTALL)
_FIRST_PERSON = re.compile(r"\b(?:je|j|nous|mon|ma|mes|notre|nos)\b|\bon\s", re.IGNORECASE)
_LEAST = 4
"""Words that a question keeps at least."""
_LEAST_AFTER_PREFACE = 7
"""The same where a preface goes: "quel chiffre donne la convention ?" says nothing without it."""


def core_question(question: str) -> str:
    """The question without its courtesies, the preface on who asks and the clause on what the answer is for.

    What is left has at least four words and still asks something; else nothing is taken away.
    """
    kept = _shortened(question, _COURTESY.sub("", question, count=1))
    preface = _WHO_I_AM.match(kept)
    if preface and _FIRST_PERSON.search(preface["preface"]) and not _ASKING.search(preface["preface"]):
        kept = preface["rest"] if len(preface["rest"].split()) >= _LEAST_AFTER_PREFACE else kept
    kept = _without_purposes(kept)
    return _shortened(kept, _FOR_A_DOCUMENT.sub("", kept))


def _without_purposes(question: str) -> str:
    """Without the last clauses, as long as they only say what the answer is for."""
    kept = question
    while breaks := list(_BREAK.finditer(kept.rstrip(" ?.!)…"))):
        last = breaks[-1]
        clause = kept[last.end() :]
        if not _MY_PURPOSE.match(clause) or _ASKING.search(clause.rstrip(" ?.!)")):
            break
        head = kept[: last.start()] + ("?" if "?" in kept[last.start() :] else "")
        if _shortened(kept, head) == kept:
            break
        kept = head
    return kept


def _shortened(before: str, after: str) -> str:
    return after.strip() if len(after.split()) >= _LEAST else before

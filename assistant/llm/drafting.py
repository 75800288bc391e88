"""The lines of a draft rewritten by a language model: each keeps its sources and passes a check, or is marked.

The model sees the lines as they stand in the draft, the local already taken off, one field at a time. A figure or a
name that it adds is left open like any other; a line that it forgets stays as it was.
"""

import re
from collections.abc import Callable, Sequence

from assistant.compose.labels import FIELD_LABELS
from assistant.draft.editing import check_key, with_section
from assistant.draft.merging import negates
from assistant.draft.neutral import Neutraliser
from assistant.draft.records import Draft, DraftLine
from assistant.draft.wording import HOLE
from assistant.llm.check import MARK, is_supported, missing_figures
from assistant.llm.client import ModelFault, model_is_configured, stream_completion
from assistant.llm.prompt import fill_prompt
from corpus.errors import ModelUnavailable
from corpus.records import Citation, Notice
from corpus.settings import Settings
from corpus.text import letters, squeeze

REWRITTEN_KEYS = (
    "objectif_operationnel", "objectifs", "actions", "etapes", "moyens", "indicateurs_suivi", "indicateurs_evaluation",
    "vigilance",
)  # fmt: skip
"""Fields made of sentences; names (pilote, partenaires, public) and what only the requester knows are left alone."""
_TAKEN = ("repris", "adapte", "genere")
_NOUN_PHRASES = frozenset({"indicateurs_suivi", "indicateurs_evaluation", "vigilance", "moyens"})
_BULLET = re.compile(r"^\s*(?:[-–—•*]|\d+[.)])\s+")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\[([^\]]*)\]\([^)]*\)")
_ACRONYM = re.compile(r"\b[A-ZÀ-Ý]{2,}\b")
_LONGEST = 1200


def rewrite_draft(
    settings: Settings,
    draft: Draft,
    neutraliser: Neutraliser,
    keys: Sequence[str] = (),
    progress: Callable[[str], None] | None = None,
) -> Draft:
    """The draft with its sentences rewritten, field by field; with a notice where the model failed, from there on as it
    was. `keys`: fields to rewrite, empty for all. `progress` hears the label of each field before it is rewritten.

    Raises ModelUnavailable where no model is configured, QuestionRejected for a field that does not exist.
    """
    if not model_is_configured(settings):
        raise ModelUnavailable(
            "Aucun modèle de langue n'est configuré : donnez CTG_LLM_URL et CTG_LLM_MODEL, ou gardez le brouillon tel "
            "quel."
        )
    for key in keys:
        check_key(key)
    draft = _without_fault(draft)
    try:
        for key in keys or REWRITTEN_KEYS:
            if key in REWRITTEN_KEYS and any(line.origin in _TAKEN for line in draft.fields.get(key, ())):
                if progress is not None:
                    progress(FIELD_LABELS[key])
                draft = _rewritten(settings, draft, key, neutraliser)
    except ModelFault as fault:
        text = f"{fault} La suite du brouillon est celle qui a été composée sans lui."
        draft = draft.model_copy(update={"notices": (*draft.notices, Notice(kind="model-fault", text=text))})
    return draft


def _rewritten(settings: Settings, draft: Draft, key: str, neutraliser: Neutraliser) -> Draft:
    lines = draft.fields[key]
    taken = [line for line in lines if line.origin in _TAKEN]
    facts = [line.text for rows in draft.fields.values() for line in rows if line.origin == "fourni"]
    prompt = fill_prompt(
        "redaction",
        rubrique=FIELD_LABELS[key],
        titre=draft.title,
        tournure="un groupe nominal" if key in _NOUN_PHRASES else "un verbe à l'infinitif",
        faits=" ; ".join(facts) or "rien de plus",
        lignes="\n".join(f"⟦ligne {n}⟧ {_fenced(line.text)}" for n, line in enumerate(taken, start=1)),
    )
    text = "".join(stream_completion(settings, prompt))
    made, used = [], set[int]()
    for written in filter(None, map(str.strip, text.splitlines())):
        line, numbers = _checked(written, taken, draft.request, neutraliser)
        if line is not None:
            made.append(line)
            used |= numbers
    if not used:
        raise ModelFault("Le modèle de langue n'a rien rendu qui vienne des lignes du brouillon.")
    forgotten = [line for number, line in enumerate(taken) if number not in used]
    others = [line for line in lines if line not in taken]
    first = [line for line in others if line.origin == "fourni"]
    return with_section(draft, key, [*first, *made, *forgotten, *(line for line in others if line not in first)])


def _checked(
    written: str, taken: Sequence[DraftLine], request: str, neutraliser: Neutraliser
) -> tuple[DraftLine | None, set[int]]:
    """The line to show, and the positions of the lines it stands for; None for chatter, which stands for none."""
    numbers = {int(mark) - 1 for mark in MARK.findall(written)} & set(range(len(taken)))
    text = _BULLET.sub("", _LINK.sub(lambda match: match.group(1) or "", written))
    text = squeeze(re.sub(r"\s+([.,])", r"\1", MARK.sub("", text))).strip(" .;")[:_LONGEST]
    if not numbers or not text:
        return None, set()
    cited = [taken[number] for number in sorted(numbers)]
    same = next((line for line in cited if len(cited) == 1 and letters(line.text) == letters(text)), None)
    if same is not None:
        return same, numbers
    evidence = " ".join((*(line.text for line in cited), request))
    bare = HOLE.sub(" ", text)
    invented = missing_figures(bare, evidence) or any(
        letters(name) not in letters(evidence) for name in neutraliser.traces(bare)
    )
    if invented:
        neutral = neutraliser.neutralise(text)
        if not neutral.usable:
            return None, set()
        text = neutral.text
    trusted = not invented and _says_no_more(bare, evidence) and all(line.origin != "genere" for line in cited)
    sources = tuple(dict.fromkeys(source for line in cited for source in line.sources))
    return DraftLine(text=text, origin="adapte" if trusted else "genere", sources=_once(sources)), numbers


def _says_no_more(text: str, evidence: str) -> bool:
    """True where the words, the acronyms and the negations of a line are those of what it stands for."""
    acronyms = {letters(word) for word in _ACRONYM.findall(text)}
    known = {letters(word) for word in re.findall(r"\w+", evidence)}
    return is_supported(text, evidence) and acronyms <= known and (not negates(text) or negates(evidence))


def _once(sources: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple({source.n: source for source in sources}.values())


def _fenced(text: str) -> str:
    return text.replace("⟦", "(").replace("⟧", ")")


def _without_fault(draft: Draft) -> Draft:
    """A new attempt takes the notice of the last one away."""
    return draft.model_copy(update={"notices": tuple(one for one in draft.notices if one.kind != "model-fault")})

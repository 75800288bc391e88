"""One number, two titles; one action under two objectives: what summary tables and fiches say differently."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.conflicts.records import Finding, Place, Source, place
from assistant.conflicts.values import missing_stems
from corpus.records import Section
from corpus.text import fold, letters, squeeze, stems, words

_HEADING = re.compile(
    r"(?:^|\t)[ ]*(axe|objectif(?: (?:strat[ée]gique|op[ée]rationnel))?|orientation|(?:fiche[ -])?action|article)[ ]+"
    r"(\d{1,2}(?:bis|ter)?)[ ]*[:–-][ ]*([^\t\n]{6,})",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST_LINE = 160
_NEARLY = 84
_CUT_SHORT = 92
_MOST_PLACES = 5
_NUMBERING = re.compile(
    r"^[\s•▪→>*–-]*(?:[IVX\d ]{1,4}[.)]\s*|(?:axe|objectif|orientation)\s*\d*\s*:\s*)?", re.IGNORECASE
)
_NEIGHBOUR = 400


@dataclass(frozen=True)
class Heading:
    """A numbered title as it is written in one place."""

    label: str
    """axe, objectif, action, article…: "fiche action 9" and "action 9" are the same thing."""
    number: str
    title: str
    start: int
    end: int


def headings(text: str) -> tuple[Heading, ...]:
    """Every "Objectif 6 : …" of a text, in order, also inside the cells of a table."""
    return tuple(
        Heading(
            re.sub(r"^fiche[ -]", "", fold(match[1])), fold(match[2]), squeeze(match[3]), match.start(1), match.end(3)
        )
        for match in _HEADING.finditer(text)
    )


def same_title(left: str, right: str) -> bool:
    """True where two titles say the same: one may be cut short, spell an acronym out, or be badly read."""
    first, second = sorted((letters(left), letters(right)), key=len)
    cut = len(second) > 1.25 * len(first) and fuzz.ratio(first, second[: len(first)]) >= _CUT_SHORT
    if cut or second.startswith(first) or not any(missing_stems(left, right)):
        return True
    return _spelt_out(left, right) or _spelt_out(right, left)


def find_titles(sources: Sequence[Source]) -> Iterator[Finding]:
    """Titles that differ for one number, and actions attached to different objectives, document by document."""
    for source in sources:
        found = headings(source.text)
        for label in sorted({heading.label for heading in found}):
            yield from _titles_of(source, label, [heading for heading in found if heading.label == label])
        yield from _attachments(source, found)
        yield from _section_titles(source)


def _titles_of(source: Source, label: str, found: list[Heading]) -> Iterator[Finding]:
    if _restarts(found):
        return
    for number, versions in _versions(found).items():
        if len(versions) > 1:
            others = [heading for heading in found if heading.number == number and heading not in versions]
            places = sorted([*versions, *others[: _MOST_PLACES - len(versions)]], key=lambda heading: heading.start)
            yield Finding(
                kind="intitule",
                subject=f"{label} {number}",
                title=f"{label.capitalize()} {number} : {len(versions)} intitulés dans le même document",
                explanation="Le même numéro porte des intitulés différents : tableau de synthèse et fiches n'ont pas "
                "été mis en accord. À vérifier auprès du territoire ; rien dans le document ne dit lequel fait foi.",
                places=tuple(_exact(source, heading) for heading in places),
            )


def _versions(found: list[Heading]) -> dict[str, list[Heading]]:
    """Per number, the first place of each title that says something else."""
    versions: dict[str, list[Heading]] = {}
    for heading in found:
        known = versions.setdefault(heading.number, [])
        if not any(same_title(heading.title, other.title) for other in known):
            known.append(heading)
    return versions


def _restarts(found: list[Heading]) -> bool:
    """True where the numbering begins again in each part, so that a number alone names nothing."""
    counts = _versions(found)
    several = [number for number, versions in counts.items() if len(versions) > 1]
    return len(several) * 2 > len(counts)


def _attachments(source: Source, found: tuple[Heading, ...]) -> Iterator[Finding]:
    actions = [heading for heading in found if heading.label == "action"]
    if not actions or _restarts(actions):
        return
    seen: dict[str, tuple[Heading, Heading]] = {}
    objective: Heading | None = None
    for heading in found:
        if heading.label == "objectif":
            objective = heading
        if heading.label != "action" or objective is None:
            continue
        earlier = seen.setdefault(heading.number, (objective, heading))
        if earlier[0].number != objective.number:
            yield Finding(
                kind="rattachement",
                subject=f"action {heading.number}",
                title=f"Action {heading.number} : objectif {earlier[0].number} ou objectif {objective.number}",
                explanation=f"Le premier passage range cette action sous l'objectif {earlier[0].number}, la suite du "
                f"document sous l'objectif {objective.number}. La fiche, plus détaillée, est la plus sûre ; un tableau "
                "aux cellules fusionnées peut aussi s'être décalé : à vérifier.",
                places=(
                    _exact(source, earlier[0]), _exact(source, earlier[1]), _exact(source, objective),
                    _exact(source, heading),
                ),
            )  # fmt: skip


def _exact(source: Source, heading: Heading) -> Place:
    return place(source, heading.start, heading.end, exact=True)


def _section_titles(source: Source) -> Iterator[Finding]:
    """Titles without a number, announced in a list and written otherwise at their own heading."""
    lines = [
        (match.start(), match.end(), letters(_NUMBERING.sub("", match[0])))
        for match in re.finditer(r"[^\n\t]{12,}", source.text)
        if len(match[0]) <= _LONGEST_LINE
    ]
    titles = {letters(section.title) for section in source.sections if section.kind in ("axe", "objectif")}
    announced = [start for start, _, line in lines if line in titles]
    for section in source.sections:
        wanted = letters(section.title)
        numbered = section.label[0].isalpha() and re.search(r"\d", section.label)
        if (
            numbered
            or section.kind not in ("axe", "objectif")
            or len(stems(section.title)) < 3
            or not section.title[-1].isalpha()
        ):
            continue
        for start, end, line in lines:
            in_heading = section.start <= start < section.start + len(section.title) + 40
            if in_heading or line in titles or not _NEARLY <= fuzz.ratio(wanted, line, score_cutoff=_NEARLY) < 100:
                continue
            in_list = any(0 < abs(other - start) <= _NEIGHBOUR for other in announced)
            written = squeeze(_NUMBERING.sub("", source.text[start:end]))
            if in_list and not same_title(section.title, written):
                yield Finding(
                    kind="intitule",
                    subject=section.title,
                    title=f"« {squeeze(section.title)} » : intitulé annoncé autrement",
                    explanation="La liste et le titre ne s'accordent pas. Le titre de la partie, qui porte les "
                    "actions, est le plus sûr ; à vérifier auprès du territoire.",
                    places=(
                        place(source, start, end, exact=True),
                        place(source, section.start, _title_end(source, section), exact=True),
                    ),
                )
                break


def _title_end(source: Source, section: Section) -> int:
    end = source.text.find("\n", section.start)
    return end if end > section.start else section.start + len(section.title)


def _spelt_out(short: str, long: str) -> bool:
    """True where `short` writes an acronym that `long` spells out."""
    ours, theirs = words(short), words(long)
    extra = [word for word in theirs if word not in ours and len(word) > 3]
    initials = "".join(word[0] for word in extra)
    gone = [word for word in ours if word not in theirs and len(word) > 3]
    return not gone and any(initials == word for word in ours if 2 <= len(word) <= 6)

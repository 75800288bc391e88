"""Whether a fiche, or one line of it, bears on the subject of a draft surely enough to be taken over unasked.

Measured on 1,600 lines of 75 requests, judged one by one: of the list lines of fiches that bear on the subject by these
rules, fewer than one in ten was struck; of the others, one in three.
"""

from dataclasses import dataclass
from functools import cached_property

from assistant.draft.idea import stems_of
from assistant.draft.nearness import HARDLY_NEAR, SURELY_NEAR, Nearness
from assistant.draft.records import SimilarEntry
from assistant.draft.subject import Subject
from assistant.draft.wording import publics_of

FRAME_KEYS = frozenset({"axe", "objectif_strategique", "perimetre", "budget", "calendrier"})
"""Fields that frame a fiche: they come with it, whatever words they use."""
NAME_KEYS = frozenset({"public", "pilote", "partenaires"})
_HEADS = frozenset({"axe", "objectif_strategique", "objectif_operationnel"})
_NEAR = 1.5
_NEAR_ENOUGH = 1.4
"""The partners of a fiche this near are partners here too."""
_NEAR_IN_TITLE = 1.2
_TITLED = 0.9
_WHOLLY_TITLED = 0.98
_MOSTLY_TITLED = 0.6
_PARTLY_TITLED = 0.4
_MOSTLY_ASKED = 0.3
"""A fiche that answers this part of the nearest known questions is what they all ask about."""
_MUCH_ASKED = 0.25
"""From here on the lines of a fiche are what is asked for, though they speak of what its title says besides."""
_SPOKEN_OF = 0.55
"""A line that covers this much of the subject bears on it, wherever it stands."""
_NAMED = 0.6
_TOUCHED_ON = 0.1
_HARDLY_SPOKEN_OF = 0.05
"""What a sentence of context must say of the subject at least: it describes a situation, not the work."""
_WORTH = 0.8
_WEIGHT = 0.75
_FIRST = 0.97
_LEAST_NEAR = 1.1
_POOR = 0.42
_FAR_DOWN = 3


@dataclass(frozen=True)
class Bearing:
    """One entry against the subject."""

    entry: SimilarEntry
    title: str
    """What the fiche says it is about."""
    nearness: Nearness | None
    """None where vectors take no part: the words alone tell."""
    titled: float
    """How far its title, or its lines, bear the subject, in [0, 1]."""
    weight: float
    """Its score against the best one's, in [0, 1]."""
    for_them: bool
    """True where the fiche names those whom the request is for."""
    for_others: bool
    """True where those whom the fiche names as its public are not those whom the request is for."""
    rank: int
    """Its place among the entries, from 0."""
    misses_head: bool
    """True where other fiches are on the idea that weighs most in the request, and this one is not."""
    beside: frozenset[str]
    """Stems of the title that say another matter than the subject."""
    given: bool
    """True where the requester ticked it, or where only lines that speak of the subject are taken at all."""
    ticked: bool = False
    """True where the requester ticked it."""

    def is_sure(self, key: str, text: str, worth: float, subject: Subject) -> bool:
        """Whether a line may be taken over unasked. `worth`: what the line is worth, in [0, 1]."""
        if self.given:
            return self.ticked or not subject.names_strangers(text)
        if key in FRAME_KEYS | _HEADS | NAME_KEYS and subject.names_strangers(text, self.title):
            return False
        if (key in NAME_KEYS and subject.is_for_others(text)) or self._is_for_others(text, subject):
            return False
        if key == "contexte" and subject.relevance(text) < _HARDLY_SPOKEN_OF:
            return False
        if key not in FRAME_KEYS | NAME_KEYS and self._is_on_its_own_matter(text, subject):
            return False
        aimed = key != "objectif_operationnel" or self._is_aimed(text, subject)
        if self._whole:
            return aimed
        if self.nearness is None:
            return key in _HEADS | NAME_KEYS or worth >= _WORTH
        near = self.nearness.of(self.entry)
        if key in _HEADS | NAME_KEYS and self.weight >= _FIRST and self.titled >= _TITLED:
            return aimed
        if key in NAME_KEYS:
            return near >= _NEAR_ENOUGH or self.titled >= _WHOLLY_TITLED
        if self.entry.kind == "fiche":
            return self.nearness.is_asked_for(self.entry) and subject.relevance(text) >= _SPOKEN_OF
        if key in _HEADS:
            return near >= _NEAR and (aimed or near >= SURELY_NEAR)
        if (
            self.entry.kind == "action"
            and subject.relevance(text) >= _SPOKEN_OF
            and worth >= _WORTH
            and near >= _LEAST_NEAR
        ):
            return True
        if self.nearness.is_known(self.entry):
            return self.is_answer(text) and (near >= SURELY_NEAR or subject.relevance(text) >= _TOUCHED_ON)
        return near >= _NEAR_ENOUGH and worth >= _WORTH

    def is_doubtful(self, key: str, text: str, worth: float, subject: Subject) -> bool:
        """True for a line that may be taken over only where nothing better fills its field: in the lines judged, one
        such line in six was struck, one of the others in sixteen."""
        if self.given or self.nearness is None or key in FRAME_KEYS | NAME_KEYS | _HEADS:
            return False
        near, said = self.nearness.of(self.entry), subject.relevance(text)
        if said >= _SPOKEN_OF:
            return False
        far_down = self.rank >= _FAR_DOWN and said < _TOUCHED_ON and not self.nearness.is_meant(self.entry)
        if worth < _POOR or near < _NEAR_IN_TITLE or far_down:
            return True
        if self.misses_head and not self.nearness.is_meant(self.entry) and not subject.names_head(text):
            return True
        titled = self.titled >= _TITLED and self.rank < _FAR_DOWN
        unsure = near < SURELY_NEAR and self.nearness.share(self.entry) < _MOSTLY_ASKED and not titled
        return self.entry.kind == "fiche" and self.nearness.is_known(self.entry) and unsure and said < _HARDLY_SPOKEN_OF

    def is_spoken(self, text: str, subject: Subject) -> bool:
        """True for a line that names the subject itself, whatever its fiche: good to complete a draft with."""
        if subject.of_another_theme(text) or subject.is_for_others(text) or self._is_for_others(text, subject):
            return False
        return subject.relevance(text) >= _NAMED and subject.is_named_in(text)

    def is_answer(self, text: str) -> bool:
        """True where the line answers one of the known questions nearest to the request."""
        return self.nearness is not None and self.nearness.answers(text)

    def _is_aimed(self, text: str, subject: Subject) -> bool:
        """True for an objective that names the subject, or that of a fiche which the known questions ask about."""
        asked = self.nearness is not None and self.nearness.share(self.entry) >= _MUCH_ASKED
        return asked or subject.relevance(text) >= _TOUCHED_ON

    def _is_on_its_own_matter(self, text: str, subject: Subject) -> bool:
        """True for a line on what the title of its fiche says beside the subject ("activités intergénérationnelles",
        asked for visits), unless the known questions mostly ask about that fiche or about the line."""
        if self.nearness is None or self.entry.kind != "fiche" or self.nearness.share(self.entry) >= _MUCH_ASKED:
            return False
        if subject.relevance(text) >= _TOUCHED_ON or self.is_answer(text):
            return False
        return bool(stems_of(text) & self.beside)

    def _is_for_others(self, text: str, subject: Subject) -> bool:
        """True for a line on those whom a fiche names in its title and the request does not name at all."""
        if self.titled >= _TITLED:
            return False
        return any(
            theirs and not mine and theirs & said
            for theirs, mine, said in zip(publics_of(self.title), subject.publics, publics_of(text), strict=False)
        )

    @cached_property
    def lends_its_worth(self) -> bool:
        """True where the fiche is asked for by those who ask for the draft: its sound lines are worth taking."""
        if self.nearness is None or not self._whole:
            return False
        near, share = self.nearness.of(self.entry), self.nearness.share(self.entry)
        asked_for = (near >= _NEAR and self.nearness.is_asked_for(self.entry)) or self.nearness.is_meant(self.entry)
        return asked_for or (near >= _NEAR_IN_TITLE and share >= _MOSTLY_ASKED)

    @cached_property
    def _whole(self) -> bool:
        """True where all lines of the fiche are on the subject."""
        if self.nearness is None:
            return self.weight >= _WEIGHT
        near = self.nearness.of(self.entry)
        if self.entry.kind != "fiche" or self.for_others:
            return False
        if not self.nearness.is_known(self.entry):
            return self.weight >= _WEIGHT and near >= _LEAST_NEAR
        asked_about, share = self.nearness.is_asked_about(self.entry), self.nearness.share(self.entry)
        named = self.titled >= _TITLED and self.for_them
        among_nearest = self.nearness.is_among_nearest(self.entry)
        return (
            (near >= _NEAR and self.titled >= _PARTLY_TITLED and asked_about)
            or (near >= _NEAR_IN_TITLE and named and asked_about and self.titled >= _WHOLLY_TITLED)
            or (named and self.nearness.is_asked_for(self.entry))
            or (near >= HARDLY_NEAR and share >= _MOSTLY_ASKED and self.titled >= _PARTLY_TITLED)
            or self.nearness.is_meant(self.entry)
            or (among_nearest and near >= _NEAR and self.weight >= _FIRST and self.titled >= _MOSTLY_TITLED)
        )

"""One field of a draft composed again: what its reader kept stays, the rest gives way to the next best."""

from collections.abc import Sequence

from assistant.compose.citing import CitationBook
from assistant.compose.labels import FIELD_LABELS
from assistant.draft.choosing import next_lines
from assistant.draft.compose import LEFT_OPEN, NEVER_TAKEN, take_over
from assistant.draft.editing import check_key, strike, with_section
from assistant.draft.lines import Candidate
from assistant.draft.records import Draft
from assistant.draft.wording import is_open
from corpus.index.reader import Index
from corpus.records import Notice
from corpus.text import letters


def redraft_section(
    index: Index, draft: Draft, key: str, kept: Sequence[str], candidates: Sequence[Candidate]
) -> Draft:
    """The draft with one field composed again; a notice says so where the similar fiches hold nothing else.

    `kept`: texts of the lines that stay; those that the requester gave always do. The others are struck.
    Raises QuestionRejected for a field that does not exist.
    """
    check_key(key)
    lines = draft.fields.get(key, ())
    wanted = {letters(text) for text in kept}
    staying = [line for line in lines if line.origin == "fourni" or letters(line.text) in wanted]
    draft = strike(draft, key, [line.text for line in lines if line not in staying])
    said = [line.text for line in staying if not is_open(line.text)]
    elsewhere = [line.text for name, rows in draft.fields.items() if name != key for line in rows]
    unwanted = (*said, *draft.struck.get(key, ()))
    found = [] if key in NEVER_TAKEN else next_lines(key, candidates, len(said), unwanted, elsewhere)
    book = CitationBook(index)
    new = [line for line in (take_over(line, book) for line in found) if line.sources]
    open_lines = [line for line in lines if is_open(line.text)] if key in LEFT_OPEN or not new else []
    made = [line for line in (*staying, *new) if not is_open(line.text)]
    return _noticed(with_section(draft, key, [*made, *open_lines]), key, bool(new))


def _noticed(draft: Draft, key: str, any_new: bool) -> Draft:
    """Without what was said of this field before; with what there is to say now."""
    head = f"{FIELD_LABELS[key]} : "
    notices = [notice for notice in draft.notices if not notice.text.startswith(head)]
    if key in NEVER_TAKEN:
        notices.append(Notice(kind="scope", text=f"{head}rien ne s'en reprend d'ailleurs, c'est à vous de l'écrire."))
    elif not any_new:
        notices.append(Notice(kind="scope", text=f"{head}les fiches proches n'ont pas d'autre ligne à proposer."))
    return draft.model_copy(update={"notices": tuple(notices)})

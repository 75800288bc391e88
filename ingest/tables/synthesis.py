"""Synthesis slides: columns headed "enjeux", "objectifs", "actions imaginées", one cell per theme in each column."""

from collections.abc import Sequence

from corpus.text import stems, words
from corpus.themes import find_themes
from ingest.lines import Line, is_finished, is_open
from ingest.tables.found import FoundAction
from ingest.tables.slides import Slide, begins_low, is_synthesis, is_title, paragraphs, spans_of, units
from ingest.tables.vocabulary import starts_action, synthesis_kind, table_words


def synthesis_actions(slides: Sequence[Slide], titles: Sequence[str]) -> list[FoundAction]:
    """The actions of the synthesis slides, in reading order.

    `titles` are those of the other slides: they tell the title of a slide from the names of its themes. An action
    gets a theme only where the order of the cells leaves no doubt.
    """
    found: list[FoundAction] = []
    known = [set(words(title)) for title in titles]
    for number, slide in enumerate(filter(is_synthesis, slides)):
        title, themes = _title_and_themes(slide, known)
        items = _items(_action_lines(slide))
        for item, theme in zip(items, _theme_of_items(items, themes), strict=True):
            fields = {"axe": [spans_of(title)]} if title else {}
            if theme is not None:
                fields["champs"] = [spans_of(themes[theme])]
            found.append(FoundAction(title=spans_of(item), fields=fields, group=number))
    return found


def synthesis_titles(slides: Sequence[Slide]) -> list[str]:
    """Titles of the synthesis slides: the lines in capitals before the first head of a column."""
    titles = []
    for slide in filter(is_synthesis, slides):
        lines = []
        for line in slide.lines:
            if not is_title(line) or synthesis_kind(line.text):
                break
            lines.append(line.text)
        titles.append(" ".join(lines))
    return titles


def _title_and_themes(slide: Slide, titles: Sequence[set[str]]) -> tuple[list[Line], list[list[Line]]]:
    """The title of a slide, and the names of its themes: the lines in capitals that no other slide has in its title."""
    title: list[Line] = []
    themes: list[list[Line]] = []
    for group in paragraphs([line for line in slide.lines if is_title(line) and not synthesis_kind(line.text)]):
        group_words = set(words(" ".join(line.text for line in group)))
        if any(group_words <= known for known in titles) or (not titles and not title):
            title += group
        elif themes and is_open(themes[-1][-1].text):
            themes[-1] += group
        else:
            themes.append(group)
    return title, themes


def _action_lines(slide: Slide) -> list[Line]:
    heads = [place for place, line in enumerate(slide.lines) if is_title(line) and synthesis_kind(line.text)]
    kinds = [synthesis_kind(slide.lines[place].text) for place in heads]
    column = kinds.index("actions")
    start = heads[column] + 1
    end = heads[column + 1] if column + 1 < len(heads) else len(slide.lines)
    lines = [line for line in slide.lines[start:end] if not is_title(line)]
    together = column > 0 and start - heads[column - 1] <= 2
    return _last_column(lines) if together else lines


def _last_column(lines: Sequence[Line]) -> list[Line]:
    """The part of lines read column after column that is the column of actions.

    It begins where verbs of doing ("créer", "organiser") take over from verbs of aim ("favoriser", "renforcer");
    nothing is taken where two places are as good.
    """
    groups = units(lines)
    leads = [sum(_lead(item) for item in _items(group)) for group in groups]
    gains = [sum(leads[place:]) - sum(leads[:place]) for place in range(len(groups) + 1)]
    best = max(gains)
    if gains.count(best) > 1 or gains[-1] == best or gains[0] == best:
        return []
    return [line for group in groups[gains.index(best) :] for line in group]


def _lead(item: Sequence[Line]) -> int:
    """1 for an item that begins with a verb of doing, -1 for a verb of aim, 0 for any other."""
    verbs = table_words().verbs
    first = words(item[0].text)[:1]
    return int(any(word in first for word in verbs.doing)) - int(any(word in first for word in verbs.aim))


def _items(lines: Sequence[Line]) -> list[list[Line]]:
    """The items of a column: each begins with a capital, after a full stop, a blank line or as an action does."""
    items: list[list[Line]] = []
    for line in lines:
        before = items[-1][-1].text if items else ""
        begins = not begins_low(line.text) and not is_open(before)
        if not items or (begins and (is_finished(before) or line.blanks > 0 or starts_action(line.text.split()[0]))):
            items.append([])
        items[-1].append(line)
    return items


def _theme_of_items(items: Sequence[Sequence[Line]], themes: Sequence[Sequence[Line]]) -> list[int | None]:
    """Theme of each item, the themes' cells following one another; None where two divisions are as good.

    Two themes are told apart by the words of the items; with more the cells cannot be established.
    """
    if len(themes) == 1:
        return [0] * len(items)
    if len(themes) != 2:
        return [None] * len(items)
    signs = [_sign(item, themes) for item in items]
    breaks = [place for place in range(1, len(items)) if items[place][0].blanks > 0]
    scores = {place: sum(signs[:place]) - sum(signs[place:]) for place in breaks}
    best = max(scores.values(), default=0)
    kept = [place for place in breaks if scores[place] == best]
    if best <= 0 or not kept:
        return [None] * len(items)
    return [0 if place < kept[0] else 1 if place >= kept[-1] else None for place in range(len(items))]


def _sign(item: Sequence[Line], themes: Sequence[Sequence[Line]]) -> int:
    """1 where an item speaks of the first theme, -1 of the second, 0 of neither or both."""
    text = " ".join(line.text for line in item)
    names = [" ".join(line.text for line in theme) for theme in themes]
    own = find_themes(text)[:1]
    known = [set(find_themes(title=name)[:2]) for name in names]
    first, second = (bool(own) and own[0] in ids for ids in known)
    if first == second:
        first, second = (bool(set(stems(text)) & set(stems(name))) for name in names)
    return int(first) - int(second)

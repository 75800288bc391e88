"""Blocks packed into passages: whole thoughts of about 300 to 1 300 characters."""

from collections.abc import Callable, Sequence

from corpus.records import Section
from ingest.blocks import Block, split_block

TARGET = 1000
"""Size, in characters, up to which short blocks are packed together."""
LARGEST = 1300
"""Size that packing never passes; a single block may reach HARD."""
HARD = 1600
"""Size above which even a single block is cut."""
SMALL = 200
"""A part of the document smaller than this joins its neighbour."""
_SCRAP = 60
LONG_FIELD = 450
"""A field of a fiche from this size stands alone."""

Pack = list[Block]


def pack_text(text: str, blocks: Sequence[Block]) -> list[Pack]:
    """Blocks of running text packed in document order.

    Blocks of different sections share a passage only where one of them is too small to stand alone and both stand
    under the same section. What introduces something is never the end of a passage.
    """
    parts = [piece for block in blocks for piece in split_block(text, block, HARD)]
    sizes = _section_sizes(parts)
    said = {block.section.id for block in parts if not block.leads}
    for section in sizes.keys() - said:
        sizes[section] = HARD  # a heading alone goes with what it opens, never with what comes before
    packs: list[Pack] = []
    for block in parts:
        current = packs[-1] if packs else []
        if current and _fits(current, block, sizes, packs[-2] if len(packs) > 1 else []):
            current.append(block)
        elif current and current[-1].leads and len(current) > 1 and _related(current[-1], block):
            lead = _taken_back(current)
            packs.append([*lead, block])
        else:
            packs.append([block])
    return _without_crumbs(packs, lambda first, second: _related(first[-1], second[0]))


def pack_fiche(text: str, blocks: Sequence[Block]) -> list[Pack]:
    """The blocks of a fiche: its head and the short fields that follow one another together, each long field alone."""
    parts = [piece for block in blocks for piece in split_block(text, block, HARD)]
    packs: list[Pack] = []
    for block in parts:
        current = packs[-1] if packs else []
        alone = bool(current) and _size([b for b in current if b.field]) >= LONG_FIELD and not current[-1].leads
        room = bool(current) and _size(current) + block.size <= (LARGEST if current[-1].leads else TARGET)
        opens_long = block.size >= LONG_FIELD and _size(current) >= SMALL and not (current and current[-1].leads)
        if current and room and not opens_long and (not alone or (block.size < LONG_FIELD and not _has_long(current))):
            current.append(block)
        elif current and current[-1].leads and len(current) > 1:
            packs.append([*_taken_back(current), block])
        else:
            packs.append([block])
    return _without_crumbs(packs, lambda first, second: True)


def _fits(current: Pack, block: Block, sizes: dict[str, int], before: Pack) -> bool:
    """True where a block may join the current pack; `before` is the pack that precedes it."""
    size = _size(current)
    if all(part.leads for part in current):
        return _related(current[-1], block) and size + block.size <= HARD
    if current[-1].section.id == block.section.id:
        return size + block.size <= TARGET or ((size < 300 or current[-1].leads) and size + block.size <= LARGEST)
    tail = bool(before) and before[-1].section.id == current[0].section.id
    crumb = (size < SMALL and not tail) or current[-1].leads or sizes[block.section.id] < SMALL
    return crumb and _related(current[-1], block) and size + block.size <= LARGEST


def _related(first: Block, second: Block) -> bool:
    """True where two blocks may share a passage: same section, one inside the other, or parts of one article.

    Articles, annexes and the like never share one: a citation names the section of its passage. Nor do slides whose
    number is established.
    """
    one, other = first.section, second.section
    if one.page != other.page and "diapositive" in (one.kind, other.kind):
        return False
    inside = one.id == other.parent or one.parent == other.id
    return one.id == other.id or inside or (one.parent == other.parent and len(one.path) > 1)


def _taken_back(current: Pack) -> Pack:
    """The blocks at the end of a pack that introduce what comes next, taken out of it."""
    lead: Pack = []
    while len(current) > 1 and current[-1].leads:
        lead.insert(0, current.pop())
    return lead


def _without_crumbs(packs: list[Pack], may_join: Callable[[Pack, Pack], bool]) -> list[Pack]:
    """The packs, those too small to be read alone joined to a neighbour, of the same section first."""
    merged = [list(pack) for pack in packs]
    at = 0
    while at < len(merged):
        pack = merged[at]
        if _size(pack) >= SMALL or len(merged) == 1:
            at += 1
            continue
        choices = []
        for other in (at - 1, at + 1):
            if not 0 <= other < len(merged):
                continue
            first, second = sorted((at, other))
            near = may_join(merged[first], merged[second]) or (
                _size(pack) < _SCRAP and _same_top(merged[first][-1].section, merged[second][0].section)
            )
            if near and _size(pack) + _size(merged[other]) <= HARD:
                apart = merged[other][0].section.id != pack[0].section.id
                choices.append((apart, _size(merged[other]), other))
        if not choices:
            at += 1
            continue
        first, second = sorted((at, min(choices)[2]))
        merged[first : second + 1] = [merged[first] + merged[second]]
        at = first
    return merged


def _same_top(one: Section, other: Section) -> bool:
    return one.path[:1] == other.path[:1] and one.page == other.page


def _has_long(pack: Pack) -> bool:
    return any(block.size >= LONG_FIELD for block in pack)


def _size(pack: Sequence[Block]) -> int:
    return sum(block.size for block in pack)


def _section_sizes(blocks: Sequence[Block]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for block in blocks:
        sizes[block.section.id] = sizes.get(block.section.id, 0) + block.size
    return sizes

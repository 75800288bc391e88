"""From a PDF's own coordinates to points from the top left corner of the page as it is seen."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfPage


@dataclass(frozen=True)
class PageView:
    """How a page is shown: its visible box in the file's coordinates, and how it is turned (degrees, clockwise)."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @classmethod
    def of(cls, page: "PdfPage") -> "PageView":
        """The view of a page; its visible box is its crop box."""
        left, bottom, right, top = page.get_bbox()
        return cls(left, bottom, right, top, page.get_rotation())

    def turned(self, degrees: int) -> "PageView":
        """The same page turned by quarters: one that is shown on its side, as a person would turn it to read."""
        return replace(self, rotation=(self.rotation + degrees) % 360)

    @property
    def width(self) -> float:
        turned = self.rotation in (90, 270)
        return self.top - self.bottom if turned else self.right - self.left

    @property
    def height(self) -> float:
        turned = self.rotation in (90, 270)
        return self.right - self.left if turned else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file as (from the left, from the top)."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A box of the file as (left, top, right, bottom)."""
        (first_x, first_y), (second_x, second_y) = self.point(x0, y0), self.point(x1, y1)
        return min(first_x, second_x), min(first_y, second_y), max(first_x, second_x), max(first_y, second_y)

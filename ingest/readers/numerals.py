"""How list numbers are written."""

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LARGEST = 3_999


def roman(value: int) -> str:
    """Roman numeral in capitals; the Arabic one beyond what Romans wrote."""
    if not 0 < value <= _LARGEST:
        return str(value)
    written = ""
    for amount, sign in _ROMAN:
        written += sign * (value // amount)
        value %= amount
    return written


def letters_of(value: int) -> str:
    """a, b … z, aa, bb …, as word processors count with letters."""
    if not 0 < value <= _LARGEST:
        return str(value)
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)

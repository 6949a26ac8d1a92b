"""Whether a council's colour can be read. Contrast as WCAG 2.2 defines it; pure."""

import re

LEAST = 7.0
"""Links and buttons use the colour on white and white on the colour: AAA for text (WCAG 1.4.6)."""


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of `#rrggbb`. Raises ValueError for anything else."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError("not #rrggbb")
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_on_white(colour: str) -> float:
    """The ratio of `#rrggbb` on white: 1 to 21. Raises ValueError for anything else."""
    return 1.05 / (luminance(colour) + 0.05)

"""Words of crisis that one slip of the finger hides."""

from collections.abc import Iterable, Mapping


def slipped_from(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    made: dict[str, list[str]] = {}
    for word in sorted(words):
        for cut in {word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))}:
            made.setdefault(cut, []).append(word)
    return {cut: tuple(found) for cut, found in made.items()}


def slips(word: str, slipped: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Words of crisis that one slip of the finger turns into this one; the first letter holds."""
    if len(word) < 4 or not slipped:
        return []
    cuts = [word, *[word[:at] + word[at + 1 :] for at in range(1, len(word))]]
    meant = dict.fromkeys([each for cut in cuts if cut in slipped for each in slipped[cut]])
    return [each for each in meant if one_slip(word, each)]


def one_slip(one: str, other: str) -> bool:
    """Whether one letter more, less, changed or two swapped turns one word into the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return one == other
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    return (
        rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
    )

"""How far a long step is: a moving bar on a terminal, one line for each step in a log."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
WIDTH = 24
TEN_A_SECOND = 0.1


class Progress:
    """`for row in progress("Postcodes", rows, 166_381): …` passes the rows on and tells the stream."""

    def __init__(self, stream):
        self.stream = stream
        self.moving = stream.isatty()

    def __call__(self, label: str, items: Iterable[Item], total: int | None = None) -> Iterator[Item]:
        total = total if total is not None else len(items)
        if not total:
            return
        tell = self.steps(label)
        for done, item in enumerate(items, start=1):
            yield item
            tell(done, total)

    def steps(self, label: str) -> Callable[[int, int], None]:
        """For work that counts for itself: call the result with (done, total)."""
        start = drawn = time.monotonic()

        def tell(done: int, total: int) -> None:
            nonlocal drawn
            now = time.monotonic()
            if done >= total:
                clear = "\r" + " " * (WIDTH + 44) + "\r" if self.moving else ""
                self._write(f"{clear}  {label:<18}{done:>8,} in {now - start:.1f} s\n")
            elif self.moving and now - drawn > TEN_A_SECOND:
                drawn = now
                bar = "█" * (WIDTH * done // total)
                self._write(f"\r  {label:<18}{bar:░<{WIDTH}} {done:>8,} of {total:,}")

        return tell

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()

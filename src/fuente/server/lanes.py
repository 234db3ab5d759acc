"""Long work in turns: threads beside the event loop, a few at once, the others in order.

A lane decides how many run and how many may wait. It keeps long work out of the threads that short
requests need, so that `/healthz` and the pages answer whatever is being generated.
"""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import HTTPException

T = TypeVar("T")


class Lane:
    """Work of one kind.

    Args:
        name: what the work is, for whoever is turned away.
        at_once: how many run at the same time.
        waiting: how many may wait.
    """

    def __init__(self, name: str, at_once: int, waiting: int) -> None:
        self._name = name
        self._limiter = CapacityLimiter(at_once)
        self._waiting = waiting

    async def run(self, work: Callable[[], T]) -> T:
        """Do it when its turn comes; it is finished even when the caller has gone.

        Raises:
            HTTPException: 503, too many are waiting already.
        """
        if self._limiter.statistics().tasks_waiting >= self._waiting:
            raise HTTPException(503, f"Too many requests are waiting for {self._name}. Try later.")
        return await to_thread.run_sync(work, limiter=self._limiter)


class Lanes:
    """One lane per kind of long work."""

    def __init__(self) -> None:
        # One model, one generation: a second one at once would only make both slower.
        self.generation = Lane("a patient", at_once=1, waiting=16)
        self.ingest = Lane("a document", at_once=1, waiting=8)
        self.answers = Lane("an answer", at_once=2, waiting=32)
        self.images = Lane("a page image", at_once=2, waiting=32)

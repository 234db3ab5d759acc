"""Long work in turns: so many at once, so many waiting, and no more."""

import threading

import anyio
import pytest
from fastapi import HTTPException

from fuente.server.lanes import Lane


def test_no_more_run_at_once_than_the_lane_has_room_for():
    """Five pieces of work in a lane of two never overlap by three."""
    lane, running, most, lock = Lane("a test", at_once=2, waiting=10), [], [], threading.Lock()

    def work():
        with lock:
            running.append(1)
            most.append(len(running))
        threading.Event().wait(0.02)
        with lock:
            running.pop()

    async def all_of_it():
        async with anyio.create_task_group() as tasks:
            for _ in range(5):
                tasks.start_soon(lane.run, work)

    anyio.run(all_of_it)

    assert len(most) == 5
    assert max(most) == 2


def test_whoever_comes_when_too_many_wait_is_told_so():
    """One runs, one waits, the third is answered 503 at once and the others still finish."""
    lane, go, done = Lane("a patient", at_once=1, waiting=1), threading.Event(), []

    def work():
        go.wait(10)
        done.append(1)

    async def three():
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(lane.run, work)
            tasks.start_soon(lane.run, work)
            await anyio.sleep(0.05)
            with pytest.raises(HTTPException, match="waiting for a patient") as refused:
                await lane.run(work)
            go.set()
        return refused.value.status_code

    assert anyio.run(three) == 503
    assert done == [1, 1]


def test_work_that_fails_gives_its_place_back():
    """The next one runs, and the failure reaches whoever asked for it."""
    lane = Lane("a test", at_once=1, waiting=1)

    async def both():
        with pytest.raises(ZeroDivisionError):
            await lane.run(lambda: 1 // 0)
        return await lane.run(lambda: "next")

    assert anyio.run(both) == "next"

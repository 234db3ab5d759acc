"""Browser sessions: known only here, for a working day, until they are ended."""

from fuente.server.sessions import SECONDS, Sessions


class Clock:
    """Seconds that a test turns forward."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        """Give the time."""
        return self.now


def test_a_session_is_its_actors():
    """The id given at the beginning leads to the actor."""
    sessions = Sessions()

    assert sessions.actor(sessions.begin("token:abc")) == "token:abc"


def test_no_two_sessions_are_alike():
    """The same actor gets a new id each time, so none can be planted beforehand."""
    sessions = Sessions()

    assert len({sessions.begin("token:abc") for _ in range(50)}) == 50


def test_unknown_and_empty_ids_lead_nowhere():
    """Nothing is guessed from what was never given."""
    sessions = Sessions()
    sessions.begin("token:abc")

    assert sessions.actor("") is None
    assert sessions.actor("something else") is None
    assert sessions.actor("\ud800") is None


def test_a_session_ends_after_its_time():
    """A second before it still counts, at its end it does not."""
    clock = Clock()
    sessions = Sessions(clock)
    session = sessions.begin("token:abc")

    clock.now = SECONDS - 1.0
    assert sessions.actor(session) == "token:abc"
    clock.now = float(SECONDS)
    assert sessions.actor(session) is None


def test_a_session_ends_when_it_is_ended():
    """After that the same id is as good as none; ending it twice is no error."""
    sessions = Sessions()
    session = sessions.begin("token:abc")

    sessions.end(session)
    sessions.end(session)

    assert sessions.actor(session) is None


def test_too_many_sessions_end_the_oldest():
    """Logging in over and over cannot fill the memory."""
    sessions = Sessions()
    first = sessions.begin("token:first")
    last = [sessions.begin(f"token:{number}") for number in range(1000)][-1]

    assert sessions.actor(first) is None
    assert sessions.actor(last) == "token:999"

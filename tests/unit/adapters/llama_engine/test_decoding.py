"""The writing of one reply, with a small table in the model's place."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from llguidance import LLTokenizer

from fuente.adapters.llama_engine.decoding import (
    DeadlinePassed,
    Job,
    PromptTooLong,
    guess_next,
    pick,
    write_reply,
)

TOKENIZER = LLTokenizer("byte")
END = TOKENIZER.eos_token
PROMPT = [1, 2, 3]


class Parrot:
    """A speaker over single bytes that wants to say one text, over and over."""

    def __init__(self, text: bytes, *, ends: bool = True, context_length: int = 100) -> None:
        self.context_length = context_length
        self.tokenizer = TOKENIZER
        self._wanted = [*text, END] if ends else list(text)
        self._said = 0
        self.read: list[list[int]] = []
        self.decoded: list[list[int]] = []

    def bytes_of(self, token):
        return bytes([token])

    def ends(self, token):
        return token == END

    def read_prompt(self, tokens, check, *, reuse):
        check()
        self.read.append(list(tokens))
        self._said += len(tokens) - len(PROMPT)
        return self._logits(), 0

    def logits_after(self, tokens, rows):
        self.decoded.append(list(tokens))
        self._said += len(tokens)
        return [self._logits(back) for back in reversed(range(rows))]

    def take_back(self, count):
        self._said -= count

    def _logits(self, back=0):
        logits = np.zeros(TOKENIZER.vocab_size, dtype=np.float32)
        logits[self._wanted[(self._said - back) % len(self._wanted)]] = 9.0
        return logits


def job(**changes):
    """Make a job with all the time in the world."""
    made = {
        "prompt": PROMPT,
        "constraint": None,
        "max_tokens": 50,
        "temperature": 0.0,
        "seed": 0,
        "stop": (),
        "deadline": time.monotonic() + 60,
        "reuse": True,
    }
    return Job(**{**made, **changes})


def test_free_text_ends_where_the_model_ends_it():
    """The end token is not part of the text."""
    draft = write_reply(Parrot(b"hello"), job())
    assert (bytes(draft.written), draft.ended, draft.tokens) == (b"hello", "end", 5)


def test_the_limit_cuts():
    """At the limit the reply is cut, and says so."""
    draft = write_reply(Parrot(b"la", ends=False), job(max_tokens=7))
    assert (bytes(draft.written), draft.ended) == (b"lalalal", "length")


def test_a_stop_cuts_before_itself():
    """The earliest of the stops ends the text and is not part of it."""
    draft = write_reply(Parrot(b"one. two; three"), job(stop=(b";", b". ")))
    assert (bytes(draft.written), draft.ended) == (b"one", "stop")


def test_the_context_is_a_limit_too():
    """A reply never grows beyond what the model can read."""
    draft = write_reply(Parrot(b"la", ends=False, context_length=8), job())
    assert draft.tokens == 5


def test_a_prompt_that_fills_the_context_is_refused():
    """The message names both figures."""
    with pytest.raises(PromptTooLong, match=r"3 tokens.*reads 3"):
        write_reply(Parrot(b"x", context_length=3), job())


def test_the_deadline_ends_it():
    """After its time a request is given up, in the prompt or in the reply."""
    with pytest.raises(DeadlinePassed):
        write_reply(Parrot(b"x"), job(deadline=time.monotonic() - 1))


def test_forced_tokens_are_not_asked_for():
    """The model is asked once, where the options part; the rest is forced and never decoded."""
    speaker = Parrot(b"pred")
    draft = write_reply(speaker, job(constraint={"options": ["prednisone", "vincristine"]}))
    assert (bytes(draft.written), draft.ended) == (b"prednisone", "grammar")
    assert speaker.decoded == []


def test_a_forced_beginning_is_read_with_the_prompt():
    """What every output begins with costs no reading of its own."""
    speaker = Parrot(b"drug: vi")
    draft = write_reply(
        speaker, job(constraint={"options": ["drug: prednisone", "drug: vinblastine"]})
    )
    assert (bytes(draft.written), draft.ended) == (b"drug: vinblastine", "grammar")
    assert speaker.read == [[*PROMPT, *b"drug: "]]


def test_an_output_without_a_choice_is_not_asked_for():
    """With one possible output the model has nothing to say, so it need not read the prompt."""
    speaker = Parrot(b"anything")
    draft = write_reply(speaker, job(constraint={"options": ["prednisone"]}))
    assert (bytes(draft.written), draft.ended) == (b"prednisone", "grammar")
    assert (speaker.read, speaker.decoded) == ([], [])


def test_what_is_whole_at_the_limit_is_finished():
    """The last allowed token may complete the output."""
    draft = write_reply(Parrot(b"ab"), job(constraint={"options": ["ab", "cd"]}, max_tokens=2))
    assert draft.ended == "grammar"


def test_an_output_cut_within_its_grammar_is_unfinished():
    """A regex that wants more than the limit allows ends with `length`."""
    draft = write_reply(Parrot(b"aaaaaaaaa"), job(constraint={"regex": "[ab]{9}"}, max_tokens=3))
    assert (bytes(draft.written), draft.ended) == (b"aaa", "length")


def test_without_temperature_the_likeliest_is_picked():
    """Greedy picking needs no luck."""
    assert pick(np.array([0.0, 3.0, 1.0], np.float32), 0.0, np.random.default_rng(1)) == 1


def test_drawing_follows_the_seed_and_the_odds():
    """The same seed draws the same tokens; what is not allowed is never drawn."""
    logits = np.array([1.0, 1.0, -np.inf, 1.0, -30.0], np.float32)

    def draw(seed):
        generator = np.random.Generator(np.random.PCG64(seed))
        return [pick(logits, 1.0, generator) for _ in range(300)]

    assert draw(5) == draw(5)
    assert draw(5) != draw(6)
    assert set(draw(5)) == {0, 1, 3}


TEXTS = st.binary(min_size=1, max_size=40).map(lambda text: bytes(b"abc"[one % 3] for one in text))


@given(said=TEXTS, source=TEXTS, limit=st.integers(1, 50))
def test_a_source_changes_the_speed_and_nothing_else(said, source, limit):
    """Whatever the reply may be a copy of, the same is written."""
    alone = write_reply(Parrot(said), job(max_tokens=limit))
    guessed = write_reply(Parrot(said), job(max_tokens=limit, source=source))
    assert (guessed.written, guessed.ended) == (alone.written, alone.ended)
    assert guessed.tokens == alone.tokens


@given(said=TEXTS, source=TEXTS)
def test_a_source_leaves_the_grammar_in_force(said, source):
    """A guess is no way around a mask."""
    constraint = {"regex": "[ab]{1,5}(c[ab]{2}){0,3}"}
    alone = write_reply(Parrot(said), job(constraint=constraint))
    guessed = write_reply(Parrot(said), job(constraint=constraint, source=source))
    assert (guessed.written, guessed.ended) == (alone.written, alone.ended)


def test_a_copy_takes_few_readings():
    """A sentence that is repeated word for word is read in pieces of eight tokens."""
    sentence = b"The patient was admitted."
    speaker = Parrot(sentence)
    draft = write_reply(speaker, job(source=sentence))
    assert bytes(draft.written) == sentence
    assert len(speaker.decoded) <= len(sentence) / 7 + 1


def test_a_reply_with_a_temperature_is_not_guessed():
    """Draws are seeded token by token; nothing is read ahead of them."""
    speaker = Parrot(b"abcabc")
    write_reply(speaker, job(source=b"abcabc", temperature=0.2))
    assert all(len(tokens) == 1 for tokens in speaker.decoded)


@pytest.mark.parametrize(
    ("written", "source", "guess"),
    [
        pytest.param(b"ab", b"abcdef", b"cdef", id="goes on with the copy"),
        pytest.param(b"x", b"abcdef", b"", id="not in the source"),
        pytest.param(b"zzzab", b"abxabcab", b"cab", id="the place where a copy would be"),
        pytest.param(b"qcab", b"abxcabyab", b"yab", id="the longest match first"),
        pytest.param(b"ab", b"abcdefghijklmn", b"cdefghi", id="no more than seven"),
        pytest.param(b"abc", b"abc", b"", id="at its end"),
    ],
)
def test_the_guess(written, source, guess):
    """What follows in the source after the last tokens written."""
    assert bytes(guess_next(written, source)) == guess

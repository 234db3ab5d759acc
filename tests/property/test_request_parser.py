"""Whatever is typed, a request is read without failing, always alike, and consistently."""

from hypothesis import given, settings
from hypothesis import strategies as st

from fuente.patients.catalogue import load_catalogue
from fuente.patients.request import Request
from fuente.patients.request_parser import parse_request
from fuente.patients.request_spelling import repair
from fuente.patients.request_words import cue_phrases, phrases, signal_names

SIGNALS = [phrase for name in signal_names() for phrase in phrases(name)]
CUES = [
    p
    for cue in ("negation", "only", "except", "affirmation", "or", "and")
    for p in cue_phrases(cue)
]
NAMES = [d.name_en for d in load_catalogue().all()] + [d.name_es for d in load_catalogue().all()]
AGES = [
    "5-year-old",
    "de 7 años",
    "18 months",
    "at 3",
    "99999999999999 years",
    "age 0",
    "2 or 3",
    "1/2",
]
PUNCTUATION = [",", ".", ";", ":", "(", ")", "/", "\n", "¿", "-"]
WORDS = st.sampled_from(
    [*SIGNALS, *CUES, *NAMES, *AGES, *PUNCTUATION, "patient", "niña", "second tumour"]
)


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_failing(text):
    """No text makes the parser fail, and it reads the same text the same way."""
    assert parse_request(text) == parse_request(text)


@given(st.lists(WORDS, max_size=25).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_any_mixture_of_known_words_gives_a_consistent_request(text):
    """A request never requires what it excludes, and asks exactly when it needs to."""
    request = parse_request(text)
    assert not set(request.blocks.required) & set(request.blocks.excluded)
    assert (request.action == "clarify") == bool(request.questions)
    assert Request.model_validate(request.as_json()) == request


@given(st.sampled_from(NAMES), st.sampled_from(["en", "es"]))
@settings(max_examples=106, deadline=None)
def test_questions_come_in_the_language_of_the_request(name, language):
    """Two tumours for one patient are asked about in the language given."""
    other = NAMES[0] if name not in NAMES[:1] else NAMES[1]
    request = parse_request(f"{name} / {other}", language)
    assert request.language == language
    for question in request.questions:
        assert question.startswith(("Varios", "El ", "La ", "¿")) == (language == "es")


@given(st.sampled_from(SIGNALS + NAMES))
@settings(max_examples=300, deadline=None)
def test_words_that_are_known_are_not_corrected(phrase):
    """Spelling repair leaves every known word as it stands."""
    folded = repair(phrase.lower())
    assert folded == phrase.lower() or "chemotherapy + radiotherapy" in folded

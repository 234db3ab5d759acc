"""What every language model does, the scripted one and the real worker."""

import json

import pytest
from tests.fakes_engine import ScriptedModel

from fuente.adapters.llama_engine import LlamaEngine
from fuente.adapters.model_registry import ModelRegistry
from fuente.ports import Constraint, Message

OPTIONS = ("vincristina 1,5 mg/m²", "asparaginase", "asparaginase (PEG)", "niño #1 | x.y")
SCHEMA = {
    "type": "object",
    "properties": {
        "drug": {"enum": ["vincristine", "prednisone"]},
        "cycle": {"type": "integer", "minimum": 3, "maximum": 17},
    },
    "required": ["drug", "cycle"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def engine(root):
    """Start the real engine once for this file."""
    registered = ModelRegistry(root / "models").resolve()
    made = LlamaEngine(registered.path, registered.identity, registered.template)
    yield made
    made.close()


@pytest.fixture(params=["scripted", pytest.param("llama", marks=pytest.mark.engine)])
def model(request):
    """Give a model of each kind."""
    return ScriptedModel() if request.param == "scripted" else request.getfixturevalue("engine")


class TestLanguageModel:
    """The LanguageModel port."""

    def test_it_says_which_model_writes(self, model):
        """Name, weights, template and engine are all named."""
        identity = model.identity
        assert identity.name
        assert identity.engine
        assert len(identity.sha256) == len(identity.template_sha256) == 64

    @pytest.mark.parametrize("option", OPTIONS)
    def test_a_single_option_is_what_comes_back(self, model, option):
        """Where one option is left, it is the answer, accents and symbols included."""
        completion = model.generate([Message("user", "Pick.")], Constraint(options=(option,)))
        assert completion.text == option
        assert completion.finished

    def test_the_answer_is_one_of_the_options(self, model):
        """Nothing but an option is ever said, also when one begins like another."""
        ask = [Message("system", "Choose."), Message("user", "Which drug?")]
        for seed in range(5):
            completion = model.generate(
                ask, Constraint(options=OPTIONS), temperature=2.0, seed=seed
            )
            assert completion.text in OPTIONS

    def test_json_of_a_schema_is_compact_and_valid(self, model):
        """The reply parses, keeps enum and bounds, and holds no white space."""
        completion = model.generate([Message("user", "A cycle.")], Constraint(schema=SCHEMA))
        value = json.loads(completion.text)
        assert value["drug"] in ("vincristine", "prednisone")
        assert 3 <= value["cycle"] <= 17
        assert completion.text == json.dumps(value, separators=(",", ":"))

    def test_the_same_arguments_give_the_same_text(self, model):
        """Greedy or with a seed, a repeated call is answered in the same words."""
        ask = [Message("user", "Write about a child in hospital.")]
        for temperature in (0.0, 0.9):
            one, two = (
                model.generate(ask, max_tokens=12, temperature=temperature, seed=7)
                for _ in range(2)
            )
            assert one == two

    def test_a_cut_reply_says_that_it_is_unfinished(self, model):
        """With too few tokens the reply ends early and `finished` is False."""
        completion = model.generate([Message("user", "Tell a long story.")], max_tokens=1)
        assert not completion.finished
        assert completion.completion_tokens >= 1

    def test_the_costs_are_counted(self, model):
        """Prompt and reply are counted in tokens."""
        completion = model.generate([Message("user", "Pick one now.")], Constraint(options=("a",)))
        assert completion.prompt_tokens > 0
        assert completion.completion_tokens > 0

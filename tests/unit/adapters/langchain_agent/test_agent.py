"""How a run of the agent goes, and every way in which it can end."""

import json
import time

import pytest
from tests.fakes_engine import ScriptedModel, last, seeded

from fuente.adapters.langchain_agent import LangchainAgent
from fuente.errors import ModelCrashed
from fuente.ports import Tool, ToolResult

DRUGS = ("vincristine", "cisplatin", "carboplatin")


def dose_tool(drugs=DRUGS, text="1.5 mg/m2"):
    """Make a tool that returns the same for each drug."""
    return Tool(
        "dose_references",
        "List the doses of a drug.",
        {"drug": tuple(drugs)},
        lambda arguments: ToolResult(text, (f"p_{arguments['drug']}",), ("r_1",)),
    )


def each_drug_once(steps):
    """Open the drugs that were not asked for yet."""
    left = [drug for drug in DRUGS if all(step.arguments["drug"] != drug for step in steps)]
    return [dose_tool(left)] if left else []


def gather(model, tools=each_drug_once, **limits):
    """Run the agent with small limits."""
    wanted = {"max_steps": 8, "max_seconds": 30.0, "seed": 1, **limits}
    return LangchainAgent(model).gather("Gather the doses.", tools, **wanted)


def call(name="dose_references", **arguments):
    """Write a call as the model would."""
    return json.dumps({"tool": name, "arguments": arguments})


def test_a_run_ends_when_nothing_is_open():
    """Every step is kept with its tool, arguments and what it found."""
    trace = gather(ScriptedModel())
    assert (trace.outcome, trace.detail) == ("done", "")
    assert [step.arguments["drug"] for step in trace.steps] == list(DRUGS)
    assert trace.steps[1].tool == "dose_references"
    assert trace.steps[1].passage_ids == ("p_cisplatin",)
    assert trace.steps[1].reference_ids == ("r_1",)


def test_the_model_decides_the_order():
    """A model that picks otherwise makes other steps."""
    trace = gather(ScriptedModel(rule=last))
    assert [step.arguments["drug"] for step in trace.steps] == list(reversed(DRUGS))


def test_the_same_seed_gives_the_same_steps():
    """The run's seed reaches the model."""
    assert gather(ScriptedModel(rule=seeded)) == gather(ScriptedModel(rule=seeded))
    model = ScriptedModel()
    gather(model, seed=77)
    assert {made.seed for made in model.calls} == {77}


def test_with_nothing_open_at_first_the_model_is_not_asked():
    """An empty plan is done at once."""
    model = ScriptedModel()
    assert gather(model, lambda steps: []).outcome == "done"
    assert model.calls == []


def test_each_turn_offers_exactly_what_is_open_now():
    """The grammar of each call holds the enums of that turn and nothing else."""
    model = ScriptedModel()
    gather(model)
    offered = [
        made.constraint.schema["properties"]["arguments"]["properties"]["drug"]["enum"]
        for made in model.calls
    ]
    assert offered == [list(DRUGS), list(DRUGS[1:]), list(DRUGS[2:])]


def test_one_tool_may_be_open_in_two_ways():
    """Two entries of one name are two alternatives, and each call finds its own."""
    wrong, right = ToolResult("wrong"), ToolResult("right", ("p_2",))

    def tools(steps):
        return [
            Tool("look", "Look.", {"at": ("a",), "how": ("near",)}, lambda _: wrong),
            Tool("look", "Look.", {"at": ("b",), "how": ("far",)}, lambda _: right),
        ][: 2 if not steps else 0]

    trace = gather(ScriptedModel([call("look", at="b", how="far")]), tools)
    assert trace.outcome == "done"
    assert trace.steps[0].passage_ids == ("p_2",)


def test_steps_are_limited():
    """A plan that never ends is stopped after so many steps, which are kept."""
    trace = gather(ScriptedModel(), lambda steps: [dose_tool()], max_steps=4)
    assert trace.outcome == "step_limit"
    assert len(trace.steps) == 4


def test_time_is_limited():
    """After its time the run ends before the next call; what was done is kept."""

    def slow_tools(steps):
        if steps:
            time.sleep(0.05)
        return [dose_tool()]

    trace = gather(ScriptedModel(), slow_tools, max_seconds=0.02)
    assert trace.outcome == "time_limit"
    assert len(trace.steps) <= 1


@pytest.mark.parametrize(
    "reply",
    ["", "I would rather not.", "{", call("drop_tables"), call(drug="water"), call(), "null"],
    ids=["empty", "refusing", "cut", "unknown tool", "closed value", "no argument", "null"],
)
def test_a_model_that_misbehaves_ends_the_run_as_failed(reply):
    """One reply that is not an open call is enough; the detail says what happened."""
    trace = gather(ScriptedModel([call(drug="cisplatin"), reply]))
    assert trace.outcome == "failed"
    assert trace.detail
    assert [step.arguments["drug"] for step in trace.steps] == ["cisplatin"]


def test_a_model_that_repeats_itself_ends_the_run():
    """The second time the call is no longer open."""
    trace = gather(ScriptedModel(repeat=call(drug="cisplatin")))
    assert trace.outcome == "failed"
    assert len(trace.steps) == 1


def test_an_engine_that_crashes_ends_the_run_as_failed():
    """The error is the detail; nothing is raised."""
    trace = gather(ScriptedModel([call(drug="cisplatin"), ModelCrashed("The engine died.")]))
    assert trace.outcome == "failed"
    assert "The engine died." in trace.detail
    assert len(trace.steps) == 1


def test_a_tool_that_raises_ends_the_run_as_failed():
    """Whatever a tool raises is the detail."""

    def broken(arguments):
        raise RuntimeError("the index is gone")

    tools = [Tool("look", "Look.", {"at": ("a",)}, broken)]
    trace = gather(ScriptedModel(), lambda steps: tools)
    assert (trace.outcome, trace.steps) == ("failed", ())
    assert "the index is gone" in trace.detail


def test_results_are_shortened_for_the_model():
    """The model sees the beginning of a long result."""
    model = ScriptedModel()
    gather(model, lambda steps: [] if len(steps) > 1 else [dose_tool(text="long " * 1000)])
    shown = [message for message in model.calls[-1].messages if message.role == "tool"]
    assert [len(message.content) for message in shown] == [200]


def test_messages_are_only_appended():
    """Each prompt begins with the one before, so that the model's cache can be used."""
    model = ScriptedModel()
    gather(model)
    for one, two in zip(model.calls, model.calls[1:], strict=False):
        assert two.messages[: len(one.messages)] == one.messages


def test_an_overlong_conversation_loses_its_oldest_results_only():
    """The prompt stays bounded, the latest result is shown, the trace keeps every step."""
    model = ScriptedModel()
    agent = LangchainAgent(model, prompt_characters=1500)
    trace = agent.gather(
        "Go.",
        lambda steps: [dose_tool(text=f"{len(steps)} " + "word " * 100)],
        max_steps=20,
        max_seconds=30,
        seed=0,
    )
    assert len(trace.steps) == 20
    lengths = [sum(len(message.content) for message in made.messages) for made in model.calls]
    assert max(lengths) < 3500
    assert "word" in model.calls[-1].messages[-1].content
    assert model.calls[-1].messages[1].content == "Go."

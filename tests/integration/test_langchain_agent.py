"""The agent with the real model: small tools, real choices."""

import pytest

from fuente.adapters.langchain_agent import LangchainAgent
from fuente.adapters.llama_engine import LlamaEngine
from fuente.adapters.model_registry import ModelRegistry
from fuente.ports import Tool, ToolResult

pytestmark = pytest.mark.engine

DRUGS = ("vincristine", "daunorubicin", "pegaspargase", "prednisone", "methotrexate")
QUERIES = ("induction doses", "intrathecal doses by age")


@pytest.fixture(scope="module")
def engine(root):
    """Start the real engine once."""
    model = ModelRegistry(root / "models").resolve()
    made = LlamaEngine(model.path, model.identity, model.template)
    yield made
    made.close()


def open_calls(steps):
    """Open each drug and each query until it was asked for."""
    asked = {value for step in steps for value in step.arguments.values()}
    offers = {"dose_references": ("drug", DRUGS), "search_protocols": ("query", QUERIES)}
    tools = []
    for name, (argument, values) in offers.items():
        left = tuple(value for value in values if value not in asked)
        if left:
            tools.append(
                Tool(
                    name,
                    "Look it up.",
                    {argument: left},
                    lambda arguments: ToolResult(f"{arguments}: 1.5 mg/m2, page 4", ("p_1",)),
                )
            )
    return tools


def gather(engine, **limits):
    """Run the agent over all drugs and queries."""
    wanted = {"max_steps": 12, "max_seconds": 120.0, "seed": 1, **limits}
    goal = "Boy, 6 years, acute lymphoblastic leukaemia. Gather the doses for his induction."
    return LangchainAgent(engine).gather(goal, open_calls, **wanted)


def test_the_smallest_model_gathers_everything(engine):
    """Every open call is made once, by the model's own choice, and the run is done."""
    trace = gather(engine)
    assert trace.outcome == "done", trace.detail
    asked = [value for step in trace.steps for value in step.arguments.values()]
    assert sorted(asked) == sorted([*DRUGS, *QUERIES])


def test_a_run_is_repeated_step_for_step(engine):
    """The same goal, tools and seed give the same steps, with a warm engine too."""
    assert gather(engine) == gather(engine)


def test_a_run_is_capped(engine):
    """With fewer steps than calls the run ends at the limit."""
    trace = gather(engine, max_steps=2)
    assert (trace.outcome, len(trace.steps)) == ("step_limit", 2)

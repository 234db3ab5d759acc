"""How tools become a schema and replies become messages."""

import json

import pytest
from jsonschema import Draft202012Validator
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage
from langchain_core.tools import StructuredTool, tool
from tests.fakes_engine import ScriptedModel, last

from fuente.adapters.langchain_agent.chat_model import GrammarChatModel, call_schema

DOSES = StructuredTool(
    name="dose_references",
    description="List doses.",
    args_schema={
        "type": "object",
        "properties": {"drug": {"type": "string", "enum": ["vincristine", "cisplatin"]}},
        "required": ["drug"],
    },
    func=lambda drug: drug,
)


@tool
def search_protocols(query: str) -> str:
    """Search the protocols."""
    return query


def schema_of(model: ScriptedModel) -> dict:
    """Give the schema of the last call."""
    return dict(model.calls[-1].constraint.schema)


def test_a_forced_call_comes_back_as_a_tool_call():
    """The reply is one call with its arguments, no words, and a counted id."""
    model = ScriptedModel()
    bound = GrammarChatModel(language_model=model).bind_tools([DOSES], tool_choice="any")
    reply = bound.invoke([SystemMessage("S"), HumanMessage("Doses?")])
    assert reply.tool_calls == [
        {
            "name": "dose_references",
            "args": {"drug": "vincristine"},
            "id": "call_0",
            "type": "tool_call",
        }
    ]
    assert reply.content == ""
    assert reply.usage_metadata["total_tokens"] > 0


@pytest.mark.parametrize(
    ("value", "allowed"),
    [
        ({"tool": "dose_references", "arguments": {"drug": "cisplatin"}}, True),
        ({"tool": "search_protocols", "arguments": {"query": "x"}}, True),
        ({"tool": "dose_references", "arguments": {"drug": "aspirin"}}, False),
        ({"tool": "dose_references", "arguments": {}}, False),
        ({"tool": "dose_references", "arguments": {"drug": "cisplatin", "x": 1}}, False),
        ({"tool": "delete", "arguments": {}}, False),
        ({"answer": "words"}, False),
    ],
)
def test_the_schema_of_any_allows_exactly_the_tools_calls(value, allowed):
    """An unknown tool, a value out of its enum and a missing argument are not in the grammar."""
    model = ScriptedModel()
    bound = GrammarChatModel(language_model=model).bind_tools(
        [DOSES, search_protocols], tool_choice="any"
    )
    bound.invoke("Go")
    assert Draft202012Validator(schema_of(model)).is_valid(value) is allowed


def test_with_auto_the_model_may_answer_in_words():
    """Words are one alternative more, and come back as the message's content."""
    model = ScriptedModel(rule=last)
    reply = GrammarChatModel(language_model=model).bind_tools([DOSES]).invoke("Go")
    assert reply.tool_calls == []
    assert reply.content == "x"


def test_a_named_choice_leaves_only_that_tool():
    """With a name the schema is that tool's call alone."""
    offered = [{"name": "a", "parameters": {}}, {"name": "b", "parameters": {}}]
    assert call_schema(offered, "b")["properties"]["tool"] == {"const": "b"}
    with pytest.raises(ValueError, match="'c'"):
        call_schema(offered, "c")


@pytest.mark.parametrize("choice", ["any", "required", True, {"function": {"name": "any"}}])
def test_every_way_to_say_any_means_the_same(choice):
    """LangChain's and OpenAI's spellings are understood."""
    model = ScriptedModel()
    bound = GrammarChatModel(language_model=model).bind_tools([DOSES], tool_choice=choice)
    assert bound.invoke("Go").tool_calls


def test_without_tools_the_model_writes_freely():
    """No constraint is sent, and settings and stops reach the model."""
    model = ScriptedModel(free_text="Free.")
    chat = GrammarChatModel(language_model=model, max_tokens=9, temperature=0.5, seed=4)
    assert chat.invoke("Hi", stop=["."]).content == "Free."
    call = model.calls[-1]
    assert (call.constraint, call.max_tokens, call.temperature) == (None, 9, 0.5)
    assert (call.seed, call.stop) == (4, (".",))


@pytest.mark.parametrize("text", ["{", "[]", '"x"', '{"tool":"a"}', '{"arguments":{}}', ""])
def test_a_malformed_reply_is_an_invalid_call(text):
    """It is reported as it was written and never repaired."""
    chat = GrammarChatModel(language_model=ScriptedModel([text])).bind_tools([DOSES])
    reply = chat.invoke("Go")
    assert reply.tool_calls == []
    assert reply.invalid_tool_calls[0]["args"] == text


def test_earlier_calls_and_results_are_shown_as_they_were():
    """The call is shown in the form the grammar makes, the result as a tool's turn."""
    model = ScriptedModel()
    call = {"name": "dose_references", "args": {"drug": "cisplatin"}, "id": "call_0"}
    GrammarChatModel(language_model=model).invoke(
        [
            HumanMessage("Go"),
            AIMessage("", tool_calls=[call]),
            ToolMessage("20 mg/m2", tool_call_id="call_0"),
        ]
    )
    shown = model.calls[-1].messages
    assert [message.role for message in shown] == ["user", "assistant", "tool"]
    assert json.loads(shown[1].content) == {
        "tool": "dose_references",
        "arguments": {"drug": "cisplatin"},
    }

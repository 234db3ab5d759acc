"""A LangChain chat model over our LanguageModel port, its tool calls forced by a grammar.

It decides how messages and tools become a prompt and a schema, and how the reply becomes a
message. It knows nothing of the agent's loop or of what the tools do.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    InvalidToolCall,
    ToolCall,
    ToolMessage,
    UsageMetadata,
)
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool

from fuente.ports import Completion, Constraint, LanguageModel, Message

_ROLES = {"human": "user", "ai": "assistant"}
_ANSWER = "answer"
_LONGEST_ANSWER = 600


class GrammarChatModel(BaseChatModel):
    """Chat model whose tool calls cannot be malformed, unknown or out of their enums."""

    language_model: Any  # a LanguageModel; pydantic cannot check a protocol that is not runtime
    max_tokens: int = 256
    temperature: float = 0.0
    seed: int = 0

    @property
    def _llm_type(self) -> str:
        return "fuente-grammar"

    def bind_tools(
        self,
        tools: Sequence[Mapping[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | bool | Mapping[str, Any] | None = None,
        **kwargs: object,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """Offer these tools; `tool_choice` is auto (default), any, none or one tool's name."""
        offered = [convert_to_openai_tool(tool)["function"] for tool in tools]
        return self.bind(tools=offered, tool_choice=_choice_name(tool_choice), **kwargs)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: object,
    ) -> ChatResult:
        model: LanguageModel = self.language_model
        bound: dict[str, Any] = dict(kwargs)
        schema = call_schema(bound.get("tools", ()), bound.get("tool_choice", "auto"))
        completion = model.generate(
            [_message(message) for message in messages],
            None if schema is None else Constraint(schema=schema),
            max_tokens=bound.get("max_tokens", self.max_tokens),
            temperature=bound.get("temperature", self.temperature),
            seed=bound.get("seed", self.seed),
            stop=tuple(stop or ()),
        )
        # Counted, not random: the same conversation gives the same ids.
        call_id = f"call_{sum(message.type == 'ai' for message in messages)}"
        reply = _free_reply(completion) if schema is None else _call_reply(completion, call_id)
        reply.response_metadata["model_name"] = model.identity.name
        return ChatResult(generations=[ChatGeneration(message=reply)])


def call_schema(tools: Sequence[Mapping[str, Any]], tool_choice: str) -> dict[str, Any] | None:
    """The schema of one call among these tools; None where no tool may be called.

    With `auto` an answer in words is one alternative more.
    """
    if not tools or tool_choice == "none":
        return None
    named = [tool for tool in tools if tool_choice in {"auto", "any", tool["name"]}]
    if not named:
        raise ValueError(f"tool_choice names {tool_choice!r}, which is not among the tools")
    alternatives = [_call_of(tool) for tool in named]
    if tool_choice == "auto":
        text = {"type": "string", "maxLength": _LONGEST_ANSWER}
        alternatives.append(_object({_ANSWER: text}))
    return alternatives[0] if len(alternatives) == 1 else {"anyOf": alternatives}


def _call_of(tool: Mapping[str, Any]) -> dict[str, Any]:
    arguments = {"type": "object", "properties": {}, **tool.get("parameters", {})}
    arguments.setdefault("additionalProperties", False)
    return _object({"tool": {"const": tool["name"]}, "arguments": arguments})


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _choice_name(choice: str | bool | Mapping[str, Any] | None) -> str:
    if isinstance(choice, Mapping):
        return str(choice.get("function", choice).get("name", "any"))
    if isinstance(choice, bool) or choice is None:
        return "any" if choice else "auto"
    return "any" if choice == "required" else choice


def _message(message: BaseMessage) -> Message:
    role = _ROLES.get(message.type, message.type)
    if isinstance(message, AIMessage) and message.tool_calls and not message.text:
        call = message.tool_calls[0]
        return Message(role, _call_text(call["name"], call["args"]))
    if isinstance(message, ToolMessage):
        return Message("tool", message.text)
    return Message(role, message.text)


def _call_text(name: str, arguments: Mapping[str, Any]) -> str:
    call = {"tool": name, "arguments": arguments}
    return json.dumps(call, separators=(",", ":"), ensure_ascii=False)


def _free_reply(completion: Completion) -> AIMessage:
    return AIMessage(content=completion.text, usage_metadata=_usage(completion))


def _call_reply(completion: Completion, call_id: str) -> AIMessage:
    usage = _usage(completion)
    try:
        value = json.loads(completion.text)
        if _ANSWER in value:
            return AIMessage(content=str(value[_ANSWER]), usage_metadata=usage)
        call = ToolCall(name=value["tool"], args=dict(value["arguments"]), id=call_id)
        return AIMessage(content="", tool_calls=[call], usage_metadata=usage)
    except (ValueError, TypeError, KeyError):
        # Cut short, or a model without a grammar: said as such, never repaired.
        wrong = InvalidToolCall(
            type="invalid_tool_call",
            name=None,
            args=completion.text,
            id=call_id,
            error="not a whole tool call",
        )
        return AIMessage(content="", invalid_tool_calls=[wrong], usage_metadata=usage)


def _usage(completion: Completion) -> UsageMetadata:
    return UsageMetadata(
        input_tokens=completion.prompt_tokens,
        output_tokens=completion.completion_tokens,
        total_tokens=completion.prompt_tokens + completion.completion_tokens,
    )

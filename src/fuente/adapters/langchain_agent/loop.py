"""The agent's loop: LangChain's `create_agent` with middleware that opens, runs and ends calls.

It decides when a run ends and what the model sees of a result. Which calls are open is the
caller's business, and so is what they mean.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from langchain.agents import create_agent
from langchain.agents.middleware import (
    AgentMiddleware,
    AgentState,
    ModelCallLimitMiddleware,
    ModelRequest,
    ModelResponse,
    ToolCallLimitMiddleware,
    hook_config,
)
from langchain.agents.middleware.types import ToolCallRequest
from langchain_core.messages import AnyMessage, HumanMessage, ToolMessage
from langchain_core.tools import StructuredTool
from langgraph.runtime import Runtime
from langgraph.types import Command

from fuente.adapters.langchain_agent.chat_model import GrammarChatModel
from fuente.ports import AgentStep, LanguageModel, Tool, ToolResult

INSTRUCTIONS = "You gather dose evidence from hospital protocols. Call one tool at a time."
CALL_TOKENS = 160
"""Room for one call; a longer one is cut, and a cut call ends the run."""
NODES_PER_TURN = 8
"""The graph's steps for one turn, limits included: for LangGraph's recursion limit."""
DROPPED = "(seen before)"

Done = dict[str, str]


@dataclass(frozen=True, slots=True)
class RunLimits:
    """How long a run may be and how much the model is shown."""

    steps: int
    seconds: float
    result_characters: int
    prompt_characters: int


@dataclass(slots=True)
class Run:
    """One run: what is open, what was done, how it ended."""

    tools: Callable[[Sequence[AgentStep]], Sequence[Tool]]
    limits: RunLimits
    steps: list[AgentStep] = field(default_factory=list)
    open: Sequence[Tool] = ()
    outcome: str = ""
    detail: str = ""
    started: float = field(default_factory=time.monotonic)

    def turn(self) -> bool:
        """Open the next turn; False when the run has ended."""
        self.open = tuple(self.tools(tuple(self.steps)))
        if not self.open:
            self.outcome = "done"
        elif len(self.steps) >= self.limits.steps:
            self.outcome = "step_limit"
        elif time.monotonic() - self.started > self.limits.seconds:
            self.outcome = "time_limit"
        return not self.outcome

    def call(self, name: str, arguments: dict[str, Any]) -> ToolResult | None:
        """Run the open call; None when there is no such call."""
        tool = next((tool for tool in self.open if _allows(tool, name, arguments)), None)
        if tool is None:
            self.outcome, self.detail = "failed", f"the call {name}({arguments}) is not open"
            return None
        result = tool.run(arguments)
        self.steps.append(AgentStep(name, arguments, result.passage_ids, result.reference_ids))
        return result


class OpenCalls(AgentMiddleware[AgentState[Any], None, Any]):
    """Offers the model the calls open now, runs the one it makes, and ends the run."""

    def __init__(self, run: Run, seed: int) -> None:
        super().__init__()
        self._run = run
        self._seed = seed

    @hook_config(can_jump_to=["end"])
    def before_model(self, state: AgentState[Any], runtime: Runtime[None]) -> Done | None:
        """End the run where nothing is open or a limit is reached."""
        if self._run.outcome or not self._run.turn():
            return {"jump_to": "end"}
        return None

    def wrap_model_call(
        self,
        request: ModelRequest[None],
        handler: Callable[[ModelRequest[None]], ModelResponse[Any]],
    ) -> ModelResponse[Any]:
        """Bind exactly the open calls, and force one of them."""
        return handler(
            request.override(
                tools=[_structured(tool) for tool in self._run.open],
                tool_choice="any",
                messages=_shortened(request.messages, self._run.limits.prompt_characters),
                model_settings={"seed": self._seed},
            )
        )

    def wrap_tool_call(
        self,
        request: ToolCallRequest,
        handler: Callable[[ToolCallRequest], ToolMessage | Command[Any]],
    ) -> ToolMessage | Command[Any]:
        """Run the call here: the tools change from turn to turn, so no node knows them."""
        call = request.tool_call
        result = self._run.call(call["name"], dict(call["args"]))
        text = "This call is not open." if result is None else result.text
        text = text[: self._run.limits.result_characters]
        return ToolMessage(text, tool_call_id=call["id"], name=call["name"])


def gather_evidence(
    model: LanguageModel, goal: str, run: Run, *, temperature: float, seed: int
) -> None:
    """Run the agent to its end; the run holds the steps and the outcome."""
    if not run.turn():
        return
    middleware: list[AgentMiddleware[Any, None, Any]] = [
        OpenCalls(run, seed),
        # Below the run's own limits these never act; they hold if those should fail.
        ModelCallLimitMiddleware(run_limit=run.limits.steps + 1, exit_behavior="end"),
        ToolCallLimitMiddleware(run_limit=run.limits.steps + 1, exit_behavior="end"),
    ]
    agent = create_agent(
        GrammarChatModel(language_model=model, max_tokens=CALL_TOKENS, temperature=temperature),
        tools=[],
        system_prompt=_system_prompt(run.open),
        middleware=middleware,
    )
    ceiling = NODES_PER_TURN * (run.limits.steps + 2)
    agent.invoke({"messages": [HumanMessage(goal)]}, {"recursion_limit": ceiling})
    if not run.outcome:
        run.outcome, run.detail = "failed", "the model called no tool"


def _system_prompt(tools: Sequence[Tool]) -> str:
    described = dict.fromkeys(f"{tool.name}: {tool.description}" for tool in tools)
    return "\n".join([INSTRUCTIONS, *described])


def _structured(tool: Tool) -> StructuredTool:
    """The tool as LangChain knows tools, its arguments' allowed values as enums."""
    properties = {
        name: {"type": "string", "enum": list(values)} for name, values in tool.arguments.items()
    }
    return StructuredTool(
        name=tool.name,
        description=tool.description,
        args_schema={
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        },
        func=lambda **arguments: tool.run(arguments).text,
    )


def _allows(tool: Tool, name: str, arguments: dict[str, Any]) -> bool:
    if tool.name != name or set(tool.arguments) != set(arguments):
        return False
    return all(arguments[key] in values for key, values in tool.arguments.items())


def _shortened(messages: list[AnyMessage], limit: int) -> list[AnyMessage]:
    """The conversation with its oldest results dropped, if it is too long.

    Dropped down to half the limit, so that the prompt's beginning stays as it is for many turns
    and the model's cache with it.
    """
    length = sum(len(message.text) for message in messages)
    if length <= limit:
        return messages
    kept = list(messages)
    for index, message in enumerate(kept[:-1]):
        if length <= limit // 2:
            break
        if isinstance(message, ToolMessage):
            length -= len(message.text) - len(DROPPED)
            kept[index] = message.model_copy(update={"content": DROPPED})
    return kept

"""LangChain behind the ReferenceAgent port: an agent that gathers evidence by calling tools.

It decides how a run is opened and what its end is called; `loop` holds the agent itself and
`chat_model` the model it talks to. LangChain is imported with the first run, because it is slow.
"""

from collections.abc import Callable, Sequence

from fuente.ports import AgentStep, AgentTrace, LanguageModel, Tool

__all__ = ["LangchainAgent"]


class LangchainAgent:
    """ReferenceAgent with LangChain's `create_agent` over our own chat model.

    Args:
        model: writes the tool calls; each is forced by a grammar to be one that is open now.
        temperature: 0 takes the likeliest call, above it the run's seed draws.
        result_characters: a tool's words are cut to this length for the model.
        prompt_characters: when the conversation is longer, the oldest results leave the prompt
            (the trace keeps them).
    """

    def __init__(
        self,
        model: LanguageModel,
        *,
        temperature: float = 0.0,
        result_characters: int = 200,
        prompt_characters: int = 9000,
    ) -> None:
        self._model = model
        self._temperature = temperature
        self._result_characters = result_characters
        self._prompt_characters = prompt_characters

    def gather(
        self,
        goal: str,
        tools: Callable[[Sequence[AgentStep]], Sequence[Tool]],
        *,
        max_steps: int,
        max_seconds: float,
        seed: int,
    ) -> AgentTrace:
        """Run the loop; whatever goes wrong in it is the trace's outcome, never an exception."""
        from fuente.adapters.langchain_agent.loop import Run, RunLimits, gather_evidence

        limits = RunLimits(
            steps=max_steps,
            seconds=max_seconds,
            result_characters=self._result_characters,
            prompt_characters=self._prompt_characters,
        )
        run = Run(tools, limits)
        try:
            gather_evidence(self._model, goal, run, temperature=self._temperature, seed=seed)
        except Exception as error:
            # The port promises a trace: the plan in code takes over, and the record says why.
            return AgentTrace(tuple(run.steps), "failed", f"{type(error).__name__}: {error}")
        return AgentTrace(tuple(run.steps), run.outcome or "failed", run.detail)

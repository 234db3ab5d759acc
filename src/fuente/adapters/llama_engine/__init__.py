"""llama.cpp behind the LanguageModel port: a supervising parent and one worker process.

`engine` is the parent's side; `worker` is the child's, the only caller llama.cpp ever has.
"""

from fuente.adapters.llama_engine.engine import EngineLimits, EngineStats, LlamaEngine

__all__ = ["EngineLimits", "EngineStats", "LlamaEngine"]

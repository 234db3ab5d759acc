"""From a question to ranked passages and an answer or a typed refusal; grounding checks."""

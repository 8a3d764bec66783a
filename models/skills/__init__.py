"""Skills as data: packs, prompts, output schemas, parsing and grounding."""

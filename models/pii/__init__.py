"""Finding, gating and redacting personal data. Knows nothing of engines."""

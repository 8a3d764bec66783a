"""Everything that reads text: skills, the PII gate, the engines. Knows no Qt and nothing of ``desktop``."""

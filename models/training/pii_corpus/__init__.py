"""Annotated text for training and measuring the recognition of personal data: made up, reproducible, in many shapes."""

from models.training.pii_corpus.generator import Sample, generate

__all__ = ["Sample", "generate"]

"""The starter engine: embeddings, rules and a small classifier, embedded in the program; no download needed."""

"""One module an entity; each offers functions that return recognizers."""

"""The small model that reads what patterns cannot see: names, addresses, what is said of a person."""

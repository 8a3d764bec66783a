"""The last look at what leaves: apart from the gate, and at the very bytes."""

"""Which models exist, and which are on this machine."""

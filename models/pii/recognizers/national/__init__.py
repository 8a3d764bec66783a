"""National identity, tax, insurance and health numbers: one table a part of the world, and how a line of it is read."""

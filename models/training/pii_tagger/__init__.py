"""Development only: how the token classifier for names, addresses and special categories is trained. See README.md."""

"""The engines, all behind the contract in ``base``."""

"""How updates come in, and in which order they are handled."""

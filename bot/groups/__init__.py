"""How the bot behaves in a group: what its admins have chosen, when it may speak, what it has sent."""

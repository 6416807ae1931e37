"""What an operator sees: log lines without texts, names or secrets, and metrics."""

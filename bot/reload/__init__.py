"""An edited knowledge base is learned beside a bot that answers, and taken over as a whole."""

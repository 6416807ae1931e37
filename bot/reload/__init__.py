"""A knowledge base that was edited, or got new phrasings, is learned beside a bot that answers, and taken over as a whole."""

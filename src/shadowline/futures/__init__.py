"""Numbers back to words: what many futures say, with both kinds of uncertainty, and where every number came from."""

"""Words: the scenario language, its schema, its checks, and the scenarios that ship."""

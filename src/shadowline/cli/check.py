"""``shadowline check``."""


def check(scenario: str) -> None:
    """Validate a scenario."""

"""``shadowline list``."""


def list_shipped() -> None:
    """List what ships."""

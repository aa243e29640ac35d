"""A laboratory for shadow wars: scenarios in words, futures in numbers, answers in words again.

Importing the package loads nothing heavy; the modules below it are imported by name, for example
``from shadowline.scenario.source import read_source``.
"""

__all__ = ["__version__"]

__version__ = "0.1.0"

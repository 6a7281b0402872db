"""The version of the package: here, so that results can name it without importing the rest."""

__version__ = "0.1.0"

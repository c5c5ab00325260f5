"""What is wrong with a file as a whole; what is wrong with a row is a `fault` of its `Record`."""

from __future__ import annotations

from .._core.errors import ConfigurationError, InputError, LeadIQError


class OutputError(LeadIQError):
    """The output could not be written; the text says where what was written so far is kept."""


def unusable(text: str) -> InputError:
    """Give the error for an input that nothing can be made of."""
    return InputError(text, sent=False)


def refused(text: str) -> ConfigurationError:
    """Give the error for an argument that makes no sense, or an output that must not be written."""
    return ConfigurationError(text, sent=False)

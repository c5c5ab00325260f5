"""The version of the distribution `leadiq-sdk`: the one place that says it."""

__version__ = "0.1.0"

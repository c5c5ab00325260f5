# @generated from schema.graphql and queries by `make generate`. Do not edit.

from leadiq._conduct.pipeline import Pipeline


class GeneratedBase(Pipeline):
    """Where the generated methods meet the hand-written layer: everything is in `Pipeline`."""


__all__ = ["GeneratedBase"]

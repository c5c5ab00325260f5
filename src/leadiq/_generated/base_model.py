# @generated from leadiq._ground.base by `make generate`. Do not edit.

from .._ground.base import UNSET, BaseModel, InputModel, UnknownVariant, UnsetType

__all__ = ["UNSET", "BaseModel", "InputModel", "UnknownVariant", "UnsetType"]

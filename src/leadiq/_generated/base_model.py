# @generated from leadiq._base by `make generate`. Do not edit.

from .._base import UNSET, BaseModel, InputModel, UnknownVariant, UnsetType

__all__ = ["UNSET", "BaseModel", "InputModel", "UnknownVariant", "UnsetType"]

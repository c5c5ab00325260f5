"""Which columns there are: whom they mean, and whether they can be added to. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from leadiq._engine.cells import RESULT_PREFIX
from leadiq._engine.identity import missing
from leadiq._engine.inputs import refused
from leadiq._ground.wording import shown
from leadiq._jobs.columns import Field, usual_columns
from leadiq._jobs.row_leads import reader

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SURE: Final = frozenset({Field.ID, Field.EMAIL, Field.LINKEDIN})
_NAMES: Final = (Field.FIRST_NAME, Field.LAST_NAME, Field.NAME)


def check_columns(names: Sequence[str], columns: Mapping[str, str] | None) -> None:
    """Require that columns of these names can say whom a row means.

    Args:
        names: the columns of the input.
        columns: field -> column, where the name does not say it.

    Raises:
        InputError: they cannot, two have one name or say the same, or one is named like a result.
    """
    reader(columns)
    for name in names:
        if name.casefold().startswith(RESULT_PREFIX):
            raise refused(f"the column {shown(name)} is named like a result: rename it or drop it")
        if names.count(name) > 1:
            raise refused(f"two columns are called {shown(name)}: rename one")
    _require_identity(_found(names, columns or {}))


def _found(names: Sequence[str], columns: Mapping[str, str]) -> set[Field]:
    chosen: set[Field] = set()
    for word, name in columns.items():
        if name not in names:
            raise refused(f"columns: there is no column {shown(name)} for {word}")
        chosen |= {field for field in Field if word in (field.value, field.parameter)}
    found = set(chosen)
    for name in names:
        for field in usual_columns([name]).keys() - chosen:
            if field in found:
                raise refused(f"two columns say {field}: choose one with columns=")
            found.add(field)
    return found


def _require_identity(found: set[Field]) -> None:
    at_company = bool({Field.COMPANY, Field.DOMAIN} & found)
    why = missing(*(str(field in found or "") for field in _NAMES), at_company=at_company)
    if why and not _SURE & found:
        raise refused(
            f'no usable columns ({why}): name them with columns=, such as {{"email": "Contact"}}'
        )

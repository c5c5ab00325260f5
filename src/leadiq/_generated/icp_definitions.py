# @generated from queries by `make generate`. Do not edit.


from .base_model import BaseModel
from .fragments import ICPDefinitionResponse


class IcpDefinitions(BaseModel):
    icp_definitions: ICPDefinitionResponse | None = None
    """Read the team's ICPs (ideal customer profiles).

    Price: not published. Repeatable. No paging.
    """

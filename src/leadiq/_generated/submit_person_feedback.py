# @generated from queries by `make generate`. Do not edit.

from .base_model import BaseModel


class SubmitPersonFeedback(BaseModel):
    submit_person_feedback: str
    """Tell LeadIQ that contact data of a person is right or wrong.

    Price: not published. Not repeatable: send it twice only when the server is known not to have
    taken the first. Answers the id of the feedback.
    """

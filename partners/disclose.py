"""The one way information leaves the force."""

from partners.grounds import Grounds, must_stand
from partners.workflow.disclosing import correct, disclose, holders, withdraw

__all__ = ["Grounds", "correct", "disclose", "holders", "must_stand", "withdraw"]

"""Partner agencies, who is to hear of what, what each was sent, and what each did with it."""

from partners.models.access import AgencyAccount, AgencyPerson, Look
from partners.models.agency import ONE_COUNCIL, READS_AS_HEALTH, Agency, Kind
from partners.models.delivery import Delivery, Expects, NoInterview, Outcome, Reply
from partners.models.disagreement import Disagreement
from partners.models.disclosure import Basis, Disclosure, Informed, Purpose
from partners.models.enclosed import DisclosedDocument
from partners.models.recipient import Recipient
from partners.models.rules import Fact, FieldClass, SharingRule
from partners.models.webhook import Webhook, WebhookCall

__all__ = [
    "ONE_COUNCIL",
    "READS_AS_HEALTH",
    "Agency",
    "AgencyAccount",
    "AgencyPerson",
    "Basis",
    "Delivery",
    "Disagreement",
    "DisclosedDocument",
    "Disclosure",
    "Expects",
    "Fact",
    "FieldClass",
    "Informed",
    "Kind",
    "Look",
    "NoInterview",
    "Outcome",
    "Purpose",
    "Recipient",
    "Reply",
    "SharingRule",
    "Webhook",
    "WebhookCall",
]

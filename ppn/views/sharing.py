"""Sharing a notice with partner agencies."""

from __future__ import annotations

from ppn import workflow
from ppn.forms import sharing as forms
from ppn.views.steps import PpnStep


class Share(PpnStep):
    transition = workflow.share
    form_class = forms.ShareForm
    title = "Share with partner agencies"
    button = "Share"
    lead = (
        "What you share is kept exactly as you share it. Agencies are not connected to Longstop yet: "
        "send the same text to their mailbox as you do now."
    )

"""What is asked when somebody adds, lets out or withdraws a photo or document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from documents import words_only
from documents.intake import Upload, examined
from documents.kinds import ACCEPT, TAKEN, Refused
from documents.words_only import NO_IMAGE
from govuk.fields import LongTextField
from workflow.views import TransitionForm

AGAIN = "Choose the file again: a browser does not keep it while the form comes back."
EMPTY = "The file is empty. Choose another, or save it again."


class FileField(forms.FileField):
    """A file that is looked at as soon as it is here. One of two boxes is answered, so neither is called optional."""

    no_images = False

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        """Raises ValidationError in the words of the refusal."""
        if not data:
            return None
        sent = super().clean(data, initial)
        upload = Upload(sent.name, sent.read(), sent.size)
        if not upload.size:
            raise ValidationError(EMPTY)
        try:
            examined(upload, no_images=self.no_images)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return upload


def _picker(**attrs: str) -> forms.FileInput:
    return forms.FileInput(attrs=attrs)


class AddForm(TransitionForm):
    """Two boxes for one file: the first opens a phone's camera, the second anything that is there already."""

    photo = FileField(
        label="Take a photo",
        help_text="On a phone this opens the camera",
        widget=_picker(accept="image/*", capture="environment"),
    )
    file = FileField(
        label="Or choose a photo or document",
        help_text=f"You can add {TAKEN}. Nothing is taken out of it: a photo keeps where and when it was taken",
        widget=_picker(accept=ACCEPT),
    )
    caption = LongTextField(
        label="What does it show?",
        max_length=300,
        help_text="For example: bruise on Anya's left arm, taken in the kitchen",
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"to", "upload", "caption"}

    def takes_no_images(self) -> None:
        """For a record that holds words only: no camera is offered, and no picture is taken in whatever file."""
        del self.fields["photo"]
        field: Any = self.fields["file"]
        field.no_images = True
        field.label, field.help_text = "Choose a document", f"{NO_IMAGE} You can add {words_only.TAKEN}"
        field.widget.attrs["accept"] = ".txt,.pdf,.docx,.xlsx"
        self.fields["caption"].help_text = "For example: list of the devices that were examined"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        sent = [name for name in ("photo", "file") if said.get(name)]
        if len(sent) == 2:
            self.add_error("file", "Add one at a time: leave one of the two boxes empty, and add the other afterwards")
        elif not sent and not self.has_error("photo") and not self.has_error("file"):
            self.add_error("file", "Take a photo or choose a file" if "photo" in self.fields else "Choose a file")
        elif sent and self.errors:
            self.add_error(sent[0], AGAIN)
        return said

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"upload": said.get("photo") or said["file"], "caption": said["caption"]}


class ReleaseForm(TransitionForm):
    because = LongTextField(
        label="Why must it be seen before it is checked?",
        help_text="Your name and your reason stand beside it",
    )


class WithdrawForm(TransitionForm):
    because = LongTextField(label="Why does it not belong here?")

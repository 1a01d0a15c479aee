"""What a person is asked about a school or a row, and how schools are searched."""

from __future__ import annotations

from typing import Any

from django import forms

from places.models import District

NOT_OURS = "not_ours"
LONGEST = 1000


class PlaceForm(forms.Form):
    """Where a school is. Nothing is chosen beforehand: what the file says is a hint, and may be what is wrong."""

    district = forms.ChoiceField(label="Where is the school?")
    because = forms.CharField(
        label="How do you know?",
        help_text="For example: the school's own website, or who you rang. If it is not for us, say why.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        districts = sorted(
            (f"{district.authority or district.county_name or 'Authority not known'}: {district}", district.gss)
            for district in District.objects.select_related("authority")
        )
        self.fields["district"].choices = [  # type: ignore[attr-defined] # a ChoiceField has them
            ("", "Choose one"),
            (NOT_OURS, "Not in our area, or no longer a school"),
            *((gss, label) for label, gss in districts),
        ]

    def place(self) -> District | None:
        """The district that was chosen; None where the school is not for us."""
        chosen = self.cleaned_data["district"]
        return None if chosen == NOT_OURS else District.objects.get(gss=chosen)


class SettleForm(forms.Form):
    how = forms.CharField(
        label="What was done about this row", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


class SchoolSearchForm(forms.Form):
    q = forms.CharField(label="Name, town or postcode", max_length=100, required=False)
    show = forms.ChoiceField(
        label="Show",
        choices=[("", "All schools"), ("open", "Open"), ("closed", "Closed, or not open yet")],
        required=False,
    )

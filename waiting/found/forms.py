"""The form of “Is this what you found?”, and what tells a person from a program without a puzzle."""

from django import forms
from django.core import signing

from directory.models import Area
from waiting.models.found import Found, FoundQuestion

NOT_SURE = "not-sure"
QUICKEST = 3
"""Seconds. Nobody reads the question and answers it faster; a program does."""
LONGEST_OPEN = 24 * 60 * 60
"""Seconds that a form may stay open."""
SIGNED = signing.TimestampSigner(salt="waiting.found")

TOO_QUICK = "That was very quick, so we did not count it. Look at your answer, then send it once more."
TOO_OLD = "This page was open for a long time. Your answer is still here: send it once more."
TRAPPED = "A box that people do not see was filled in, so we did not count this. Send your answer once more."


class YourWait(forms.Form):
    found = forms.ChoiceField(
        choices=Found.choices,
        error_messages={"required": "Choose what you found.", "invalid_choice": "Choose one of the answers."},
    )
    half = forms.ChoiceField(
        error_messages={
            "required": "Choose where your GP is, or “Not sure”.",
            "invalid_choice": "Choose one of the places, or “Not sure”.",
        }
    )
    # Hidden from people; a program fills in whatever it finds.
    website = forms.CharField(required=False, max_length=200)
    opened = forms.CharField(required=False, max_length=200)

    def __init__(self, question: FoundQuestion, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.pathway = str(question.pathway_id)
        self.halves = {area.code: area for area in question.halves()}
        if self.halves:
            self.fields["half"].choices = [*((code, code) for code in self.halves), (NOT_SURE, NOT_SURE)]
        else:
            del self.fields["half"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("website") or "website" in self.errors:
            raise forms.ValidationError(TRAPPED)
        if not self.is_ours(LONGEST_OPEN):
            raise forms.ValidationError(TOO_OLD)
        if self.is_ours(QUICKEST):
            raise forms.ValidationError(TOO_QUICK)
        return cleaned

    def is_ours(self, seconds: int) -> bool:
        """Whether the form was opened on this pathway's page, no longer ago than that."""
        try:
            return SIGNED.unsign(self.data.get("opened", ""), max_age=seconds) == self.pathway
        except signing.BadSignature:
            return False

    @property
    def token(self) -> str:
        """When the form was opened, signed. One sent back with an error keeps the time it had."""
        kept = self.is_bound and self.is_ours(LONGEST_OPEN)
        return self.data["opened"] if kept else SIGNED.sign(self.pathway)

    @property
    def area(self) -> Area | None:
        return self.halves.get(self.cleaned_data.get("half", ""))

    def faults(self) -> list[tuple[str, str]]:
        """(id of the field, words) for the list above the form."""
        first = {"found": f"found-{Found.RIGHT}", "half": "half-1"}
        return [
            (first.get(name, "send"), words)
            for name, all_words in self.errors.items()
            if name not in ("website", "opened")
            for words in all_words
        ]

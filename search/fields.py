"""Form fields that take what people type: cut, cleaned and read, refused only with a kind message."""

import re

from django import forms

from directory.places import means_everywhere, resolve

from .ages import OLDEST
from .reading import Vocabulary, read

MOST_CHOICES = 60
LONGEST_WORDS = 300
PLAIN = re.compile(r"[^\x20-\uffff\U00010000-\U0010ffff]|[\ud800-\udfff]")


def plain(text: str) -> str:
    """Text without control characters or broken halves, which no database or page should meet."""
    return PLAIN.sub(" ", text)


class Words(forms.CharField):
    """A line of any length and any bytes: cut and cleaned, never refused."""

    def __init__(self, *args, longest=LONGEST_WORDS, **kwargs):
        self.longest = longest
        super().__init__(*args, **kwargs | {"required": False})

    def to_python(self, value):
        # Cleaned before the parent sees it: a NUL would be refused there, and families typed words.
        return super().to_python(plain(str(value or ""))[: self.longest].strip())

    def run_validators(self, value):
        return None


class Lenient(forms.MultipleChoiceField):
    """Several choices; those it does not know are left out, and the rest still count."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"required": False})

    def to_python(self, value):
        known = {str(key) for key, _ in self.choices}
        given = dict.fromkeys(str(each) for each in (value or [])[: MOST_CHOICES * 4])
        return [each for each in given if each in known][:MOST_CHOICES]

    def validate(self, value):
        return None


class LenientOne(forms.ChoiceField):
    """One choice; an unknown one counts as none."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"required": False})

    def to_python(self, value):
        value = super().to_python(value)
        return value if self.valid_value(value) else ""

    def validate(self, value):
        return None


class Age(Words):
    """Whole years from `7`, `7yo`, `seven` or `18 months`."""

    def clean(self, value):
        text = super().to_python(value)
        if not text:
            return None
        age = read(text, Vocabulary()).age
        if age is None:
            age = read(f"age {text}", Vocabulary()).age
        below_nought, span = text.startswith(("-", "−")), re.search(r"\d\s*[-–—]\s*\d", text)
        if age is None or below_nought or span:
            raise forms.ValidationError(
                f"We could not read that age. Write a number from 0 to {OLDEST}. We kept the rest."
            )
        return age


class PlaceField(Words):
    def clean(self, value):
        text = super().to_python(value)
        if not text:
            return None
        place = resolve(text)
        if place is None and means_everywhere(text):
            return None
        if place is None:
            raise forms.ValidationError(
                "We do not know that place. Try a town or the first half of a postcode. We kept the rest."
            )
        return place


class Point(Words):
    """`51.75,-0.47`: WGS84 degrees, already rounded on the device."""

    def clean(self, value):
        match = re.fullmatch(r"\s*(-?\d{1,3}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?)\s*", str(value or ""))
        if not match:
            return None
        latitude, longitude = float(match[1]), float(match[2])
        # Great Britain with its seas; elsewhere there is nothing near.
        if not (49 < latitude < 61 and -9 < longitude < 3):
            return None
        return round(latitude * 200) / 200, round(longitude * 143) / 143

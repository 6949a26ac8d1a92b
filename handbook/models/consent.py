"""Words and pictures of people, and the consent under which they may be shown.

The words and the picture stand here and nowhere else: a page, its drafts, its history and the logs hold only
the number of a row. So what is taken back is gone from all of them at once (`handbook.consent.removal`).
"""

import secrets
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils import timezone

from handbook.consent import rules

LONGEST = 600
"""Characters of a quote."""


def today() -> date:
    return timezone.localdate()


def in_two_years() -> date:
    return rules.years_after(timezone.localdate(), 2)


class ConsentedQuerySet(models.QuerySet):
    def usable(self, for_print: bool = False, on: date | None = None):
        """Those that may be shown on this day, today unless told: on the website, or on paper."""
        on = on or timezone.localdate()
        use = {"for_print": True} if for_print else {"for_website": True}
        return self.filter(removed_at=None, withdrawn_on=None, given_on__lte=on, expires_on__gte=on, **use)

    def run_out(self, on: date):
        """Those whose consent ended before this day and whose words or picture are still kept."""
        return self.filter(removed_at=None, expires_on__lt=on)


class Consented(models.Model):
    """What somebody let us show, and on which terms.

    Private, and read by reviewers of the handbook alone: `given_by`, `contact`, `best_interests_*`,
    `withdrawn_note`.
    """

    given_by = models.CharField("who gave consent", max_length=120, help_text="Their full name. Never shown.")
    contact = models.CharField(
        "how to reach them", max_length=200, help_text="E-mail or phone. Never shown. Deleted on withdrawal."
    )
    about = models.CharField(
        "whose details are in it",
        max_length=10,
        choices=rules.About,
        default=rules.About.UNDER_16,
        help_text="A name, a photo, a diagnosis, a school: anything that tells of one child.",
    )
    consent_of = models.CharField(
        "who consented", max_length=16, choices=rules.ConsentOf, default=rules.ConsentOf.PARENT
    )
    best_interests_role = models.CharField(
        "who decided",
        max_length=120,
        blank=True,
        help_text="Only for a best-interests decision: a role, “social worker, 0–25 team”. Never shown.",
    )
    best_interests_note = models.TextField(
        "how it was decided",
        blank=True,
        help_text="Only for a best-interests decision: how the person was helped to decide, what is known of "
        "their wishes, who was asked. Never shown.",
    )
    named_as = models.CharField(
        "how they are named", max_length=8, choices=rules.NamedAs, default=rules.NamedAs.WORDS
    )
    public_name = models.CharField(
        "the words readers see",
        max_length=80,
        blank=True,
        help_text="“a parent in Stevenage”, a first name, or a full name, as chosen above.",
    )
    for_website = models.BooleanField("website", default=True)
    for_print = models.BooleanField("print and PDF", default=False)
    for_talks = models.BooleanField("talks", default=False, help_text="Noted here only.")
    for_social = models.BooleanField("social media", default=False, help_text="Noted here only.")
    given_on = models.DateField("given on", default=today)
    expires_on = models.DateField(
        "ends on", default=in_two_years, help_text="It is deleted after this day. Ask again in good time."
    )
    withdrawn_on = models.DateField("taken back on", null=True, blank=True, editable=False)
    withdrawn_note = models.TextField("note on the withdrawal", blank=True, editable=False)
    removed_at = models.DateTimeField("deleted at", null=True, blank=True, editable=False)

    objects = ConsentedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def __str__(self):
        # Logs and messages keep this for years: it says nothing of what was said, or by whom.
        return f"{self._meta.verbose_name.capitalize()} {self.pk or '(new)'}"

    def save(self, *args, **kwargs):
        """Refuses with `ValidationError` to write over what was deleted after this was read: a form that
        stood open meanwhile must not bring the words back."""
        with transaction.atomic():
            if self.pk and not self.removed_at:
                stored = type(self).objects.select_for_update().filter(pk=self.pk)
                if stored.exclude(removed_at=None).exists():
                    raise ValidationError("This was deleted meanwhile, since consent ended.")
            super().save(*args, **kwargs)

    @property
    def about_child(self) -> bool:
        """Details of somebody under 18 are in it."""
        return self.about in (rules.About.UNDER_16, rules.About.AGE_16_17)

    @property
    def usable(self) -> bool:
        """It may be shown on the website today."""
        return self.may_be_shown()

    def may_be_shown(self, for_print: bool = False, on: date | None = None) -> bool:
        """The same as `objects.usable(…)`, for one."""
        on = on or timezone.localdate()
        allowed = self.for_print if for_print else self.for_website
        kept = self.removed_at is None and self.withdrawn_on is None
        return bool(allowed and kept and self.given_on <= on <= self.expires_on)

    @property
    def state(self) -> str:
        if self.withdrawn_on:
            return f"Taken back on {self.withdrawn_on:%-d %B %Y}: deleted"
        if self.removed_at:
            return "Ended: deleted"
        if self.expires_on < timezone.localdate():
            return "Ended"
        return "In force" if self.given_on <= timezone.localdate() else "Not yet"

    def clean(self):
        """All faults at once, each beside its field."""
        super().clean()
        if self.removed_at:
            raise ValidationError(
                "This was deleted when consent ended. To share something again, ask again and make a new one."
            )
        faults = rules.faults(rules.Terms.of(self), timezone.localdate())
        for name, text in self.shown_texts().items():
            if self.named_as != rules.NamedAs.FULL and rules.holds_name(text, self.given_by):
                faults.setdefault(name, "It holds the name of who gave it. Say it without the name.")
        if not faults and self.pk:
            faults |= self.faults_on_pages()
        if faults:
            raise ValidationError(faults)

    def faults_on_pages(self) -> dict[str, str]:
        """What would be wrong with pages that show it, were it saved like this."""
        from handbook.consent.pages import crowded, showing

        for page in showing(self):
            if crowded(page, instead=self):
                return {"named_as": f"{rules.BESIDE} It does on the page “{page.title}”."}
        return {}

    def shown_texts(self) -> dict[str, str]:
        """Field → what readers see of it, apart from the name."""
        return {}

    def blank(self) -> None:
        """Forget what was shared and how to reach who gave it; `removal` says when."""
        self.contact = self.public_name = self.best_interests_note = ""
        self.removed_at = timezone.now()


class Quote(Consented):
    """What a parent or young person said, in their own words."""

    words = models.TextField(
        max_length=LONGEST, help_text="Plain words, as they said them. At most 600 characters."
    )

    class Meta(Consented.Meta):
        verbose_name = "quote"

    def shown_texts(self):
        return {"words": self.words}

    def blank(self):
        super().blank()
        self.words = ""


class Picture(Consented):
    """A picture of somebody, or by somebody."""

    image = models.ForeignKey(
        "wagtailimages.Image", null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="picture"
    )
    alt = models.CharField("what it shows, for those who cannot see it", max_length=250)
    file_key = models.CharField(max_length=16, editable=False, blank=True)

    class Meta(Consented.Meta):
        verbose_name = "picture with consent"
        verbose_name_plural = "pictures with consent"

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        if self.image and not (self.file_key and self.file_key in self.image.file.name):
            self.give_file_a_key()

    def clean(self):
        super().clean()
        if not self.image:
            raise ValidationError({"image": "Choose a picture."})

    def shown_texts(self):
        return {"alt": self.alt}

    def blank(self):
        super().blank()
        self.alt, self.image = "", None

    def give_file_a_key(self) -> None:
        """Files are called by names such as “anna-smith.jpg”, which the address of a picture would tell."""
        image, key = self.image, secrets.token_hex(8)
        storage, before = image.file.storage, image.file.name
        with image.file.open("rb") as old:
            after = storage.save(
                f"original_images/{key}{Path(before).suffix.lower()}", ContentFile(old.read())
            )
        image.title, image.file.name = "Picture with consent", after
        type(image).objects.filter(pk=image.pk).update(title=image.title, file=after)
        for rendition in image.renditions.all():
            rendition.delete()
        type(self).objects.filter(pk=self.pk).update(file_key=key)
        self.file_key = key
        transaction.on_commit(lambda: storage.delete(before))

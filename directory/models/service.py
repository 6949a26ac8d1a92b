"""A service: the record this whole site is about."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from directory.choices import (
    Answer,
    Category,
    Confidence,
    Confidentiality,
    Cost,
    Diagnosis,
    Status,
)

from .announced import Announced
from .area import Area
from .need import Need
from .provider import Language, Provider
from .service_queryset import ServiceQuerySet

PLAIN = ["bold", "ul", "ol", "link"]


class Service(
    Announced,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """Help that a family can ask for, or a school or setting.

    Every fact is nullable or has a "not known" default, so that a half-written draft can always
    be saved. What a result card needs is checked by `problems()` before anything goes live.
    """

    Silent = models.TextChoices(
        "Silent",
        [
            (name.upper(), (name, label))
            for name, label in (
                ("ages", "Ages"),
                ("places", "Where it is"),
                ("reach", "What area it covers"),
                ("contacts", "How to get in touch"),
                ("hours", "Days and hours"),
                ("access", "Access"),
                ("languages", "Languages"),
                ("wait", "How long the wait is"),
                ("not-for", "Who it is not for"),
                ("referral", "Who can refer"),
                ("provider", "Who runs it"),
            )
        ],
    )

    # What it is
    name = models.CharField(max_length=160, blank=True)
    slug = models.SlugField(max_length=120, unique=True, null=True, blank=True)
    other_names = models.TextField(blank=True, help_text="One a line: short names, old names.")
    category = models.CharField(max_length=12, choices=Category, blank=True)
    provider = models.ForeignKey(
        Provider, null=True, blank=True, on_delete=models.SET_NULL, related_name="services"
    )
    summary = models.CharField(
        "in one sentence", max_length=220, blank=True, help_text="What it does, in plain words."
    )
    description = RichTextField(blank=True, features=PLAIN)
    what_happens = RichTextField(blank=True, features=PLAIN, help_text="At a first meeting or call.")

    # Who it is for
    who_for = models.TextField(blank=True)
    not_for = models.TextField(blank=True, help_text="One a line.")
    any_need = models.BooleanField("open to any need", default=False)
    needs = ParentalManyToManyField(Need, blank=True, related_name="services")
    main_needs = ParentalManyToManyField(
        Need,
        blank=True,
        related_name="+",
        verbose_name="what it is mainly for",
        help_text="The few of these needs that it is there for before all others. It comes first for them.",
    )
    diagnosis = models.CharField(max_length=14, choices=Diagnosis, blank=True)
    diagnosis_note = models.CharField(max_length=250, blank=True)

    # Where
    whole_county = models.CharField(max_length=10, choices=Answer, blank=True)
    online = models.CharField(max_length=10, choices=Answer, blank=True)
    by_phone = models.CharField(max_length=10, choices=Answer, blank=True)
    areas = ParentalManyToManyField(
        Area, blank=True, related_name="services", help_text="Only if it covers part of the county."
    )
    reach_note = models.CharField(max_length=250, blank=True)

    # How to get it
    needs_referral = models.CharField(
        "someone must refer",
        max_length=10,
        choices=Answer,
        blank=True,
        help_text="A letter or form from a professional, the school or the family.",
    )
    refer_self = models.CharField("a young person", max_length=10, choices=Answer, blank=True)
    refer_parent = models.CharField("a parent or carer", max_length=10, choices=Answer, blank=True)
    refer_school = models.CharField("a school", max_length=10, choices=Answer, blank=True)
    refer_gp = models.CharField("a GP", max_length=10, choices=Answer, blank=True)
    refer_professional = models.CharField("another professional", max_length=10, choices=Answer, blank=True)
    self_refer_from = models.PositiveSmallIntegerField(
        "a young person can ask from (years)",
        null=True,
        blank=True,
        validators=[MaxValueValidator(25)],
    )
    self_refer_how = models.CharField(max_length=250, blank=True)
    how_to_get_it = models.TextField("steps to get it", blank=True, help_text="One step a line.")
    referral_url = models.URLField(blank=True, max_length=500)
    confidentiality = models.CharField("who is told", max_length=10, choices=Confidentiality, blank=True)
    confidentiality_note = models.CharField(max_length=250, blank=True)
    cost = models.CharField(max_length=10, choices=Cost, blank=True)
    cost_note = models.CharField(max_length=250, blank=True)
    wait = models.CharField("wait, in words", max_length=250, blank=True)
    wait_on = models.DateField("wait as of", null=True, blank=True)
    languages = ParentalManyToManyField(Language, blank=True, related_name="+")

    # Is it there now
    status = models.CharField(max_length=10, choices=Status, blank=True)
    status_from = models.DateField(null=True, blank=True)
    status_to = models.DateField(null=True, blank=True)
    status_note = models.CharField(max_length=250, blank=True)
    helpline = models.BooleanField(default=False, help_text="Never hidden by any filter.")
    crisis = models.BooleanField("urgent help", default=False, help_text="May stand above results.")
    crisis_for = models.CharField(
        max_length=160,
        blank=True,
        help_text="Kinds of crisis it answers, parted by |; empty for every kind.",
    )
    all_hours = models.CharField("open day and night", max_length=10, choices=Answer, blank=True)

    # How we know
    silent = models.JSONField("read, and not stated by the source", default=list, blank=True)
    source = models.TextField(blank=True, help_text="Where the facts come from, one link a line.")
    source_date = models.CharField(max_length=80, blank=True, help_text="In words: “undated; 2021”.")
    confidence = models.CharField(max_length=6, choices=Confidence, blank=True)
    confidence_note = models.CharField(max_length=200, blank=True)
    private_notes = models.TextField(blank=True, help_text="Only editors see this.")
    checked_on = models.DateField("checked with the service on", null=True, blank=True)
    checked_by = models.CharField(max_length=80, blank=True, help_text="A role: “the SEND team”.")
    review_due = models.DateField("next check due", null=True, blank=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        permissions = [("check_service", "Can mark a service as checked")]

    def __str__(self):
        return self.name or "Untitled service"

    @property
    def ref(self) -> str:
        return f"service:{self.pk}"

    @property
    def kind(self) -> str:
        return "school" if self.category == Category.SCHOOL else "service"

    @property
    def school(self):
        return next(iter(self.school_rows.all()), None)

    def get_absolute_url(self):
        return reverse("service", args=[self.slug]) if self.slug else ""

    def get_preview_template(self, request, mode_name):
        return "directory/service.html"

    def get_preview_context(self, request, mode_name):
        from directory.cards import service_context

        return service_context(self, request) | {"preview": True}

    # Life cycle

    def problems(self) -> list[str]:
        """What stops this record from going live, in words for an editor. Empty: it may."""
        found = []
        if not self.name.strip():
            found.append("It has no name.")
        if not self.summary.strip():
            found.append("It does not say in one sentence what it does.")
        if self.category == Category.UNKNOWN:
            found.append("Choose what kind of help it is.")
        if self.provider_id is None and "provider" not in self.silent:
            found.append("Say who runs it, or tick that the source does not say.")
        if not self.source.strip() and not self.checked_on:
            found.append("Say where the facts come from.")
        if set(self.main_needs.all()) - set(self.needs.all()):
            found.append("What it is mainly for must also stand among its needs.")
        if self.checked_on and not self.checked_by.strip():
            found.append("Say who checked it.")
        if self.status_from and self.status_to and self.status_from > self.status_to:
            found.append("Its closing dates are the wrong way round.")
        if any(not (contact.kind and contact.value.strip()) for contact in self.contacts.all()):
            found.append("A way to get in touch is empty. Fill it in or remove it.")
        return found + self._clashes()

    def _clashes(self) -> list[str]:
        """What another record took since a draft was written, and only one may have."""
        others = Service.objects.exclude(pk=self.pk)
        found = []
        if self.slug and others.filter(slug=self.slug).exists():
            found.append(f"Another service has the web address “{self.slug}”.")
        for reference in self.references.all():
            if others.filter(references__scheme=reference.scheme, references__value=reference.value).exists():
                found.append(f"Another service has the number {reference}.")
        return found

    def clean(self):
        super().clean()
        if not isinstance(self.silent, list) or set(self.silent) - set(self.Silent.values):
            raise ValidationError({"silent": "Choose from the list."})

    def publish(self, revision, *args, **kwargs):
        """Publish a revision, unless it lacks what a result card needs.

        Raises `ValidationError`: the button, a schedule, an approval and an import each ask
        `problems()` first and send the record back with a message; this is the last door.
        """
        if found := revision.as_object().problems():
            raise ValidationError(found)
        return super().publish(revision, *args, **kwargs)

    def save(self, *args, **kwargs):
        if not self.slug and self.name:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def shown_by(self):
        return [self.pk]

    def _free_slug(self) -> str:
        stem = slugify(self.name)[:100] or "service"
        taken = set(
            Service.objects.filter(slug__startswith=stem).exclude(pk=self.pk).values_list("slug", flat=True)
        )
        numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
        return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)

"""How editors narrow the list of services: by what it is, how fresh it is, and what is missing."""

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Revision, WorkflowState

from directory.choices import NOT_STATED, UNKNOWN, Answer, Category, Status
from directory.facts import URGENT_FRESH
from directory.models import Area, Need, Service

UNSET = "unset"  # a filter's own word for UNKNOWN, which as "" would mean no filter
REACH = ("whole_county", "online", "by_phone")
REFERRERS = ("refer_self", "refer_parent", "refer_school", "refer_gp", "refer_professional")


def has_rows(relation: str) -> Exists:
    model = Service._meta.get_field(relation).related_model
    return Exists(model.objects.filter(service=OuterRef("pk")))


def any_answer(names, *answers) -> Q:
    matches = Q()
    for name in names:
        matches |= Q(**{f"{name}__in": answers})
    return matches


# Each fact: when it is known, and when a field itself says that the source does not state it.
# The tick in `silent` of the same name says so too.
FACTS = {
    "ages": ("Ages", Q(has_rows("age_ranges")), Q()),
    "cost": ("Cost", ~Q(cost__in=[UNKNOWN, NOT_STATED]), Q(cost=NOT_STATED)),
    "diagnosis": ("Diagnosis", ~Q(diagnosis__in=[UNKNOWN, NOT_STATED]), Q(diagnosis=NOT_STATED)),
    "contacts": ("How to get in touch", Q(has_rows("contacts")), Q()),
    "referral": (
        "Who can refer",
        any_answer(REFERRERS, Answer.YES, Answer.NO),
        any_answer(REFERRERS, NOT_STATED),
    ),
    "reach": (
        "What area it covers",
        any_answer(REACH, Answer.YES) | Q(areas__isnull=False),
        any_answer(REACH, NOT_STATED),
    ),
    "places": ("Place", Q(has_rows("service_venues")), Q()),
    "hours": ("Days and hours", Q(has_rows("sessions")) | Q(all_hours=Answer.YES), Q(all_hours=NOT_STATED)),
    "access": ("Access", Q(has_rows("access")), Q()),
    "languages": ("Languages", Q(languages__isnull=False), Q()),
    "wait": ("Wait", ~Q(wait=""), Q()),
    "provider": ("Who runs it", Q(provider__isnull=False), Q()),
    "who-is-told": (
        "Who is told",
        ~Q(confidentiality__in=[UNKNOWN, NOT_STATED]),
        Q(confidentiality=NOT_STATED),
    ),
}


def lacking(services, fact: str, stated: bool):
    """Services that lack a fact. `stated`: the source was read and says nothing; else nobody knows yet."""
    _, known, not_stated = FACTS[fact]
    services = services.annotate(silent_words=Cast("silent", TextField()))
    not_stated |= Q(silent_words__contains=f'"{fact}"')
    return services.filter(~known, not_stated if stated else ~not_stated).distinct()


class FactsFilter(django_filters.MultipleChoiceFilter):
    """Every ticked fact must be lacking."""

    def __init__(self, *, stated, **kwargs):
        self.stated = stated
        super().__init__(
            choices=[(fact, label) for fact, (label, *_) in FACTS.items()],
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )

    def filter(self, queryset, value):
        for fact in value or []:
            queryset = lacking(queryset, fact, self.stated)
        return queryset


class RadioFilter(django_filters.ChoiceFilter):
    def __init__(self, **kwargs):
        super().__init__(**{"empty_label": "All", "widget": forms.RadioSelect} | kwargs)


def with_unset(choices) -> list:
    return [(value or UNSET, label) for value, label in choices]


class ServiceFilter(WagtailFilterSet):
    kind = RadioFilter(
        label="Services or schools",
        choices=[("schools", "Schools and settings"), ("both", "Both")],
        empty_label="Services",
        method="pass_on",
    )
    state = RadioFilter(
        label="State",
        choices=[
            ("live", "Live"),
            ("changes", "Live, with changes not live yet"),
            ("draft", "Not live"),
            ("review", "In review"),
            ("asked", "Changes asked for"),
            ("scheduled", "Has a date to go live"),
        ],
        method="in_state",
    )
    checked = RadioFilter(
        label="Last checked",
        choices=[
            ("never", "Never"),
            ("12", "Over 12 months ago, or never"),
            ("6", "Over 6 months ago, or never"),
            ("overdue", "Next check is overdue"),
            ("urgent", "Urgent help, not checked for a month"),
        ],
        method="last_checked",
    )
    need = django_filters.ModelChoiceFilter(
        label="Need", field_name="needs", queryset=Need.objects.order_by("name")
    )
    area = django_filters.ModelChoiceFilter(
        label="Area", field_name="areas", queryset=Area.objects.select_related("kind")
    )
    unknown = FactsFilter(label="Not known yet", stated=False)
    not_stated = FactsFilter(label="Read, and not stated by the source", stated=True)
    category = RadioFilter(label="Kind of help", choices=with_unset(Category.choices), method="with_value")
    status = RadioFilter(label="Open or closed", choices=with_unset(Status.choices), method="with_value")

    class Meta:
        model = Service
        fields = []

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        if asked["kind"] == "schools":
            return queryset.schools()
        # Six hundred schools would bury the services; a search or "School" as kind of help finds them.
        looks_wider = asked["kind"] or asked["category"] == Category.SCHOOL or self.request.GET.get("q")
        return queryset if looks_wider else queryset.not_schools()

    def pass_on(self, queryset, name, value):
        return queryset

    def with_value(self, queryset, name, value):
        return queryset.filter(**{name: UNKNOWN if value == UNSET else value})

    def in_state(self, queryset, name, value):
        match value:
            case "live":
                return queryset.filter(live=True)
            case "changes":
                return queryset.filter(live=True, has_unpublished_changes=True)
            case "draft":
                return queryset.filter(live=False)
            case "scheduled":
                return queryset.filter(about(Revision, approved_go_live_at__isnull=False))
            case "review":
                return queryset.filter(about(WorkflowState, status="in_progress"))
            case "asked":
                return queryset.filter(about(WorkflowState, status="needs_changes"))

    def last_checked(self, queryset, name, value):
        today = timezone.localdate()
        if value == "never":
            return queryset.filter(checked_on=None)
        if value == "overdue":
            return queryset.filter(review_due__lt=today)
        if value == "urgent":
            return queryset.urgent().checked_before(today - URGENT_FRESH)
        months = int(value)
        return queryset.checked_before(today - timezone.timedelta(days=months * 365 // 12))


def about(model, **lookups) -> Exists:
    """Whether a revision or workflow state of the service answers to the lookups."""
    return Exists(
        model.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Service),
            object_id=Cast(OuterRef("pk"), CharField()),
            **lookups,
        )
    )

"""The forms editors fill in, in the order they would tell a family about a service."""

from django.forms import CheckboxSelectMultiple, Textarea
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)

from .forms import ServiceForm, YearsAndMonths
from .labels import LABELS


def fields(*names: str) -> list[FieldPanel]:
    return [FieldPanel(name, heading=LABELS.get(name, "")) for name in names]


def row(*names: str) -> FieldRowPanel:
    """Fields side by side."""
    return FieldRowPanel(fields(*names))


def access_rows() -> InlinePanel:
    return InlinePanel(
        "access", [row("feature", "answer"), *fields("note")], label="answer", heading="Access"
    )


WHAT = [
    MultiFieldPanel(
        [
            FieldPanel("name", required_on_save=True),
            *fields("summary", "category", "provider", "other_names"),
        ],
        heading="In short",
        help_text="What a result card shows. It cannot go live without these.",
    ),
    MultiFieldPanel(fields("description", "what_happens"), heading="More about it"),
    MultiFieldPanel(
        [row("status", "status_from", "status_to"), *fields("status_note")],
        heading="Is it there now?",
    ),
    MultiFieldPanel(
        fields("helpline", "crisis", "crisis_for"),
        heading="Helpline and urgent help",
        help_text="A helpline is never hidden by a filter. Urgent help may stand above the results.",
        classname="collapsed",
    ),
    MultiFieldPanel(fields("slug"), heading="Web address", classname="collapsed"),
    PublishingPanel(),
]

WHO = [
    InlinePanel(
        "age_ranges",
        [
            FieldRowPanel(
                [
                    FieldPanel(
                        "min_months", widget=YearsAndMonths, heading="From", help_text="Years, months."
                    ),
                    FieldPanel(
                        "max_months",
                        widget=YearsAndMonths,
                        heading="Up to and including",
                        help_text="“To 18”, until the 19th birthday, is 18 years 11 months.",
                    ),
                ]
            ),
            *fields("condition"),
        ],
        label="age range",
        heading="Ages",
        help_text="Leave an end empty if the source does not state it. No row at all: ages not known, "
        "and the service fits every age.",
    ),
    MultiFieldPanel(
        [
            *fields("any_need"),
            FieldPanel("needs"),
            FieldPanel("main_needs"),
        ],
        heading="What it helps with",
    ),
    MultiFieldPanel(fields("who_for", "not_for"), heading="In words"),
    MultiFieldPanel(fields("diagnosis", "diagnosis_note"), heading="Does a child need a diagnosis?"),
]

WHERE = [
    MultiFieldPanel(
        [
            row("whole_county", "online", "by_phone"),
            FieldPanel("areas"),
            *fields("reach_note"),
        ],
        heading="What area it covers",
    ),
    InlinePanel(
        "service_venues",
        [*fields("venue"), row("visitors", "note")],
        label="place",
        heading="Places",
        help_text="A place that must stay secret is ticked “never show the place” on the place itself.",
    ),
]

HOW = [
    InlinePanel(
        "contacts",
        [
            FieldRowPanel(
                [
                    *fields("kind"),
                    FieldPanel(
                        "value",
                        heading="Number, address or link",
                        help_text="As a family would dial it, write to it or open it.",
                    ),
                ]
            ),
            row("label", "hours"),
            row("note", "order"),
        ],
        label="way to get in touch",
        heading="Ways to get in touch",
    ),
    MultiFieldPanel(
        [
            row("needs_referral"),
            row("refer_self", "refer_parent"),
            row("refer_school", "refer_gp", "refer_professional"),
            row("self_refer_from", "self_refer_how"),
            *fields("how_to_get_it", "referral_url"),
        ],
        heading="Who can ask for it?",
    ),
    MultiFieldPanel(fields("confidentiality", "confidentiality_note"), heading="Who is told?"),
    MultiFieldPanel(
        [row("cost", "cost_note"), row("wait", "wait_on")],
        heading="Cost and wait",
    ),
]

WHEN = [
    MultiFieldPanel(fields("all_hours"), heading="Day and night"),
    InlinePanel(
        "sessions",
        [
            row("name", "frequency"),
            row("weekday", "weekday_to", "nth_week"),
            row("starts", "ends", "season"),
            row("valid_from", "valid_to"),
            row("venue", "note"),
        ],
        label="time",
        heading="Days and times",
    ),
]

ACCESS = [
    access_rows(),
    FieldPanel("languages", widget=CheckboxSelectMultiple),
]

KNOWING = [
    MultiFieldPanel(
        [row("checked_on", "checked_by", "review_due")],
        heading="Checked with the service",
        help_text="Fill this in only when someone asked the service itself.",
    ),
    MultiFieldPanel(
        [*fields("source"), row("source_date", "confidence"), *fields("confidence_note", "silent")],
        heading="Where the facts come from",
        help_text="“Not known yet” means nobody has looked or found out. Tick below what you looked for "
        "and the source does not say: families then read “The source does not say”.",
    ),
    InlinePanel(
        "references",
        [FieldRowPanel([*fields("scheme"), FieldPanel("value", heading="Number")])],
        label="number",
        heading="Numbers in other registers",
    ),
    MultiFieldPanel(
        [FieldPanel("private_notes", widget=Textarea(attrs={"rows": 4}))], heading="Private notes"
    ),
]

SCHOOL = [
    HelpPanel("Only for a school, college or nursery. A missing report shows as missing."),
    InlinePanel(
        "school_rows",
        [
            row("phase", "phase_from_name", "school_type"),
            row("special", "independent", "section_41"),
            row("send_unit", "send_unit_note"),
            row("report_url", "report_date"),
            *fields("send_contact"),
        ],
        label="school facts",
        heading="School or setting",
        max_num=1,
    ),
]

SERVICE = TabbedInterface(
    [
        ObjectList(WHAT, heading="What it is"),
        ObjectList(WHO, heading="Who it is for"),
        ObjectList(WHERE, heading="Where"),
        ObjectList(HOW, heading="How to get it"),
        ObjectList(WHEN, heading="When"),
        ObjectList(ACCESS, heading="Access"),
        ObjectList(SCHOOL, heading="School"),
        ObjectList(KNOWING, heading="How we know"),
    ],
    base_form_class=ServiceForm,
)

PROVIDER = ObjectList(
    [
        MultiFieldPanel(fields("name", "other_names", "kind", "note", "website"), heading="Who they are"),
        MultiFieldPanel(
            [row("charity_number", "company_number"), row("cqc_id", "ods_code")],
            heading="Numbers in other registers",
            help_text="Leave empty what is not known.",
            classname="collapsed",
        ),
    ]
)

VENUE = ObjectList(
    [
        MultiFieldPanel(
            [*fields("confidential", "name", "address"), row("town", "postcode", "uprn")],
            heading="The place",
        ),
        MultiFieldPanel(
            [row("latitude", "longitude")],
            heading="Position",
            help_text="Filled from the postcode if left empty.",
            classname="collapsed",
        ),
        access_rows(),
    ]
)

NEED = ObjectList(
    [
        MultiFieldPanel(fields("name", "professional", "summary", "slug"), heading="The need"),
        FieldPanel("broad_areas", widget=CheckboxSelectMultiple, heading="Sits under"),
        FieldPanel("nearest", heading="Nearest needs"),
        row("order", "crisis"),
        row("names_condition"),
        HelpPanel(template="directory/admin/need_words.html", heading="Words that lead here"),
    ]
)

AREA = ObjectList(
    [
        MultiFieldPanel(
            [row("kind", "code"), *fields("name", "slug", "other_names", "towns")], heading="The area"
        ),
        MultiFieldPanel([row("valid_from", "valid_to"), *fields("successor")], heading="When it is in force"),
        InlinePanel("covers", [row("unit", "whole")], label="district", heading="Covers"),
        MultiFieldPanel(
            fields("source", "confidence", "outline"), heading="Source and outline", classname="collapsed"
        ),
    ]
)

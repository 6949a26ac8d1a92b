"""The forms of lists and figures, in the order a source tells of them."""

from django.forms import RadioSelect, Select
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from waiting.models import SMALL

from .forms import FigureForm

FIGURES = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("waiting_list", widget=Select),
                FieldPanel("area", widget=Select),
                FieldPanel("whom", widget=RadioSelect),
                FieldRowPanel([FieldPanel("period_from"), FieldPanel("period_to")]),
            ],
            heading="Whose waits, where and when",
            help_text="One record for each list, area, group and time. “Those seen” had their wait end in "
            "this time. “Those still waiting” are counted on its last day, and many of them wait longer.",
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("people"), FieldPanel("more_than")]), FieldPanel("small")],
            heading="How many",
            help_text=f"Leave it empty when nobody has published it. Fewer than {SMALL} people could be "
            f"recognised: 1 to {SMALL - 1} is kept as “fewer than {SMALL}”, and no waits with it. "
            "0 means that there was nobody.",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("median_weeks"), FieldPanel("ninety_weeks")]),
                FieldRowPanel([FieldPanel("longest_weeks"), FieldPanel("within_percent")]),
            ],
            heading="How long, in weeks",
            help_text="Only what the source says; leave the others empty. A month is about 4.3 weeks. "
            "“Half waited more than” is the median. “One in ten waited more than” is also called the "
            "90th percentile, or “nine in ten were seen within”.",
        ),
        MultiFieldPanel(
            [
                FieldPanel("source_title"),
                FieldPanel("source_url"),
                FieldPanel("published_on"),
                FieldPanel("note"),
            ],
            heading="Where this comes from",
            help_text="Families see the source and its date beside the figures. Save again to correct a "
            "mistake: readers are told the day, and the earlier version stays in the history.",
        ),
        MultiFieldPanel(
            [FieldPanel("example")],
            heading="For a demo only",
            help_text="Ticked, the page says that these figures are made up.",
            classname="collapsed",
        ),
    ],
    base_form_class=FigureForm,
)

LIST = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("code"),
                FieldPanel("pathway"),
                FieldPanel("service"),
                FieldPanel("order"),
            ],
            heading="What it belongs to",
            help_text="A way (“Autism assessment”) may have several lists, one after the other. Choose the "
            "way, or the service if it stands for itself. Files of figures name the list by its code.",
        ),
        MultiFieldPanel(
            [FieldPanel("who"), FieldRowPanel([FieldPanel("people_word"), FieldPanel("done_word")])],
            heading="Who is counted",
            help_text="The last two make the sentence: “Half the [children] [seen] in May had waited more "
            "than…”",
        ),
        MultiFieldPanel(
            [FieldPanel("clock_starts"), FieldPanel("clock_stops"), FieldPanel("method")],
            heading="The clock",
            help_text="What starts and what stops the count, as families meet it. Say if it can be paused.",
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("limit_weeks"), FieldPanel("limit_law")])],
            heading="A limit in law",
            help_text="Only where a law sets one. A target of the NHS or the council is not a legal limit.",
        ),
    ]
)

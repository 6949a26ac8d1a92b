"""Fixed answers that records choose from, with the words families read.

Three things are never mixed up: nobody has looked or found it yet (UNKNOWN), the source was read
and says nothing (NOT_STATED), and the answer is no (NO).
"""

from django.db import models

UNKNOWN = ""
NOT_STATED = "not-stated"


class Answer(models.TextChoices):
    UNKNOWN = "", "Not known yet"
    NOT_STATED = "not-stated", "Not stated by the source"
    YES = "yes", "Yes"
    NO = "no", "No"

    @property
    def known(self) -> bool:
        return self in (Answer.YES, Answer.NO)


class Category(models.TextChoices):
    UNKNOWN = "", "Not known yet"
    SUPPORT = "support", "Support"
    THERAPY = "therapy", "Therapy or health"
    GROUP = "group", "Group or activity"
    SHORT_BREAK = "short-break", "Short break"
    HELPLINE = "helpline", "Helpline"
    INFORMATION = "information", "Information and advice"
    SCHOOL = "school", "School or setting"
    ASSESSMENT = "assessment", "Assessment"
    SAFEGUARDING = "safeguarding", "Keeping safe"
    SOCIAL_CARE = "social-care", "Social care"
    PARENT_VOICE = "parent-voice", "Parents' voice"


class Diagnosis(models.TextChoices):
    UNKNOWN = "", "Not known yet"
    NOT_STATED = "not-stated", "Not stated by the source"
    NOT_NEEDED = "not-needed", "Not needed"
    WAITING = "waiting", "Waiting for one is enough"
    NEEDED = "needed", "Needed"
    ASK = "ask", "Ask them first"
    NOT_APPLICABLE = "not-applicable", "This is the assessment"


class Cost(models.TextChoices):
    UNKNOWN = "", "Not known yet"
    NOT_STATED = "not-stated", "Not stated by the source"
    FREE = "free", "Free"
    SOME_FREE = "some-free", "Some free"
    PAID = "paid", "Paid"


class Confidentiality(models.TextChoices):
    UNKNOWN = "", "Not known yet"
    NOT_STATED = "not-stated", "Not stated by the source"
    PRIVATE = "private", "Nobody, unless someone is in danger"
    SHARED = "shared", "Some people are told"
    PARENT = "parent", "A parent is told"


class Status(models.TextChoices):
    UNKNOWN = "", "Not known yet"
    OPEN = "open", "Open"
    NOT_TAKING = "not-taking", "Not taking referrals"
    PAUSED = "paused", "Closed for now"
    CLOSED = "closed", "Closed"


class Confidence(models.TextChoices):
    UNKNOWN = "", "Not stated"
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class ContactKind(models.TextChoices):
    PHONE = "phone", "Phone"
    TEXT = "text", "Text message"
    CHAT = "chat", "Online chat"
    EMAIL = "email", "E-mail"
    FORM = "form", "Online form"
    WEBSITE = "website", "Website"
    RELAY_UK = "relay-uk", "Relay UK"
    BSL = "bsl", "British Sign Language"
    DROP_IN = "drop-in", "Drop in"
    POST = "post", "Letter"


class Phase(models.TextChoices):
    UNKNOWN = "", "Not known yet"
    NURSERY = "nursery", "Nursery"
    PRIMARY = "primary", "Primary"
    INFANT = "infant", "Infant"
    JUNIOR = "junior", "Junior"
    MIDDLE = "middle", "Middle"
    SECONDARY = "secondary", "Secondary"
    ALL_THROUGH = "all-through", "All ages"
    SIXTEEN_PLUS = "16-plus", "Sixth form or college"


class Frequency(models.TextChoices):
    UNKNOWN = "", "Not known yet"
    WEEKLY = "weekly", "Every week"
    FORTNIGHTLY = "fortnightly", "Every two weeks"
    MONTHLY = "monthly", "Once a month"
    NTH = "nth", "A set week of the month"
    ONCE = "once", "Once, on the first date"


class Season(models.TextChoices):
    UNKNOWN = "", "Not known yet"
    ALL_YEAR = "all-year", "All year"
    TERM = "term", "Term time only"
    HOLIDAYS = "holidays", "School holidays only"


class Weekday(models.IntegerChoices):
    MONDAY = 1, "Monday"
    TUESDAY = 2, "Tuesday"
    WEDNESDAY = 3, "Wednesday"
    THURSDAY = 4, "Thursday"
    FRIDAY = 5, "Friday"
    SATURDAY = 6, "Saturday"
    SUNDAY = 7, "Sunday"


class DecidedBy(models.TextChoices):
    HOME = "home", "where you live"
    GP = "gp", "the GP you are registered with"
    SCHOOL = "school", "the school or setting"


class WordKind(models.TextChoices):
    NAMED = "named", "Names it"
    PROFESSIONAL = "professional", "Professional term"
    SIGN = "sign", "A sign of it"
    OWN = "own", "A young person's own words"


class Crisis(models.TextChoices):
    NONE = "", "No"
    SUICIDE = "suicide", "Suicide"
    SELF_HARM = "self-harm", "Self-harm"
    ABUSE = "abuse", "Abuse"
    VIOLENCE_AT_HOME = "violence-at-home", "Violence at home"
    CHILD_HURTS_ME = "child-hurts-me", "My child hurts me"
    EXPLOITATION = "exploitation", "Exploitation"
    MISSING = "missing", "Missing"


QUIET = "quiet"
"""Beside the kinds of crisis on a need's word: low words, which bring a quiet line and no alarm."""
CRIES = [*Crisis.choices, (QUIET, "Low words: offer a quiet line")]

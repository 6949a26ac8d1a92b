"""Whose line it is and which kind of help it asks for, as far as its words show: pure."""

import re
from collections.abc import Mapping

from directory.choices import Category

from .tokens import split

FAMILY, YOUNG, PROFESSIONAL = "family", "young", "professional"

SELF = frozenset("i im ive ill id me my myself mine".split())  # noqa: SIM905
CARED_FOR = frozenset(
    """
    he hes him his she shes her hers child childs children kid kids baby babies newborn toddler
    toddlers infant son sons daughter daughters boy boys girl girls lad lass twin twins grandson
    granddaughter grandchild grandchildren nephew niece stepson stepdaughter foster fostered adopted ds dd
    lo teen teens teenager teenagers youngest eldest pregnant bump husband wife we our us
    """.split()  # noqa: SIM905
)
"""Words of people who look after a child."""
OF_THE_YOUNG = (
    "my mum", "my mums", "my mam", "my mom", "my dad", "my dads", "my parents", "my parent", "my mates",
    "my mate", "my friends", "my teacher", "my teachers", "my form tutor", "my boyfriend", "my girlfriend",
    "my best friend", "my school", "my class", "my exams", "my gcses", "my a levels", "my nan",
    "my stepdad", "my carer", "my foster carer", "my social worker", "my brother", "my sister",
    "my college", "year 7", "year 8", "year 9", "year 10", "year 11", "year 12", "year 13", "at school",
    "with school", "in school", "go to school", "going to school", "school anymore", "sixth form",
    "at college", "gcses", "uni",
)  # fmt: skip
"""What shows, beside "I" and without a child, that a young person speaks."""
MY_AGE = re.compile(r" (?:im|i m|i am|ive turned|i turned|i just turned) (?:only |nearly |almost )?1[1-9] ")
"""So does an age said of oneself."""
OF_PROFESSIONALS = (
    "senco", "sencos", "sendco", "sendcos", "a pupil", "pupil", "pupils", "setting", "settings",
    "practitioner", "practitioners", "for schools", "schools", "strategies", "ordinarily available", "oap",
    "my caseload", "my patient", "my patients", "patient", "for professionals", "professionals",
    "referral criteria", "as a gp", "im a gp", "im a teacher", "i am a teacher", "as a teacher",
    "our school", "our setting", "our nursery", "headteacher", "deputy head", "inclusion lead",
    "inclusion manager", "childminder", "childminders", "staff", "cpd", "inset", "whole school",
    "my class of", "nqt", "in my class", "in our class", "how do i refer", "can i refer", "to refer a",
    "refer a child", "provision map", "provision mapping", "graduated approach", "apdr",
    "assess plan do review", "one page profile", "teaching assistant", "learning support assistant", "lsa",
    "eyfs", "ks1", "ks2", "ks3", "ks4", "keyworker for", "key worker for", "my foster placement",
)  # fmt: skip
NOT_OF_PROFESSIONALS = (
    "my son", "my daughter", "my child", "my kid", "my kids", "my boy", "my girl", "my children", "our son",
    "our daughter", "our child", "his senco", "her senco", "the senco", "school senco", "his childminder",
    "her childminder", "my childminder", "special schools", "change schools", "moving schools",
    "find a childminder", "childminder near", "i need a childminder", "my grandson", "my granddaughter",
    "other pupils", "teased by pupils", "hit by another pupil", "move schools", "changing schools",
    "secondary schools", "primary schools", "schools near", "school staff",
)  # fmt: skip

KINDS: Mapping[Category, tuple[str, ...]] = {
    Category.GROUP: (
        "club", "clubs", "group", "groups", "activity", "activities", "youth club", "football", "swimming",
        "drama", "dance", "sport", "sports", "judo", "cricket", "gymnastics", "trampolining", "playgroup",
        "stay and play", "things to do", "meet up", "meet ups", "days out", "art classes", "lego",
        "forest school", "cubs", "scouts", "outdoor", "outdoors", "gardening", "cooking", "music", "art",
    ),
    Category.SHORT_BREAK: (
        "short break", "short breaks", "respite", "holiday club", "holiday clubs", "saturday club",
        "saturday clubs", "holiday activities", "summer club", "buddy", "buddying", "half term",
        "summer holidays", "playscheme", "play scheme", "sblo", "overnight", "holiday scheme",
        "club for disabled", "clubs for disabled",
    ),
    Category.SUPPORT: (
        "course", "courses", "workshop", "workshops", "coffee morning", "coffee mornings", "support group",
        "support groups", "peer support", "drop in", "drop ins", "webinar", "other parents", "other mums",
        "other dads", "charity", "coaching", "parenting class", "parenting classes", "health visitor",
        "family support", "family centre", "children s centre", "childrens centre", "live chat",
        "online chat",
    ),
    Category.THERAPY: (
        "therapy", "therapies", "therapist", "therapists", "counselling", "counsellor", "counseling",
        "counselor", "cbt", "talk to", "talking to", "psychologist", "camhs", "school nurse", "nurse",
        "medication", "treatment", "speech therapist", "ot", "salt", "physio", "clinic", "exercises",
    ),
    Category.INFORMATION: (
        "rights", "legal", "law", "appeal", "appealing", "tribunal", "mediation", "advice line", "complain",
        "complaint", "discount", "discounts", "register", "refused", "refuse", "refuses", "turned down",
        "sendiass", "newsletter", "sendist", "advocate", "advocacy", "information",
    ),
    Category.ASSESSMENT: (
        "assessment", "assessments", "assessed", "diagnosis", "diagnosed", "diagnose", "referral",
        "referred", "waiting list", "wait", "waiting", "right to choose", "tested", "test", "paediatrician",
        "pediatrician", "screening", "medication", "tablets", "meds", "titration",
        "developmental check", "paeds", "pathway",
    ),
    Category.SOCIAL_CARE: (
        "social worker", "social workers", "social care", "direct payment", "direct payments",
        "carers assessment", "section 17", "personal budget", "adult services", "adult social care",
        "carer s assessment", "respite", "care package", "overnight",
    ),
    Category.PARENT_VOICE: (
        "forum", "parent forum", "parent carer forum", "have a say", "have our say", "have my say",
        "parent voice", "my views", "parent rep", "parent reps", "parents rep", "parents reps",
        "send board", "speak up for", "speaks up for",
        "speaking up for", "survey", "shape services", "co production", "coproduction",
        "feedback on services",
    ),
    Category.HELPLINE: ("helpline", "helplines", "24 hour", "crisis line"),
}  # fmt: skip
"""Words that ask for a kind of help, whatever the need."""
ASSESSED = (
    "without a diagnosis", "without diagnosis", "no diagnosis", "not diagnosed", "undiagnosed",
    "just diagnosed", "newly diagnosed", "recently diagnosed", "diagnosed last", "diagnosed with",
    "after diagnosis", "after the diagnosis", "post diagnosis", "since diagnosis", "since the diagnosis",
    "since being diagnosed", "diagnosis letter", "got a diagnosis", "got the diagnosis",
    "got autism diagnosis", "got adhd diagnosis", "got his diagnosis", "got her diagnosis",
    "got our diagnosis", "now what", "what now", "meanwhile", "in the meantime", "while we wait",
    "while waiting", "whilst waiting", "while i wait", "while he waits", "while she waits", "until then",
)  # fmt: skip
"""What shows that an assessment is over, already asked for, or not what is sought."""

TO_READ = (
    "what can", "what could", "what do i do", "what should i do", "what should we do", "what do we do",
    "what to do", "what help can", "how do i", "how do we", "how can i", "how can we", "how should i",
    "how to", "what happens", "what is", "what are", "whats", "what s", "what does", "how does", "tips",
    "ideas", "explain", "explained", "guide", "guides", "handbook", "step by step", "pathway", "pathways",
    "my rights", "our rights", "how long", "difference between", "understanding", "read about",
    "information about", "waiting for", "waiting time", "waiting times", "waiting list", "waiting lists",
    "while waiting", "whilst waiting", "while you wait", "while we wait", "whilst we wait", "while i wait",
    "while he waits", "while she waits", "while they wait", "in the meantime",
)  # fmt: skip
"""What shows that a line asks to understand, or what to do, rather than for somebody to ask."""
FOR_SOMEBODY = (
    "how do i find", "how do we find", "how can i find", "how can we find", "how to find", "how do i contact",
    "how can i contact", "how to contact", "how do i call", "how do i ring", "how do i phone",
    "how do i speak", "how can i speak", "how do i talk", "how can i talk", "how do i get hold",
    "how do i get in touch", "how can i get in touch", "how do i reach", "how do i join", "how can i join",
    "how do i book", "how do i sign up", "how do i register", "how do i refer", "how can i refer",
    "how to refer", "how do i meet", "how can i meet", "what can she join", "what can he join",
)  # fmt: skip
"""Questions that ask for somebody all the same."""
TELLING: Mapping[str, tuple[str, ...]] = {
    "wait": (
        "waiting time", "waiting times", "wait time", "wait times", "waiting list", "waiting lists",
        "how long is the wait", "how long are the waits", "how long will i wait", "how long will we wait",
        "how long do we wait", "how long is the list", "how long until", "how long till", "how long before",
    ),
    "steps": ("pathway", "pathways", "step by step", "the steps"),
    "book": ("handbook", "handbooks"),
}  # fmt: skip
"""What a line asks to be told, by its words."""
HOW_LONG = "how long"
TO_WAIT_FOR = (
    "wait", "waits", "waiting", "list", "lists", "be seen", "appointment", "assessment", "diagnosis",
    "referral", "ehcp", "ehc", "plan",
)  # fmt: skip
"""Beside "how long" these ask for a wait; "how long does melatonin work" does not."""


def asks_to_read(text: str) -> bool:
    """Whether a line asks to understand or what to do."""
    line = f" {' '.join(split(text))} "
    return _holds(line, TO_READ) and not _holds(line, FOR_SOMEBODY)


def told(text: str, for_me: bool = False) -> frozenset[str]:
    """What a line asks to be told: keys of `TELLING`, and `young` where only a young person speaks."""
    line = f" {' '.join(split(text))} "
    asked = {thing for thing, phrases in TELLING.items() if _holds(line, phrases)}
    if _holds(line, (HOW_LONG,)) and _holds(line, TO_WAIT_FOR):
        asked.add("wait")
    if voices(text, for_me) == {YOUNG}:
        asked.add(YOUNG)
    return frozenset(asked)


def voices(text: str, for_me: bool = False) -> frozenset[str]:
    """Some of `family`, `young` and `professional`. A line that shows nothing is a family's."""
    words = split(text)
    line = f" {' '.join(words)} "
    if _holds(line, OF_PROFESSIONALS) and not _holds(line, NOT_OF_PROFESSIONALS):
        return frozenset([PROFESSIONAL])
    if for_me:
        return frozenset([YOUNG])
    if SELF.isdisjoint(words) or not CARED_FOR.isdisjoint(words):
        return frozenset([FAMILY])
    young = _holds(line, OF_THE_YOUNG) or MY_AGE.search(line)
    return frozenset([YOUNG]) if young else frozenset([FAMILY, YOUNG])


def kinds(text: str) -> frozenset[str]:
    """The categories that a word of the line asks for."""
    line = f" {' '.join(split(text))} "
    asked = {kind.value for kind, words in KINDS.items() if _holds(line, words)}
    # "Just diagnosed", "without a diagnosis" and "meanwhile" ask for help, not for an assessment.
    if _holds(line, ASSESSED):
        asked.discard(Category.ASSESSMENT.value)
    return frozenset(asked)


def _holds(line: str, phrases: tuple[str, ...]) -> bool:
    return any(f" {phrase} " in line for phrase in phrases)

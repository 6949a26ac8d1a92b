"""Words that say ages, and words beside a figure that say it is none."""

from ..tokens import split

OLDEST = 25
NUMBERS = {
    word: number
    for number, word in enumerate(
        split(
            """
            one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
            sixteen seventeen eighteen nineteen twenty
            """
        ),
        start=1,
    )
}
AGE_UNITS = frozenset(split("year years yr yrs yo y yos"))
MONTH_UNITS = frozenset(split("month months mth mths mo mos m"))
KEY_STAGES = {1: (5, 7), 2: (7, 11), 3: (11, 14), 4: (14, 16), 5: (16, 18)}

NOUNS = {
    ("newborn",): (0, 0),
    ("baby",): (0, 1),
    ("babies",): (0, 1),
    ("toddler",): (1, 3),
    ("toddlers",): (1, 3),
    ("preschooler",): (2, 4),
    ("preschoolers",): (2, 4),
    ("pre", "schooler"): (2, 4),
    ("nursery", "year"): (3, 4),
    ("nursery", "age"): (2, 4),
    ("reception", "year"): (4, 5),
    ("reception", "class"): (4, 5),
    ("starting", "reception"): (4, 5),
    ("reception", "age"): (4, 5),
    ("early", "years"): (0, 5),
    ("primary", "age"): (4, 11),
    ("primary", "aged"): (4, 11),
    ("secondary", "age"): (11, 16),
    ("secondary", "aged"): (11, 16),
    ("tween",): (9, 12),
    ("tweens",): (9, 12),
    ("preteen",): (9, 12),
    ("teen",): (13, 19),
    ("teens",): (13, 19),
    ("teenager",): (13, 19),
    ("teenagers",): (13, 19),
    ("teenage",): (13, 19),
    ("sixth", "form"): (16, 18),
    ("sixth", "former"): (16, 18),
    ("6th", "form"): (16, 18),
    ("sixthform",): (16, 18),
    ("post", "16"): (16, OLDEST),
    ("post", "sixteen"): (16, OLDEST),
    ("post16",): (16, OLDEST),
    ("young", "adult"): (18, OLDEST),
    ("young", "adults"): (18, OLDEST),
}
"""Words that say a span of years. They stay words of the line: a "toddler group" is called so."""
TAKEN_NOUNS = frozenset([("post", "16"), ("post", "sixteen"), ("post16",)])

LASTED = frozenset(
    split(
        """
        for last past waited waiting wait been every within next another takes took after since
        """
    )
)
LASTING = frozenset(split("waiting wait ago later list waited since in"))
"""Beside a number with a unit: how long something takes, not how old someone is."""
NOT_BEFORE = frozenset(
    split(
        """
        key option step stage area dspl part tier band section type level phase chapter form room
        bus number no nhs ring call dial text phone stage group team p pounds
        """
    )
)
NOT_AGES = frozenset(
    split(
        """
        weeks week wks wk weekly days day hours hour hrs hr times miles mile minutes mins min pm
        am month months years year nights night pounds pound quid p th percent children kids boys
        girls sons daughters people siblings sessions more other different of to and a half in
        foot feet ft stone kg st nd rd am team service
        """
    )
)

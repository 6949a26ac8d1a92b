"""What a writer may want to look at again. Each is a hint: none of them keeps a page from being saved."""

import re

LONG = 25
"""Words. A longer sentence is shown to its writer; GOV.UK asks for no more than 25 in one."""

BE = r"(?:is|are|was|were|be|been|being|gets?|got|isn['’]t|aren['’]t|wasn['’]t|weren['’]t)"
BETWEEN = r"(?:(?:not|never|always|often|usually|also|\w+ly)\s+)*"
DONE = (
    r"(?:done|made|given|taken|seen|told|sent|shown|known|written|kept|held|paid|put|set|met|left|found|"
    r"chosen|drawn|heard|led|lost|run|sought|brought|thought|taught|said|\w{2,}ed)"
)
PASSIVE = re.compile(rf"\b{BE}\s+{BETWEEN}({DONE})\b(?!-)", re.IGNORECASE)
# They look like something that was done, and say how somebody is.
FEELINGS = frozenset(
    {"tired", "worried", "scared", "excited", "bored", "stressed", "interested", "confused", "frightened"}
    | {"overwhelmed", "exhausted", "relaxed", "annoyed", "upset", "ashamed", "embarrassed", "concerned"}
    | {"disabled", "related", "allowed", "used", "supposed", "involved", "crowded", "limited", "settled"}
    | {"need", "indeed", "bed", "shed", "speed", "feed", "red", "married", "retired", "hundred", "prepared"}
)

# What tells a fact that a reader may want to check from advice: a share, a sum, a time limit, law, research.
MANY = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)"
CLAIM = re.compile(
    r"\d\s?%|\bper\s?cent\b|£\s?\d"
    rf"|\b{MANY}\s+(?:in|out of)\s+(?:every\s+)?{MANY}\b"
    rf"|\b{MANY}\s+(?:working\s+|school\s+)?(?:days|weeks|months)\b"
    r"|\b(?:research|studies|study|evidence|statistics|survey)\b"
    r"|\b(?:by law|in law|the law|legal|legally|statutory)\b|\bNHS (?:says|advises)\b",
    re.IGNORECASE,
)
LAW = re.compile(r"\b(?:Act|Regulations|NICE|Code of Practice)\b")
MARK = re.compile(r"\[\d{1,2}\]")


def is_passive(sentence: str) -> bool:
    """Whether something is done in it and nobody is said to do it."""
    return any(found[1].lower() not in FEELINGS for found in PASSIVE.finditer(sentence))


def unmarked_fact(text: str) -> bool:
    """Whether a paragraph looks like it states a fact and names no source."""
    return bool(CLAIM.search(text) or LAW.search(text)) and not MARK.search(text)


def finder(jargon: dict[str, str]) -> re.Pattern | None:
    """One expression for all hard words, the longest first. None without any."""
    hard = sorted(jargon, key=lambda each: (-len(each), each))
    if not hard:
        return None
    # Letters that stand for a name are only meant in capitals: "PEP", not "pep".
    ways = [re.escape(each) if each.isupper() else f"(?i:{re.escape(each)})" for each in hard]
    return re.compile(rf"(?<![\w-])({'|'.join(ways)})(?:s|['’]s)?(?![\w-])")


def hard_words(text: str, pattern: re.Pattern | None, jargon: dict[str, str]) -> list[str]:
    """The hard words of a text as the list spells them, in the order they stand."""
    if pattern is None:
        return []
    spelt = {each.lower(): each for each in jargon}
    return [spelt[found[1].lower()] for found in pattern.finditer(text)]

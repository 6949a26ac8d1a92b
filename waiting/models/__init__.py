from .found import Found, FoundCount, FoundQuestion
from .pages import GuidancePage, PathwayPage, WaitingIndexPage
from .times import SMALL, WaitingList, WaitingTime, Whom

__all__ = [
    "SMALL",
    "Found",
    "FoundCount",
    "FoundQuestion",
    "GuidancePage",
    "PathwayPage",
    "WaitingIndexPage",
    "WaitingList",
    "WaitingTime",
    "Whom",
]

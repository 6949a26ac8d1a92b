from .pages import GuidancePage, PathwayPage, WaitingIndexPage
from .times import SMALL, WaitingList, WaitingTime, Whom

__all__ = ["SMALL", "GuidancePage", "PathwayPage", "WaitingIndexPage", "WaitingList", "WaitingTime", "Whom"]

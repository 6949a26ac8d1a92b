from .pages import GuidancePage, PathwayPage, WaitingIndexPage

__all__ = ["GuidancePage", "PathwayPage", "WaitingIndexPage"]

from .announced import AnnouncedPage
from .glossary import GlossaryTerm
from .pages import HomePage, HomeTile, InformationPage, UrgentHelpPage, Written, crumbs
from .printout import Printout
from .site import FooterMenuItem, MainMenuItem, SiteSettings
from .sourced import Sourced

__all__ = [
    "AnnouncedPage",
    "FooterMenuItem",
    "GlossaryTerm",
    "HomePage",
    "HomeTile",
    "InformationPage",
    "MainMenuItem",
    "Printout",
    "SiteSettings",
    "Sourced",
    "UrgentHelpPage",
    "Written",
    "crumbs",
]

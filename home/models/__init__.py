from .announced import AnnouncedPage
from .checking import NotReady, SpecialistCheck
from .glossary import GlossaryTerm
from .jargon import Jargon
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
    "Jargon",
    "MainMenuItem",
    "NotReady",
    "Printout",
    "SiteSettings",
    "Sourced",
    "SpecialistCheck",
    "UrgentHelpPage",
    "Written",
    "crumbs",
]

from .glossary import GlossaryTerm
from .pages import HomePage, HomeTile, InformationPage, UrgentHelpPage
from .site import FooterMenuItem, MainMenuItem, SiteSettings

__all__ = [
    "FooterMenuItem",
    "GlossaryTerm",
    "HomePage",
    "HomeTile",
    "InformationPage",
    "MainMenuItem",
    "SiteSettings",
    "UrgentHelpPage",
]

from .area import Area, AreaCoverage, AreaKind
from .elsewhere import Elsewhere
from .need import Need, NeedWord
from .place import PlaceName, Postcode
from .provider import AccessFeature, Language, Provider, Venue, VenueAccess
from .service import Service
from .service_rows import (
    AgeRange,
    Contact,
    DemoReference,
    ExternalReference,
    SchoolDetails,
    ServiceAccess,
    ServiceVenue,
    Session,
)

__all__ = [
    "AccessFeature",
    "AgeRange",
    "Area",
    "AreaCoverage",
    "AreaKind",
    "Contact",
    "DemoReference",
    "Elsewhere",
    "ExternalReference",
    "Language",
    "Need",
    "NeedWord",
    "PlaceName",
    "Postcode",
    "Provider",
    "SchoolDetails",
    "Service",
    "ServiceAccess",
    "ServiceVenue",
    "Session",
    "Venue",
    "VenueAccess",
]

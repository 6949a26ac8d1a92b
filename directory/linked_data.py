"""schema.org facts of a service for search engines: only what is known, never a guess."""

import json

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .choices import Answer, ContactKind, Cost
from .models import Service

# A script element ends at "</"; these never need to stand bare in JSON.
SAFE = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def facts(service: Service, url: str) -> dict:
    found: dict = {
        "@context": "https://schema.org",
        "@type": "School" if service.kind == "school" else "Service",
        "name": service.name,
        "url": url,
        "description": service.summary,
    }
    if service.provider:
        found["provider"] = {"@type": "Organization", "name": service.provider.name}
    areas = [area.name for area in service.areas.all()]
    if areas and found["@type"] == "Service":
        found["areaServed"] = areas
    numbers = [c.value for c in service.contacts.all() if c.kind == ContactKind.PHONE]
    if numbers:
        if found["@type"] == "School":
            found["telephone"] = numbers[0]
        else:
            found["availableChannel"] = {"@type": "ServiceChannel", "servicePhone": numbers[0]}
    if service.cost == Cost.FREE and found["@type"] == "Service":
        found["offers"] = {"@type": "Offer", "price": "0", "priceCurrency": "GBP"}
    if service.all_hours == Answer.YES:
        found["hoursAvailable"] = "Mo-Su 00:00-23:59"
    return found


def json_ld(service: Service, url: str) -> SafeString:
    """A data block: scripts of this type are never run, so the policy against inline script holds."""
    text = json.dumps(facts(service, url), ensure_ascii=False).translate(SAFE)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308

"""Where a request comes from, for limits only. It is never stored or logged."""

from django.conf import settings


def client_address(request, *args) -> str:
    """The address that the server in front vouches for, or else the one that connected."""
    header = settings.CLIENT_ADDRESS_HEADER
    if header and (given := request.META.get(header)):
        return given.split(",")[-1].strip()
    return request.META.get("REMOTE_ADDR", "")

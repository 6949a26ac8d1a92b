"""Old addresses keep working: when a record's address changes, the old one leads to the new."""

from wagtail.contrib.redirects.models import Redirect


def keep_old_address(record) -> None:
    """Call before saving: remembers where the stored record is now, if that is about to change.

    Does nothing for a record that is new, has no page, never had an address or keeps it.
    """
    if record.pk is None or not hasattr(record, "get_absolute_url"):
        return
    stored = type(record)._default_manager.filter(pk=record.pk).only("slug").first()
    if stored is None or not stored.slug or stored.slug == record.slug:
        return
    old, new = stored.get_absolute_url(), record.get_absolute_url()
    if not new:
        return
    here = Redirect.normalise_path(old)
    # A chain would cost a family two hops, and a name taken back must not lead away from itself.
    Redirect.objects.filter(redirect_link=old).update(redirect_link=new)
    Redirect.objects.filter(old_path=Redirect.normalise_path(new)).delete()
    Redirect.objects.update_or_create(
        old_path=here, site=None, defaults={"redirect_link": new, "is_permanent": True}
    )

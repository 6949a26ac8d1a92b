"""What co-authors and reviewers of the handbook may do beyond its pages.

Their permissions on pages follow the audience of an index when it is made (handbook.authors.access).
"""

from django.db import migrations

REVIEWERS, ADMINISTRATORS = "Handbook reviewers", "Administrators"
CO_AUTHORS = ["Parent co-authors", "Young co-authors"]
PRIVATE = [("quote", "view add change delete"), ("picture", "view add change delete")]


def permission(apps, app, model, codename):
    """The permission, made here if need be: Django makes permissions only after all migrations."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    return apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
    )[0]


def give(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=[REVIEWERS, ADMINISTRATORS]):
        for model, actions in PRIVATE:
            for action in actions.split():
                group.permissions.add(permission(apps, "handbook", model, f"{action}_{model}"))
        group.permissions.add(permission(apps, "handbook", "coauthor", "invite_coauthor"))


def make_collection(apps, schema_editor):
    """Pictures for the handbook lie in a place of their own, the only one that co-authors see."""
    Collection = apps.get_model("wagtailcore", "Collection")
    root = Collection.objects.order_by("path").first()
    if root is None:
        return
    made = Collection.objects.filter(name="Handbook", depth=2).first()
    if made is None:
        last = Collection.objects.filter(depth=2).order_by("path").last()
        step = f"{int(last.path[4:]) + 1:04d}" if last and last.path[4:].isdigit() else "0001"
        made = Collection.objects.create(name="Handbook", path=f"{root.path}{step}", depth=2, numchild=0)
        Collection.objects.filter(pk=root.pk).update(numchild=root.numchild + 1)
    given = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for group in apps.get_model("auth", "Group").objects.filter(name__in=[*CO_AUTHORS, REVIEWERS]):
        for action in ("add", "choose"):
            given.get_or_create(
                group=group,
                collection=made,
                permission=permission(apps, "wagtailimages", "image", f"{action}_image"),
            )


class Migration(migrations.Migration):
    dependencies = [
        ("handbook", "0004_authors"),
        ("home", "0006_who_checks"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.RunPython(give, migrations.RunPython.noop),
        migrations.RunPython(make_collection, migrations.RunPython.noop),
    ]

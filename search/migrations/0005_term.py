from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0004_index_in_common_sql")]

    operations = [
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "word",
                    models.CharField(
                        help_text="Folded: small letters, no accents.", max_length=40, unique=True
                    ),
                ),
                ("stem", models.CharField(db_index=True, max_length=40)),
                (
                    "records",
                    models.PositiveIntegerField(help_text="How many hold it, as of the last rebuild."),
                ),
                (
                    "name",
                    models.BooleanField(
                        default=False, help_text="Only ever written with a capital, and not English."
                    ),
                ),
            ],
            options={
                "verbose_name": "word of the directory",
                "verbose_name_plural": "words of the directory",
            },
        ),
    ]

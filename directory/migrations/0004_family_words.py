from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_nearest_needs_and_elsewhere")]

    operations = [
        migrations.AlterModelOptions(
            name="needword", options={"ordering": ["word"], "verbose_name": "family word"}
        ),
    ]

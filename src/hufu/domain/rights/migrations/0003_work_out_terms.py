"""Work out how long the rights that are recorded already last."""

from django.db import migrations

from hufu.domain.rights.protection import protection_of

SOME = 500


def work_out(apps, _editor):
    """Set the last day of every title; names in use have none."""
    right_model = apps.get_model("rights", "Right")
    event_model = apps.get_model("rights", "RightEvent")
    titles = right_model.objects.filter(is_registration=True).order_by("pk")
    for right in titles.iterator(chunk_size=SOME):
        renewals = event_model.objects.filter(right=right, kind="renewed")
        found = protection_of(right, renewals.values_list("on", flat=True))
        if found.last_on:
            right.ends_on = found.last_on
            right.renewable_until_on = found.renewable_until_on
            right.save(update_fields=["ends_on", "renewable_until_on"])


class Migration(migrations.Migration):
    dependencies = [("rights", "0002_terms_and_stated_rights")]

    operations = [migrations.RunPython(work_out, migrations.RunPython.noop)]

from django.db import migrations

from hufu.base.triggers import keep_append_only


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]
    operations = [keep_append_only("base_entry", "base_batch", "base_place")]

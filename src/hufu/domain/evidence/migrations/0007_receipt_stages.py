from typing import Any

from django.db import migrations, models
from django.db.migrations.state import StateApps

from hufu.base.triggers import keep_append_only, lift_append_only


def tell_stages(apps: StateApps, _editor: Any) -> None:
    receipts = apps.get_model("evidence", "KeptReceipt").objects
    receipts.filter(proved=True).update(stage="proved")


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0006_receipts'),
    ]

    operations = [
        lift_append_only("evidence_keptreceipt"),
        migrations.AddField(
            model_name='keptreceipt',
            name='stage',
            field=models.CharField(choices=[('signed', 'Signed'), ('proved', 'Proved'), ('stamped', 'Stamped')], default='signed', max_length=10),
            preserve_default=False,
        ),
        migrations.RunPython(tell_stages),
        migrations.RemoveConstraint(model_name='keptreceipt', name='receipt_once'),
        migrations.RemoveField(model_name='keptreceipt', name='proved'),
        migrations.AddConstraint(
            model_name='keptreceipt',
            constraint=models.UniqueConstraint(fields=('deposit', 'stage'), name='receipt_once'),
        ),
        keep_append_only("evidence_keptreceipt"),
    ]

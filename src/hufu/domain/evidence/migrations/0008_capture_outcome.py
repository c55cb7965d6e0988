from django.conf import settings
from django.db import migrations, models

from hufu.base.triggers import guard_states


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0002_triggers'),
        ('evidence', '0007_receipt_stages'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='capture',
            name='capture_kept_with_files',
        ),
        migrations.AddConstraint(
            model_name='capture',
            constraint=models.CheckConstraint(condition=models.Q(('picture', None), models.Q(('item__isnull', False), ('state', 'kept')), _connector='OR'), name='capture_picture_of_page'),
        ),
        migrations.AddConstraint(
            model_name='capture',
            constraint=models.CheckConstraint(condition=models.Q(('item', None), ('state__in', ['kept', 'failed']), _connector='OR'), name='capture_ended_with_file'),
        ),
        guard_states(evidence_capture="evidence.capture"),
    ]

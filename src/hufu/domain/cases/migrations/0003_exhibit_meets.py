from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_removal_reason'),
    ]

    operations = [
        migrations.AddField(
            model_name='exhibit',
            name='meets',
            field=models.JSONField(blank=True, default=list),
        ),
    ]

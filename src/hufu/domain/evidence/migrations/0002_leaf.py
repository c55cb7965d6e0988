import django.db.models.deletion
from django.db import migrations, models

from hufu.base.triggers import keep_append_only


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0002_triggers'),
        ('evidence', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('log', models.CharField(max_length=200)),
                ('index', models.PositiveBigIntegerField()),
                ('salt', models.CharField(max_length=64)),
                ('placed_at', models.DateTimeField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='leaf', to='base.entry')),
            ],
            options={
                'verbose_name_plural': 'leaves',
                'ordering': ['log', 'index'],
                'constraints': [models.UniqueConstraint(fields=('log', 'index'), name='leaf_place')],
            },
        ),
        keep_append_only("evidence_leaf"),
    ]

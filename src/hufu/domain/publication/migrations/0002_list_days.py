import django.db.models.deletion
import uuid
from django.db import migrations, models

from hufu.base.triggers import keep_append_only


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0002_triggers'),
        ('publication', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ListDay',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.SlugField(max_length=60)),
                ('day', models.DateField()),
                ('root', models.CharField(max_length=64)),
                ('rows', models.BinaryField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.entry')),
            ],
            options={
                'ordering': ['-day', 'name'],
            },
        ),
        migrations.CreateModel(
            name='ListEnquiry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=18)),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('asked_by', models.CharField(max_length=100)),
                ('at', models.DateTimeField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.entry')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enquiries', to='publication.listday')),
            ],
            options={
                'verbose_name_plural': 'list enquiries',
                'ordering': ['-at'],
            },
        ),
        migrations.AddConstraint(
            model_name='listday',
            constraint=models.UniqueConstraint(fields=('name', 'day'), name='list_day_once'),
        ),
        keep_append_only("publication_listday", "publication_listenquiry"),
    ]

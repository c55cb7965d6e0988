import django.db.models.deletion
import uuid
from django.db import migrations, models

from hufu.base.triggers import guard_states


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('base', '0002_triggers'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MonthlyReturn',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('drafted', 'drafted'), ('filed', 'filed')], max_length=24)),
                ('month', models.DateField(help_text='The first day of the month reported.')),
                ('drawn_at', models.DateTimeField()),
                ('through_entry', models.PositiveBigIntegerField()),
                ('figures', models.JSONField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.agency')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.entry')),
            ],
            options={
                'ordering': ['-month'],
            },
        ),
        migrations.CreateModel(
            name='Counted',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('figure', models.CharField(max_length=40)),
                ('part', models.CharField(max_length=40)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.entry')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counted', to='oversight.monthlyreturn')),
            ],
            options={
                'ordering': ['entry'],
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('author', models.CharField(max_length=100)),
                ('body', models.TextField(verbose_name='text')),
                ('commitment', models.CharField(db_index=True, max_length=40)),
                ('status', models.CharField(choices=[('begun', 'begun'), ('kept', 'kept'), ('broken', 'not kept'), ('overtaken', 'overtaken by later law')], max_length=10)),
                ('source', models.CharField(max_length=500)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.agency')),
            ],
            options={
                'ordering': ['at'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReturnClock',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('rule', models.CharField(max_length=100)),
                ('started_on', models.DateField()),
                ('due_on', models.DateField(db_index=True)),
                ('ruling', models.JSONField()),
                ('pauses', models.JSONField(blank=True, default=list)),
                ('extensions', models.JSONField(blank=True, default=list)),
                ('met_on', models.DateField(blank=True, null=True)),
                ('dropped_on', models.DateField(blank=True, null=True)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clocks', to='oversight.monthlyreturn')),
            ],
            options={
                'ordering': ['due_on'],
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='monthlyreturn',
            constraint=models.UniqueConstraint(fields=('agency', 'month'), name='return_once_a_month'),
        ),
        migrations.AddConstraint(
            model_name='monthlyreturn',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='return_month_is_first_day'),
        ),
        migrations.AddConstraint(
            model_name='counted',
            constraint=models.UniqueConstraint(fields=('report', 'figure', 'part', 'entry'), name='return_counts_once'),
        ),
        guard_states(oversight_monthlyreturn="oversight.monthlyreturn"),
    ]

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from hufu.base.triggers import guard_states


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0002_triggers'),
        ('evidence', '0002_leaf'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Deposit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('kept', 'kept'), ('withdrawn', 'withdrawn')], max_length=24)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField(blank=True, null=True)),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('note', models.CharField(blank=True, max_length=2000, verbose_name='note')),
                ('deposited_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deposits', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.agency')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.entry')),
                ('item', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deposit', to='evidence.item')),
            ],
            options={
                'ordering': ['-deposited_at'],
                'indexes': [models.Index(fields=['account', '-deposited_at'], name='deposit_account')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['kept', 'withdrawn'])), name='deposit_state_known'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='deposit_hash_whole')],
            },
        ),
        guard_states(evidence_deposit="evidence.deposit"),
    ]

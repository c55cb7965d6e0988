"""The jobs. Each may be killed anywhere and run again: its effect happens once."""

import logging
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

from django.db import transaction
from django_tasks import task

from hufu.base.journal import sequence_entries
from hufu.domain.cases import queries as case_queries
from hufu.domain.cases import services as case_services
from hufu.domain.evidence import services as evidence_services
from hufu.domain.leads import services as lead_services
from hufu.domain.leads.services.erasure import erase_lead
from hufu.domain.oversight import retention
from hufu.domain.oversight import services as oversight_services
from hufu.domain.people import services as people_services
from hufu.domain.people.actors import Clockwork
from hufu.domain.people.models import Agency
from hufu.domain.publication import services as publication_services
from hufu.domain.watch import services as watch_services
from hufu.domain.watch.models import Source
from hufu.doors.identity import now, today
from hufu.doors.jobs import services, stamping
from hufu.doors.letters.notices import write_notice
from hufu.doors.letters.witnesses import gather_cosignatures, peers
from hufu.doors.storage import listmaps, prooflog
from hufu.doors.storage.blobs import blob_store
from hufu.doors.storage.compiling import wait_compiled
from hufu.doors.storage.registerindex import renew_register_index
from hufu.doors.storage.uploads import sweep_arriving, sweep_parts

KEEP_JOBS = timedelta(days=1)
MAILS = 200  # in one job
DAYS_BEFORE = 3
ERASED = 500  # in one job; the next turn goes on
log = logging.getLogger("hufu.jobs")


def clockwork() -> Clockwork:
    """Return the system as an actor, for every agency."""
    return Clockwork(frozenset(Agency.objects.values_list("code", flat=True)))


@task()
def sequence_journal() -> int:
    """Give places to all entries that wait; an entry has one place (unique)."""
    batches = 0
    while sequence_entries(at=now()):
        batches += 1
    return batches


@task()
def extend_log() -> int:
    """Bring the proof log up to the journal, and have its head cosigned."""
    done = prooflog.extend_log(at=now())
    asked = peers()
    if asked and (head := prooflog.published_head()):
        note, view = head
        lines = list(gather_cosignatures(note, view, asked))
        prooflog.add_cosignatures(note, lines, at=now())
    return done


@task()
def stamp_log() -> int:
    """Have the published head of the proof log stamped by the authorities."""
    return stamping.stamp_head()


@task()
def mail_notifications() -> int:
    """Tell people by mail that something waits.

    Mail first, mark after: killed between the two it goes out again, with the same
    Message-ID, which mailboxes show once. The other way round it would be lost.
    """
    waiting = list(case_queries.unmailed()[:MAILS])
    for notification in waiting:
        account = notification.account
        letter = write_notice(
            to=account.email, language=account.language, key=str(notification.pk)
        )
        try:
            letter.send()
        except SMTPRecipientsRefused:
            log.warning("The address of account %s takes no mail.", account.pk)
        case_services.mark_mailed(
            actor=clockwork(), at=now(), notification=notification
        )
    return len(waiting)


@task()
def count_public_figures() -> str:
    """Count what the public sees of the days until yesterday; once for each day."""
    day = oversight_services.count_public_figures(actor=clockwork(), at=now())
    return f"{day.to_on}"


@task()
def expire_notices() -> int:
    """End published notices whose term is over; only a published one expires."""
    return publication_services.expire_notices(actor=clockwork(), at=now())


@task()
def commit_lists() -> int:
    """Write down the map of every published list, once for each day."""
    return listmaps.commit_lists(actor=clockwork(), at=now(), day=today())


@task()
def drop_expired_drafts() -> int:
    """Forget reports that were begun and not sent."""
    return lead_services.drop_expired_drafts(at=now(), storage=blob_store())


@task()
def drop_expired_uploads() -> int:
    """Forget files that were begun and not finished, and remove their parts."""
    sweep_arriving(now() - KEEP_JOBS)
    return sweep_parts(evidence_services.drop_expired_uploads(at=now()))


@task()
def erase_expired() -> int:
    """Erase personal data whose term is over; each record once, in its transaction."""
    actor, storage = clockwork(), blob_store()
    leads = list(retention.leads_over(actor, today())[:ERASED])
    for lead in leads:
        erase_lead(
            actor=actor,
            at=now(),
            storage=storage,
            lead=lead,
            items=list(retention.sender_items(lead)),
            term="lead",
        )
    parties = list(retention.parties_over(actor, today())[:ERASED])
    for party in parties:
        people_services.erase_party(actor=actor, at=now(), party=party, term="case")
    return len(leads) + len(parties)


@task()
def remind_teams() -> int:
    """Tell teams of periods that end soon; once for each last day."""
    told = 0
    for clock in case_queries.ending_clocks(today(), DAYS_BEFORE):
        with transaction.atomic():
            if services.mark_once(at=now(), key=f"due {clock.pk} {clock.due_on}"):
                case_services.remind_team(actor=clockwork(), at=now(), clock=clock)
                told += 1
    return told


@task()
def sweep_sources() -> int:
    """Compare what every source sent since its last sweep."""
    wait_compiled()
    sources = list(Source.objects.order_by("code"))
    for source in sources:
        watch_services.run_sweep(actor=clockwork(), at=now(), source=source)
    return len(sources)


@task()
def index_register() -> bool:
    """Renew the index of the public register where the register has changed."""
    wait_compiled()
    return renew_register_index(today())


@task()
def prune_jobs() -> int:
    """Forget the jobs that ended more than a day ago."""
    return services.prune_jobs(before=now() - KEEP_JOBS)

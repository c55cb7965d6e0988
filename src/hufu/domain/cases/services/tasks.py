"""Tasks given to members of the team."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, record
from hufu.domain.cases.guards import enter, refuse_conflict, team
from hufu.domain.cases.models import Case, Task
from hufu.domain.cases.services.notes import Kind, notify
from hufu.domain.cases.services.papers import check_said
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission


@transaction.atomic
def assign_task(
    *,
    actor: Account,
    at: datetime,
    case: Case,
    assignee: Account,
    title: str,
    due_on: date,
) -> Task:
    """Ask a member of the team to do something by a day."""
    enter(case, actor, Permission.CASE_READ)
    check_said(title)
    if not team(case).filter(account=assignee).exists():
        raise Refusal("not_of_the_team", _("The officer does not belong to the team."))
    task = Task.objects.create(
        case=case,
        title=title.strip(),
        assignee=assignee,
        due_on=due_on,
        added_at=at,
        added_by=actor.label,
    )
    kept = {"task": str(task.pk), "title_sha256": digest_of(task.title)}
    record(case, "assign-task", actor=actor, at=at, facts=kept)
    if assignee != actor:
        notify([assignee], Kind.TASK, at=at, case=case)
    return task


@transaction.atomic
def finish_task(*, actor: Account, at: datetime, task: Task) -> Task:
    """Mark one's own task as done."""
    refuse_conflict(task.case, actor)
    if task.assignee_id != actor.pk:
        raise Refusal("not_yours", _("This task was given to somebody else."))
    if task.done_at is not None:
        raise Refusal("already_done", _("This task is done already."))
    task.done_at = at
    task.save(update_fields=["done_at"])
    record(task.case, "finish-task", actor=actor, at=at, facts={"task": str(task.pk)})
    return task

import pytest

from casework import STATES, Desk
from hufu.base.errors import Refusal
from hufu.base.models import Entry
from hufu.domain.cases.models import Case
from hufu.domain.cases.workflow import CASE
from hufu.domain.people.permissions import Permission

pytestmark = pytest.mark.django_db
ACTORS = {
    Permission.CASE_DECIDE: "director",
    Permission.CASE_HANDLE: "one",
    Permission.CASE_REVIEW: "reviewer",
}


@pytest.fixture
def desk(now, storage):
    return Desk(now, storage)


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_reached_by_services_and_allows_its_verbs_only(state, desk):
    case = STATES[state](desk)
    assert Case.objects.get(pk=case.pk).state == state
    for verb, step in CASE.steps.items():
        actor = getattr(desk, ACTORS[step.permission])
        open_now = verb in CASE.open_verbs(case, actor=actor)
        assert open_now == (state in step.sources and case.open_to(actor)), verb
        if not open_now:
            with pytest.raises(Refusal) as refusal:
                CASE.take(verb, case, actor=actor, at=desk.at)
            outside = not case.open_to(actor)
            expected = "other_agency" if outside else "wrong_state"
            assert refusal.value.code == expected


def test_the_states_of_the_table_are_the_states_of_the_model():
    named = {s for step in CASE.steps.values() for s in (*step.sources, step.target)}
    assert named == set(Case.State.values)


def test_every_act_of_a_whole_case_left_an_entry(desk):
    case = desk.closed()
    acts = list(
        Entry.objects.filter(subject_id=str(case.pk)).values_list("act", flat=True)
    )
    for act in ("open", "file", "investigate", "submit", "review", "notify", "decide"):
        assert acts.count(act) == 1
    assert acts[-1] == "close"

import pytest
from django.test import Client
from django.urls import reverse

import offices
from hufu.domain.people import services
from hufu.domain.people.models import ApiKey
from hufu.doors.identity import now as hour

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return offices.officer(hour(), offices.agency(hour()), "intake")


def test_a_key_acts_for_its_account(program, clerk):
    answer = program(clerk).get("/leads")
    assert answer.status_code == 200
    assert answer.json() == {"items": [], "next": None}
    assert ApiKey.objects.get().last_used_on is not None


def test_without_a_key_the_api_asks_for_one(stranger):
    answer = stranger.get("/leads")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert set(answer.json()) == {"code", "message", "basis"}


@pytest.mark.parametrize("sent", ["Bearer nonsense", "Bearer", "Basic YTpi", "hufu_x"])
def test_a_wrong_key_is_nobody_even_beside_a_session(clerk, sent):
    browser = Client()
    browser.force_login(clerk)
    assert browser.get("/api/v1/leads").status_code == 200
    answer = browser.get("/api/v1/leads", headers={"authorization": sent})
    assert answer.status_code == 401


def test_a_closed_key_opens_nothing(program, clerk):
    robot = program(clerk)
    services.close_key(actor=clerk, at=hour(), key=ApiKey.objects.get())
    assert robot.get("/leads").status_code == 401


def test_a_role_without_the_permission_is_told_so_in_its_language(program):
    answer = program(offices.holder(hour()), language="zh-hans").get("/leads")
    assert answer.status_code == 403
    assert answer.json()["message"] == "您无权访问。"


def test_a_session_that_writes_sends_its_token(clerk):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(clerk)
    lead = offices.report(hour())
    url = f"/api/v1/leads/{lead.pk}/accept"
    answer = browser.post(url, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "token_missing")
    browser.cookies["csrftoken"] = token = "a" * 32
    answer = browser.post(
        url, content_type="application/json", headers={"x-csrftoken": token}
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("face", ["portal", "workbench"])
def test_a_page_opens_a_key_shows_it_once_and_closes_it(client, clerk, face):
    owner = clerk if face == "workbench" else offices.holder(hour())
    client.force_login(owner)
    page = client.post(reverse(f"{face}:keys"), {"name": "stock system"})
    token = page.context["token"]
    assert token in page.content.decode()
    assert token not in client.get(reverse(f"{face}:keys")).content.decode()
    key = ApiKey.objects.get(account=owner)
    client.post(reverse(f"{face}:key-close", args=[key.pk]))
    key.refresh_from_db()
    assert key.closed_at is not None


def test_nobody_closes_the_key_of_somebody_else(client, clerk, program):
    program(clerk)
    client.force_login(offices.holder(hour()))
    key = ApiKey.objects.get()
    for face in ("portal", "workbench"):
        answer = client.post(reverse(f"{face}:key-close", args=[key.pk]))
        assert answer.status_code == 404
    assert ApiKey.objects.get().closed_at is None

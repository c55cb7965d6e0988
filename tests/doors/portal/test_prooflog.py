"""The log's files over HTTP: enough for a stranger, and nothing beside them."""

import pytest
from django.urls import reverse

import offices
from hufu.base.journal import sequence_entries
from hufu.doors.storage import prooflog
from hufu.engines.proof.audits import verify_log

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def grown(now, tmp_path, settings):
    settings.HUFU_HOME = tmp_path
    offices.agency(now)
    sequence_entries(at=now)
    prooflog.extend_log(at=now)


class Served:
    """Reads a log as a stranger does: with a web client."""

    def __init__(self, client):
        self.client = client

    def read(self, path):
        answer = self.client.get(reverse("portal:log-file", args=[path]))
        if answer.status_code == 404:
            raise FileNotFoundError(path)
        return answer.content


def test_a_stranger_checks_the_whole_log_by_its_public_files(client):
    key = prooflog.log_signer().key
    report = verify_log(Served(client), prooflog.log_origin(), [key])
    assert report.size > 0


@pytest.mark.parametrize(
    "name",
    ["commit", "restored", "../keys/log-key", "tile/../commit", "tile/0/000.p/0x1"],
)
def test_nothing_else_of_the_folder_is_served(client, name):
    assert client.get(f"/log/{name}").status_code == 404


def test_tiles_may_be_kept_for_ever_and_checkpoints_not(client):
    checkpoint = client.get("/log/checkpoint")
    assert checkpoint["Cache-Control"] == "no-cache"
    size = int(checkpoint.content.split(b"\n")[1])
    tile = client.get(f"/log/tile/entries/000.p/{size}")
    assert "immutable" in tile["Cache-Control"]

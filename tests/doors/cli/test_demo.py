"""The demonstration runs the whole house, once, and says where to look."""

import json

LINKS = "right watch lead evidence case decision publication indicator return journal"
COUNTS = """
from hufu.base.journal import verify_journal
from hufu.base.models import Entry
from hufu.domain.cases.models import Case
from hufu.domain.leads.models import Lead
from hufu.domain.publication.models import Notice
from hufu.domain.rights.models import Right
import json
print(json.dumps({
    "rights": Right.objects.count(),
    "names in use": Right.objects.filter(is_registration=False).count(),
    "leads": Lead.objects.count(),
    "merged": Lead.objects.filter(state="merged").count(),
    "closed": Case.objects.filter(state="closed").count(),
    "published": Notice.objects.filter(state="published").count(),
    "entries": Entry.objects.count(),
    "breaks": len(list(verify_journal())),
}))
"""

OPENED = """
import json, sys
from django.test import Client
from hufu.domain.people.models import Account
from hufu.doors.cli.demo.drive import chain
from hufu.doors.cli.management.commands.demo import READERS, links
opened = {}
for link, _number, path in links(chain()):
    client = Client()
    if link in READERS:
        who = Account.objects.get(username=READERS[link])
        client.force_login(who, "django.contrib.auth.backends.ModelBackend")
    opened[link] = client.get(path, headers={"host": "localhost"}).status_code
print(json.dumps(opened))
"""


def test_the_demo_drives_every_link_and_a_second_run_changes_nothing(installation):
    demo = installation.with_settings(HUFU_ENV="demo", HUFU_BIND="127.0.0.1:8123")
    first = demo.django("demo")
    assert first.returncode == 0, first.stderr
    printed = [line.split() for line in first.stdout.splitlines() if line.strip()]
    first_words = {words[0] for words in printed}
    assert set(LINKS.split()) <= first_words
    site = "http://127.0.0.1:8123/"
    assert all(site in line for line in first.stdout.splitlines() if "http" in line)
    before = json.loads(demo.python(COUNTS))
    assert before["rights"] > before["names in use"] == 40256
    assert (before["merged"], before["closed"], before["published"]) == (2, 6, 6)
    assert before["breaks"] == 0

    second = demo.django("demo")
    assert second.returncode == 0, second.stderr
    assert json.loads(demo.python(COUNTS)) == before
    chain = [line for line in first.stdout.splitlines() if "http" in line][:9]
    assert [line for line in second.stdout.splitlines() if "http" in line] == chain
    assert "passwords were printed when it was made" in " ".join(second.stdout.split())
    assert "registrar" not in second.stdout

    assert demo.django("collectstatic", "--no-input").returncode == 0
    opened = json.loads(demo.python(OPENED))
    assert opened == dict.fromkeys(LINKS.split()[:9], 200)


def test_a_demo_outside_the_demo_is_refused(installation):
    refused = installation.with_settings(HUFU_ENV="development").django("demo")
    assert refused.returncode != 0
    assert "HUFU_ENV=demo" in refused.stderr

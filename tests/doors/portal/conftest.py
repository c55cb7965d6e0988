import pytest

import offices


@pytest.fixture
def desk(client, now, settings, tmp_path, monkeypatch):
    """A holder who is signed in, at a fixed hour, with a home of its own."""
    settings.HUFU_HOME = tmp_path
    monkeypatch.setattr("hufu.doors.identity.timezone.now", lambda: now)
    client.force_login(offices.holder(now))
    return client

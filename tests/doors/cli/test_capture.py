"""`./hufu capture`: it names what is wrong, and writes nothing then."""

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture(autouse=True)
def here(monkeypatch, tmp_path):
    monkeypatch.setenv("HUFU_CALLED_FROM", str(tmp_path))
    return tmp_path


def test_an_address_that_is_none_is_named_and_nothing_is_written(here):
    with pytest.raises(CommandError, match="no address of a web page") as stopped:
        call_command("capture", "shop.example", "--out", "page.wacz")
    assert stopped.value.returncode == 2
    assert not (here / "page.wacz").exists()


def test_a_file_that_exists_is_left_alone(here):
    (here / "page.wacz").write_text("mine")
    with pytest.raises(CommandError, match="Choose another name"):
        call_command("capture", "https://shop.example/", "--out", "page.wacz")
    assert (here / "page.wacz").read_text() == "mine"


@pytest.mark.browser
def test_an_address_of_this_machine_is_refused(here):
    with pytest.raises(CommandError, match="private or reserved network"):
        call_command("capture", "http://127.0.0.1:8999/", "--out", "page.wacz")
    assert not (here / "page.wacz").exists()

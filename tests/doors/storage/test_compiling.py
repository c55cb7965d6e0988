"""The matcher is compiled beside set-up; who needs it waits, nobody does it twice."""

from hufu.doors.storage.compiling import begin_compiling, is_compiling, wait_compiled


def test_who_needs_the_compiled_matcher_waits_for_the_one_process_that_makes_it(
    settings, tmp_path
):
    settings.HUFU_HOME = tmp_path
    assert not is_compiling()
    begin_compiling()
    assert is_compiling()
    begin_compiling()
    wait_compiled()
    assert not is_compiling()
    assert (tmp_path / "compiling.lock").read_text() == ""

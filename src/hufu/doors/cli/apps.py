from django.apps import AppConfig


class CliConfig(AppConfig):
    name = "hufu.doors.cli"

    def ready(self) -> None:
        from hufu.doors.cli import checks  # noqa: F401, PLC0415 - registers the checks

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "hufu.domain.oversight"

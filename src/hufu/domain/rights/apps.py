from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "hufu.domain.rights"

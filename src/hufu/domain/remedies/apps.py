from django.apps import AppConfig


class RemediesConfig(AppConfig):
    name = "hufu.domain.remedies"

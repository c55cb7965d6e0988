from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "hufu.domain.inspections"

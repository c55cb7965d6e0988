from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "hufu.domain.cases"

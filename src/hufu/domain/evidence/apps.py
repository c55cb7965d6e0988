from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "hufu.domain.evidence"

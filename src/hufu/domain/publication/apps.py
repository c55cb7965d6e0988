from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "hufu.domain.publication"

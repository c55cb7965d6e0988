from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "hufu.domain.watch"

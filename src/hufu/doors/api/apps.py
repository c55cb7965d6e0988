from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "hufu.doors.api"

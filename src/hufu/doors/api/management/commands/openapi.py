"""`./hufu manage openapi > docs/api/openapi.json`: the API as a file."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from hufu.doors.api.site import api


class Command(BaseCommand):
    help = "Print the API as OpenAPI 3.1. The committed copy is docs/api/openapi.json."

    def handle(self, **_: Any) -> None:
        with override("en"):
            schema = api.get_openapi_schema(path_prefix="/api/v1/")
        self.stdout.write(json.dumps(schema, indent=1, ensure_ascii=False))

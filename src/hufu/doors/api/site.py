"""The API as a whole: its operations, who may call them, how it refuses."""

from typing import Any

from ninja import NinjaAPI
from ninja.operation import Operation

from hufu.doors.api import (
    cases,
    complaints,
    deposits,
    law,
    leads,
    matching,
    refusals,
    reports,
    rights,
    sightings,
)
from hufu.doors.api.contract import Contract
from hufu.doors.api.keys import DOORS

DESCRIPTION = """
Rights, sightings, leads, cases, deposits and questions of law for programs. Every
operation asks the same table of pages and permissions as the pages people use, and
calls the same services.

- **Who asks**: `Authorization: Bearer <key>`; keys are opened on “My page” or at the
  workbench under “API keys”. A browser's session works too, with `X-CSRFToken`.
- **Language**: messages follow `Accept-Language` (`en`, `zh-hans`).
- **Refusals**: `{"code", "message", "basis"}`; 422 may add `fields`. What the caller
  may not know of does not exist (404). An address answers 405 to other methods.
- **Lists**: `items` and `next`; send `next` as `cursor`. No list tells its length.
"""


class Api(NinjaAPI):
    """Names its operations as our functions are named: they stay when files move."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Name an operation."""
        return operation.view_func.__name__

    def get_openapi_schema(
        self,
        *,
        path_prefix: str | None = None,
        path_params: dict[str, Any] | None = None,
    ) -> Contract:
        """Tell the operations with all their refusals."""
        return Contract(self, path_prefix or self.get_root_path(path_params or {}))


api = Api(
    title="Hufu",
    version="1",
    description=DESCRIPTION.strip(),
    urls_namespace="api",
    docs_url=None,
    auth=DOORS,
)
refusals.install(api)
api.add_router("/rights", rights.router)
api.add_router("/sightings", sightings.router)
api.add_router("/match", matching.router)
api.add_router("/leads", leads.router)
api.add_router("/complaints", complaints.router)
api.add_router("/reports", reports.router)
api.add_router("/cases", cases.router)
api.add_router("/deposits", deposits.router)
api.add_router("/law", law.router)

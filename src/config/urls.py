"""Where each door hangs."""

from django.urls import include, path

from hufu.doors.api.site import api

handler400 = "hufu.doors.look.errors.bad_request"
handler403 = "hufu.doors.look.errors.permission_denied"
handler404 = "hufu.doors.look.errors.page_not_found"
handler500 = "hufu.doors.look.errors.server_error"

urlpatterns = [
    path("language/", include("hufu.doors.look.urls")),
    path("account/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("workbench/", include("hufu.doors.workbench.urls")),
    path("", include("hufu.doors.portal.urls")),
]

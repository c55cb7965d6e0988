"""Where each door hangs."""

from importlib.util import find_spec

from django.urls import include, path

urlpatterns = [
    path("language/", include("django.conf.urls.i18n")),
    path("account/", include("allauth.urls")),
]
if find_spec("hufu.doors.workbench.urls"):
    urlpatterns.append(path("workbench/", include("hufu.doors.workbench.urls")))
if find_spec("hufu.doors.api.urls"):
    urlpatterns.append(path("api/", include("hufu.doors.api.urls")))
if find_spec("hufu.doors.portal.urls"):
    urlpatterns.append(path("", include("hufu.doors.portal.urls")))

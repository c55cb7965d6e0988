"""The ASGI application, for hosts that prefer it to WSGI."""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application
from granian.utils.proxies import wrap_asgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_asgi_application()
if settings.HUFU_TRUSTED_PROXIES:
    application = wrap_asgi_with_proxy_headers(
        application, trusted_hosts=settings.HUFU_TRUSTED_PROXIES
    )

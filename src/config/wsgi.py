"""The WSGI application, as `./hufu serve` runs it."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
if settings.HUFU_TRUSTED_PROXIES:
    application = wrap_wsgi_with_proxy_headers(
        application, trusted_hosts=settings.HUFU_TRUSTED_PROXIES
    )

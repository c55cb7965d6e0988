"""The one address of the look: the language switch."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

app_name = "look"
urlpatterns = [
    # Exempt, so that a public page needs no cookie before a reader asks for one;
    # all that a forged request could do is to change the language.
    path("", csrf_exempt(set_language), name="language"),
]

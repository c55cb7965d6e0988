"""Lists of choices are drawn by one template, and say what Django's own would say."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.test.html import parse_html

CHOICES = [("", "any"), (1, "one & only"), ("more", [("a", "A"), ("b", "<B>")])]


class Disabling(forms.Select):
    """A list in which one choice cannot be made."""

    def create_option(self, *args, **kwargs):
        option = super().create_option(*args, **kwargs)
        if option["value"] == "b":
            option["attrs"]["disabled"] = True
        return option


@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple, Disabling])
@pytest.mark.parametrize("chosen", ["", 1, "a", ["a", "b"]])
def test_a_list_of_choices_says_what_djangos_own_would(widget, chosen):
    attrs = {"class": "form-select", "required": True}
    lists = [
        widget(choices=CHOICES).render("kind", chosen, attrs, renderer)
        for renderer in (TemplatesSetting(), DjangoTemplates())
    ]
    ours, theirs = map(parse_html, lists)
    assert ours == theirs
    assert lists[0].count("<option") == 4

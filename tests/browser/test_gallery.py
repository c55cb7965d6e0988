"""Every page of the gallery is open to everybody, in both languages, on any screen."""

import pytest
from django.contrib.auth import get_user_model

from browser.gallery import LANGUAGES, PICTURES, WIDTHS
from browser.harness import check_page, shoot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_page_is_open_to_everybody(window, picture, width, language):
    account = None
    if picture.visitor:
        account = get_user_model().objects.get(username=picture.visitor)
    shown = window(width=width, language=language, account=account)
    check_page(shown, picture.path())
    shoot(shown, f"{picture.name}-{width}-{language}")

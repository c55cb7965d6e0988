import pytest
from hypothesis import given
from hypothesis import strategies as st

from hufu.base.errors import Refusal
from hufu.domain.leads.addresses import url_key
from hufu.domain.leads.receipts import ALPHABET, code_of, hash_of, read_code

bytes16 = st.binary(min_size=16, max_size=16)


@given(bytes16)
def test_a_code_is_read_back_however_it_is_typed(random):
    code = code_of(random)
    plain = code.replace("-", "")
    assert len(plain) == 27
    typed = f" {plain.lower().replace('0', 'o').replace('1', 'l')[:13]} {plain[13:]} "
    assert read_code(typed) == plain
    assert hash_of(typed) == hash_of(code)


@given(bytes16, st.integers(0, 26), st.integers(1, 31))
def test_every_single_wrong_character_is_told_as_a_typing_error(random, at, shift):
    plain = code_of(random).replace("-", "")
    wrong = ALPHABET[(ALPHABET.index(plain[at]) + shift) % 32]
    with pytest.raises(Refusal) as refusal:
        read_code(plain[:at] + wrong + plain[at + 1 :])
    assert refusal.value.code == "code_typo"


@given(bytes16, st.integers(0, 25))
def test_every_exchange_of_neighbours_is_told_as_a_typing_error(random, at):
    plain = code_of(random).replace("-", "")
    swapped = plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]
    if swapped != plain:
        with pytest.raises(Refusal):
            read_code(swapped)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "code_missing"), ("ABC-DEF", "code_length"), ("U" * 27, "code_typo")],
)
def test_what_is_wrong_with_a_code_is_said(typed, code):
    with pytest.raises(Refusal) as refusal:
        read_code(typed)
    assert refusal.value.code == code


def test_spellings_of_one_page_share_a_key():
    key = url_key("https://www.shop.test/item/5?id=7&utm_source=x")
    assert key == url_key("shop.test/item/5/?id=7")
    assert key != url_key("shop.test/item/5/?id=8")
    assert url_key(" ") == ""
    assert url_key("http://[broken") != ""

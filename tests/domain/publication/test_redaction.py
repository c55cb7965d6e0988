"""No word that names or locates a person survives; what the law publishes stays."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hufu.domain.publication.names import COMPOUND, SURNAMES
from hufu.domain.publication.redaction import (
    Kind,
    Known,
    find,
    flatten,
    is_identity_number,
    merge,
    pieces,
    propose,
    redact,
)

COMPANY = "深圳市虚构甲贸易有限公司"
CODE = "91350100M000100Y43"
KNOWN = Known(keep=(COMPANY, CODE))

BEFORE = st.sampled_from(
    [
        "",
        "当事人称",
        "经查，",
        "2026年3月2日，执法人员在现场查获商品200件。",
        "The officers saw ",
    ]
)
AFTER = st.sampled_from(
    [
        "",
        "。",
        "，经营至今。",
        " was present.",
        "，罚款60,000元。",
        "\n\n依据《商标法》第六十条",
    ]
)
GAPS = st.sampled_from(["", " ", "-", "\u200b", " - ", "\u00a0", "."])
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def identity_number(body: str) -> str:
    total = sum(int(d) * 2 ** (17 - i) for i, d in enumerate(body))
    return body + "10X98765432"[total % 11]


digits = st.text("0123456789", min_size=8, max_size=8)
identity_numbers = st.builds(
    lambda region, day, order: identity_number(f"{region}{day:%Y%m%d}{order:03}"),
    st.sampled_from(["440305", "110101", "310115", "650102"]),
    st.dates(min_value=date(1930, 1, 1)),
    st.integers(1, 999),
)
mobiles = st.builds(lambda head, tail: f"1{head}{tail}", st.integers(30, 99), digits)
given_names = st.text(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华", min_size=1, max_size=2
)
persons = st.builds(str.__add__, st.sampled_from([*SURNAMES, *COMPOUND]), given_names)


def clean(text: str, known: Known = KNOWN) -> str:
    return redact(text, propose(text, known), "zh-hans")


def only_digits(text: str) -> str:
    return re.sub(r"\D", "", flatten(text))


@given(BEFORE, identity_numbers, GAPS, st.sampled_from([{}, WIDE]), AFTER)
def test_no_identity_number_survives_however_it_is_written(
    before: str, number: str, gap: str, digits: dict[int, str], after: str
) -> None:
    written = gap.join([number[:6], number[6:14], number[14:]])
    text = before + written.translate(digits) + after
    assert number[:17] not in only_digits(clean(text))
    assert number[6:14] not in only_digits(clean(text))


@given(BEFORE, mobiles, GAPS, st.sampled_from(["", "+86", "+86 ", "0086-"]), AFTER)
def test_no_mobile_number_survives_however_it_is_written(
    before: str, number: str, gap: str, prefix: str, after: str
) -> None:
    written = prefix + gap.join([number[:3], number[3:7], number[7:]])
    assert number[3:] not in only_digits(clean(before + written + after))


@given(BEFORE, st.text("123456789", min_size=12, max_size=19), GAPS, AFTER)
def test_no_bank_account_survives(
    before: str, number: str, gap: str, after: str
) -> None:
    written = gap.join(number[i : i + 4] for i in range(0, len(number), 4))
    assert number not in only_digits(clean(before + written + after))


@given(BEFORE, persons, st.sampled_from(["", " ", "·", "\u200b"]), AFTER)
def test_no_person_the_file_knows_survives(
    before: str, person: str, gap: str, after: str
) -> None:
    known = Known(persons=(person,), keep=KNOWN.keep)
    text = f"{before}{gap.join(person)}{after}，{person}承认。"
    assert person not in re.sub(r"[\s·\u200b]", "", clean(text, known))


@given(persons, st.sampled_from(["法定代表人：", "姓名:", "委托代理人：", "证人（"]))
def test_a_person_a_label_introduces_is_found_everywhere_after(
    person: str, label: str
) -> None:
    label = label.rstrip("（") + "：" if label.endswith("（") else label
    text = f"{label}{person}，到场。经核实，{person}在场。"
    assert person not in clean(text)


@given(
    st.sampled_from(["john.smith", "a_b", "店主"]), st.sampled_from(["@", "＠", " @ "])
)
def test_no_mail_address_survives(name: str, at: str) -> None:
    assert "example" not in clean(f"联系 {name}{at}mail.example.com 即可")


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("家庭住址：广东省深圳市福田区福华路12号3栋502室。", "福华路"),
        ("在广州市越秀区北京路100号被查获", "北京路100号"),
        ("固定电话0755-82345678转8001", "82345678"),
        ("电话：8234567", "8234567"),
        ("手机一三八零零一三八零零零", "一三八零零"),
        ("微信号：hufu_demo_88", "hufu_demo_88"),
        ("护照号码E12345678", "E12345678"),
        ("身份证4403***********1234", "1234"),
        ("出生日期：1990年1月1日", "1990"),
        ("1990年1月1日出生", "1990"),
        ("女儿：张小花，14岁，就读于福田第二中学。", "福田第二中学"),
        ("女儿：张小花，14岁，就读于福田第二中学。", "14"),
        ("证人李小明称，货物由其保管", "小明"),
        ("买家王女士（女，32岁）", "王女"),
        ("举报人：买买提·艾山，", "艾山"),
        ("DE89 3704 0044 0532 0130 00", "0532"),
        ("The legal representative Zhang San paid.", "Zhang"),
        ("Mr. John A. Smith signed.", "Smith"),
        ("She lives at 12 Fuhua Road, Shenzhen.", "Fuhua"),
        ("Witness: O'Brien, Mary", "Brien"),
        ("born on 3 May 1990", "1990"),
    ],
)
def test_what_points_at_a_person_goes(text: str, secret: str) -> None:
    assert secret not in clean(text)


def test_a_known_person_is_found_in_pinyin_in_either_order() -> None:
    known = Known(persons=("欧阳明华", "John Smith"))
    text = "Ouyang Minghua, MINGHUA OUYANG, Smith, John and JOHN SMITH came."
    cleaned = redact(text, propose(text, known), "en")
    assert not re.search("ouyang|minghua|smith|john", cleaned, re.IGNORECASE)


@pytest.mark.parametrize(
    "words",
    [
        COMPANY,
        CODE,
        "60,000.00",
        "《中华人民共和国商标法》第六十条第二款",
        "第12345678号",
        "2026年3月2日",
        "22 November 2026",
        "2026-11-22",
        "200件",
    ],
)
def test_what_the_law_publishes_stays(words: str) -> None:
    assert words in clean(f"当事人：{words}，属实。")


def test_a_company_that_bears_a_persons_name_keeps_it_and_the_person_does_not() -> None:
    known = Known(persons=("张三",), keep=("深圳市张三贸易有限公司",))
    text = "深圳市张三贸易有限公司，法定代表人：张三"
    cleaned = clean(text, known)
    assert cleaned == "深圳市张三贸易有限公司，法定代表人：张某"


def test_a_traders_own_name_goes_even_where_it_is_the_business_name() -> None:
    known = Known(persons=("张三",), keep=("张三",))
    assert clean("当事人张三", known) == "当事人张某"


def test_a_credit_code_made_of_digits_is_no_identity_number() -> None:
    assert not is_identity_number(CODE)
    assert CODE in clean(f"代码{CODE}")
    assert is_identity_number("11010519491231002X")


@given(BEFORE, persons, mobiles, AFTER)
def test_a_second_look_finds_nothing_more(
    before: str, person: str, mobile: str, after: str
) -> None:
    known = Known(persons=(person,))
    cleaned = clean(f"{before}法定代表人：{person}，电话{mobile}{after}", known)
    assert propose(cleaned, Known(persons=(person,))) == () or person not in cleaned


@given(st.text(max_size=200))
def test_pieces_put_together_are_the_text(text: str) -> None:
    spans = propose(text, Known(persons=("张三",)))
    assert "".join(p.text for p in pieces(text, spans, "en")) == text


@given(st.text(max_size=200))
def test_passages_never_overlap_and_stay_inside_the_text(text: str) -> None:
    spans = propose(text, KNOWN)
    assert merge(spans) == spans
    assert all(0 <= s.start < s.end <= len(text) for s in spans)


def test_an_officer_may_name_more_passages_to_leave_out() -> None:
    text = "商户称Ｓupplier乙供货；supplier乙未到场"
    spans = find(text, "Supplier乙")
    assert len(spans) == 2
    assert {s.kind for s in spans} == {Kind.OTHER}
    assert redact(text, spans, "zh") == "商户称［略］供货；［略］未到场"
    assert find(text, "  ") == ()

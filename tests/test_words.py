"""Words: what a reader sees in Chinese, against the glossary of the house."""

import re
from collections import defaultdict

import pytest
from babel.messages.pofile import read_po
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, override, pgettext

from hufu.domain.people.permissions import ROLES
from hufu.domain.people.words import ROLE_NAMES
from hufu.doors.cli.catalogues import SOURCE, catalogues

# One word per idea: wherever the English names the idea, the Chinese says the word.
GLOSSARY = {
    r"accounts?(?! on the payment slip)": "账号",
    r"chain of custody": "保管链",
    r"(claim|claims)( to a right)?": "认领",
    r"commitments?": "任务承诺",
    r"complaints?": "投诉",
    r"copyright": "著作权",
    r"evidence": "证据",
    r"exhibits?": "证据材料",
    r"geographical indications?": "地理标志",
    r"hearing": "听证",
    r"indicators?": "指标",
    r"instalments?": "分期",
    r"leads?": "线索",
    r"licen[cs]ees?": "被许可人",
    r"monitored rights?": "监测权利",
    r"monthly returns?": "月报",
    r"receipt codes?": "回执码",
    r"reconsideration": "复议",
    r"recusal": "回避",
    r"rights? holders?": "权利人",
    r"sightings?": "监测记录",
    r"sweeps?": "扫描",
    r"trade secrets?": "商业秘密",
    r"trademarks?": "商标",
    r"unified social credit code": "统一社会信用代码",
}
# Words that another word of the glossary replaced, and where they may stay.
REPLACED = {
    "帐号": "nowhere",
    "账户": "payment slip",  # money goes to an account at a bank
    "登录名": "nowhere",
    "登记册": "nowhere",
    "要约": "nowhere",
    "版权": "nowhere",
    "执法人员": "nowhere",
    "部门": "nowhere",
}


def sentences():
    """Yield place, context, English and Chinese of every text of the house."""
    for po in catalogues():
        place = po.relative_to(SOURCE).parent.parent.parent
        with po.open("rb") as file:
            for message in read_po(file, locale="zh_Hans"):
                if message.id:
                    chinese = message.string
                    said = chinese if isinstance(chinese, str) else chinese[0]
                    if said:  # a gap is for `check_catalogues` to name
                        yield str(place), message.context, message.id, said


def first(english):
    return english if isinstance(english, str) else english[0]


def test_a_text_has_one_translation_in_all_catalogues():
    said = defaultdict(dict)
    for place, context, english, chinese in sentences():
        said[context, first(english)][place] = chinese
    two = {key: places for key, places in said.items() if len(set(places.values())) > 1}
    assert not two, "give one of them a context"


def shown(context, english):
    if isinstance(english, str):
        return pgettext(context, english) if context else _(english)
    if context:
        return npgettext(context, *english, 2)
    return ngettext(*english, 2)


def test_a_reader_sees_what_the_catalogue_says():
    with override("zh-hans"):
        other = [
            (place, english, chinese, shown(context, english))
            for place, context, english, chinese in sentences()
            if shown(context, english) != chinese
        ]
    assert not other, "a library translates this text too: word it otherwise"


@pytest.mark.parametrize(("english", "chinese"), GLOSSARY.items(), ids=GLOSSARY)
def test_an_idea_has_one_chinese_word(english, chinese):
    named = re.compile(rf"\b{english}\b", re.IGNORECASE)
    other = [
        (place, text, said)
        for place, context, text, said in sentences()
        if context != "unit"  # a count in Chinese: 条, 件
        and named.search(re.sub(r"%\(\w+\)s", "", first(text)))
        and chinese not in said
    ]
    assert not other


@pytest.mark.parametrize(("word", "but"), REPLACED.items(), ids=REPLACED)
def test_a_word_that_was_replaced_does_not_come_back(word, but):
    kept = [
        (place, text, said)
        for place, _context, text, said in sentences()
        if word in said and but not in first(text)
    ]
    assert not kept


def test_chinese_texts_use_chinese_punctuation():
    half = re.compile(r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]")
    wrong = [
        (place, said)
        for place, _context, _text, said in sentences()
        if half.search(said)
    ]
    assert not wrong


def test_every_role_has_a_name():
    assert ROLE_NAMES.keys() == ROLES.keys()

"""The English names of places: readings that the characters alone do not tell."""

import re

import pytest

from engines.law.packs import cn

READINGS = """
    110105 Chaoyang District      130225 Laoting County       130726 Yuxian County
    130981 Botou                  131025 Daicheng County      140200 Datong
    140400 Changzhi               140428 Zhangzi County       140924 Fanshi County
    141024 Hongtong County        141031 Xixian County        141100 Lüliang
    210224 Changhai County        220100 Changchun            220722 Changling County
    222404 Hunchun                310112 Minhang District     320116 Luhe District
    330382 Yueqing                330522 Changxing County     331000 Taizhou
    331100 Lishui                 340121 Changfeng County     340300 Bengbu
    340303 Bengshan District      341181 Tianchang            341500 Lu'an
    341600 Bozhou                 341621 Guoyang County       350105 Mawei District
    350200 Xiamen                 350625 Changtai County      361124 Yanshan County
    370113 Changqing District     371522 Shenxian County      371524 Dong'e County
    371722 Shanxian County        410122 Zhongmu County       410621 Xunxian County
    410728 Changyuan County       411082 Changge              411100 Luohe
    411726 Biyang County          420116 Huangpi District     430100 Changsha
    440113 Panyu District         440114 Huadu District       441821 Fogang County
    500000 Chongqing              510682 Shifang              511123 Qianwei County
    511527 Junlian County         511822 Yingjing County      530800 Pu'er
    532323 Mouding County         540000 Xizang               610000 Shaanxi
    610100 Xi'an                  610623 Zichang County       620802 Kongtong District
    150000 Inner~Mongolia         150100 Hohhot               540100 Lhasa
    650100 Urumqi                 653100 Kashgar~Prefecture   652823 Yuli County
    652801 Korla                  659001 Shihezi              650000 Xinjiang
"""


def names():
    return {code: (name.en, name.zh) for code, name in cn().regions.names.items()}


@pytest.mark.parametrize(
    ("code", "english"),
    re.findall(r"(\d{6}) (\S+(?: \S+)?)", READINGS),
)
def test_a_place_is_read_as_its_people_read_it(code, english):
    assert names()[code][0] == english.replace("~", " ")


@pytest.mark.parametrize(
    ("character", "reading", "but"),
    [
        ("长", "chang", {"长子县"}),
        ("都", "du", {"昌都市"}),
        ("安", "an", {"兴安盟", "安多县"}),
        ("朝阳", "chaoyang", set()),
        ("佛", "fo", set()),
    ],
)
def test_a_character_with_two_readings_has_one_in_places(character, reading, but):
    wrong = [
        (english, chinese)
        for english, chinese in names().values()
        if character in chinese
        and chinese not in but
        and reading not in english.lower().replace("'", "")
    ]
    assert not wrong


def test_a_syllable_that_begins_with_a_vowel_is_set_apart():
    """Xi'an is not Xian: 西安 has two syllables."""
    joined = [
        (english, chinese)
        for english, chinese in names().values()
        if re.match(r".安[市县区]$", chinese) and "'an" not in english
    ]
    assert not joined


def test_each_kind_of_place_has_its_word():
    words = {
        "自治州": "Autonomous Prefecture",
        "自治县": "Autonomous County",
        "自治旗": "Autonomous Banner",
        "地区": "Prefecture",
        "盟": "League",
        "旗": "Banner",
        "县": "County",
        "区": "District",
    }
    other = {"内蒙古自治区", "香港特别行政区", "澳门特别行政区", "滨海新区", "浦东新区"}
    for english, chinese in names().values():
        if chinese in other or chinese.endswith("自治区"):
            continue
        end = next((end for end in words if chinese.endswith(end)), None)
        assert end is None or english.endswith(words[end]), chinese

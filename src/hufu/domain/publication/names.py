"""How natural persons are named in Chinese and English texts. Pure."""

import re
from collections.abc import Iterator

from pypinyin import lazy_pinyin

HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]"

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
    "顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛"
    "伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄"
    "项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边喻郁裘"
    "闻党宫苟符饶瞿蒲沙敖连邬褚娄嵇应宗宣贲戚窦云昌狄米贝明臧计伏花俞奚郎皮卞乐井佟闫"
    "肖么仇仲"
)
COMPOUND = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "令狐",
    "慕容",
    "司徒",
    "端木",
    "夏侯",
    "南宫",
    "独孤",
    "轩辕",
    "呼延",
    "长孙",
    "宇文",
    "西门",
    "澹台",
    "闻人",
)
SURNAME = f"(?:{'|'.join(COMPOUND)}|[{SURNAMES}])"
# Words that follow a name in a sentence and are hardly ever part of one.
AFTER = "称说在于系是为和与及或的了对将向从被因经提表到处未不已也曾以并等上述该其即"
GIVEN = rf"(?:(?![{AFTER}]){HAN}\s?){{0,2}}(?![{AFTER}]){HAN}"

ROLES_ZH = (
    "法定代表人",
    "法人代表",
    "实际控制人",
    "负责人",
    "经营者",
    "投资人",
    "联系人",
    "股东",
    "委托代理人",
    "代理人",
    "代表人",
    "证人",
    "举报人",
    "投诉人",
    "申请人",
    "当事人",
    "员工",
    "店员",
    "店主",
    "业主",
    "户主",
    "司机",
    "驾驶员",
    "收货人",
    "收件人",
    "寄件人",
    "监护人",
    "父亲",
    "母亲",
    "丈夫",
    "妻子",
    "儿子",
    "女儿",
    "学生",
    "未成年人",
    "姓名",
    "开户名",
    "户名",
)
ROLES_EN = (
    "legal representative",
    "person in charge",
    "operator",
    "proprietor",
    "owner",
    "informant",
    "complainant",
    "witness",
    "contact person",
    "contact",
    "agent",
    "employee",
    "shopkeeper",
    "guardian",
    "driver",
    "recipient",
    "consignee",
    "account holder",
    "name",
    "shareholder",
)
TITLES_ZH = "先生|女士|小姐|老板|经理|律师|同志|师傅|老师"
TITLES_EN = r"Mr|Mrs|Ms|Miss|Mx|Dr|Prof"

BETWEEN = r"[\s,]{0,3}"
UPPER = r"(?-i:[A-Z\u00c0-\u00de])[\w'’\-]*"
NAME_EN = rf"{UPPER}\.?(?:\s+{UPPER}\.?){{0,3}}"

LABELLED = (
    # 姓名：张三，… whatever stands between the colon and the next stop is the name.
    re.compile(
        rf"(?:{'|'.join(ROLES_ZH)})\s*[（(]?\s*[：:]\s*"
        rf"(?P<name>{HAN}(?:[\s·•・.]?{HAN}){{1,14}}?)"
        r"(?=\s*(?:[，。；、,;（()）【】\n]|$|男|女|身份证|电话|住|出生))"
    ),
    re.compile(rf"(?:{'|'.join(ROLES_ZH)})[为是系叫]?\s?(?P<name>{SURNAME}\s?{GIVEN})"),
    re.compile(rf"(?P<name>{SURNAME}{HAN}{{0,2}}?)(?=(?:{TITLES_ZH}))"),
    re.compile(rf"(?P<name>{SURNAME}\s?{GIVEN})(?=\s*[（(，,]\s*(?:男|女)\s*[，,）)])"),
    re.compile(rf"(?:{'|'.join(ROLES_ZH)})\s*[：:]?\s*(?P<name>{NAME_EN})"),
    re.compile(rf"\b(?:{TITLES_EN})\.?\s+(?P<name>{NAME_EN})"),
    re.compile(
        rf"\b(?:{'|'.join(ROLES_EN)})(?:\s+(?:is|was|named|called))?\s*[:：,]?\s+"
        rf"(?P<name>{NAME_EN}|{HAN}{{2,4}})",
        re.IGNORECASE,
    ),
)


def labelled(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a word like “legal representative” or “Mr” introduces a person."""
    for pattern in LABELLED:
        for match in pattern.finditer(text):
            yield match.span("name")


def forms_of(name: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns under which a known person may stand in a text.

    Chinese names also stand spaced out and in pinyin, with the family name before or
    after; names in Latin letters in any case and in either order.
    """
    parts = name.split()
    if not re.search(HAN, name):
        orders = {tuple(parts), tuple(reversed(parts))} if len(parts) > 1 else {(name,)}
        return tuple(_words(order) for order in sorted(orders))
    letters = re.sub(r"[\s·•・.]", "", name)
    written = re.compile(r"[\s·•・.\u200b-\u200d\ufeff]*".join(map(re.escape, letters)))
    cut = 2 if letters[:2] in COMPOUND else 1
    family, given = _pinyin(letters[:cut]), _pinyin(letters[cut:])
    if not family or not given:
        return (written,)
    return (written, _words((family, given)), _words((given, family)))


def _pinyin(letters: str) -> str:
    return r"[\s'’\-]?".join(re.escape(s) for s in lazy_pinyin(letters))


def _words(parts: tuple[str, ...]) -> re.Pattern[str]:
    plain = (p if "[" in p else re.escape(p) for p in parts)
    return re.compile(rf"(?<!\w){BETWEEN.join(plain)}(?!\w)", re.IGNORECASE)

"""What numbers, addresses and other marks of a person look like in a text. Pure."""

import re
from enum import StrEnum

from hufu.domain.publication.names import HAN


class Kind(StrEnum):
    """What a passage would reveal."""

    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    BANK = "bank"
    EMAIL = "email"
    CONTACT = "contact"
    ADDRESS = "address"
    BIRTH = "birth"
    MINOR = "minor"
    OTHER = "other"


# What people put between digits, invisible characters included.
GAP = r"[\s\-‐‑‒–—.·/_\u00ad\u200b-\u200f\u2060\ufeff]{0,3}"
START = r"(?<![0-9A-Za-z])"
IS = r"\s*(?:为|是|is)?\s*[：:]?\s*"
ZH_DIGIT = "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺"
PLACE = rf"(?:{HAN}|[0-9A-Za-z\-－])"


def _digits(least: int, most: int) -> str:
    return rf"\d(?:{GAP}\d){{{least - 1},{most - 1}}}"


DATES = re.compile(r"(?:(?:19|20)\d\d[\-./]\d{1,2}[\-./]\d{1,2}(?:\D{0,3}|$))+")

# A pattern with a group `it` means that group, else the whole match.
WRITTEN: tuple[tuple[Kind, str], ...] = (
    (Kind.ID_NUMBER, rf"{START}{_digits(17, 17)}{GAP}[\dXx](?!{GAP}\d)"),
    (Kind.ID_NUMBER, rf"{START}{_digits(15, 15)}(?!{GAP}\d)"),
    (Kind.ID_NUMBER, r"(?<!\d)\d{2,10}[*xX×]{3,}\d{0,4}[Xx]?"),
    (
        Kind.ID_NUMBER,
        (
            r"(?:身份证(?:件)?号?码?|公民身份号码|护照号?码?|证件号码?"
            r"|passport(?: no\.?| number)?|ID(?: card)?(?: no\.?| number))"
            rf"{IS}(?P<it>[A-Za-z0-9](?:{GAP}[A-Za-z0-9*]){{5,20}})"
        ),
    ),
    (
        Kind.PHONE,
        (
            rf"(?:\+{GAP}86{GAP}|(?<!\d)0086{GAP}|{START})1{GAP}[3-9]{GAP}"
            rf"{_digits(9, 9)}(?!\d)"
        ),
    ),
    (
        Kind.PHONE,
        (
            rf"{START}[(（]?0\d{{2,3}}[)）]?{GAP}[2-9]{GAP}{_digits(6, 7)}"
            r"(?:\s?(?:转|ext\.?)\s?\d{1,6})?(?!\d)"
        ),
    ),
    (Kind.PHONE, rf"\+{GAP}{_digits(7, 15)}"),
    (
        Kind.PHONE,
        (
            r"(?:电话|手机号?码?|联系方式|telephone|phone|mobile|tel)\.?"
            rf"{IS}(?P<it>{_digits(7, 15)})"
        ),
    ),
    (Kind.PHONE, rf"[{ZH_DIGIT}](?:\s?[{ZH_DIGIT}]){{10,18}}"),
    (Kind.BANK, rf"{START}{_digits(11, 30)}(?!\d)"),
    (
        Kind.BANK,
        r"(?-i:\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b)",
    ),
    (
        Kind.EMAIL,
        r"[\w.+\-]+\s?(?:@|\(at\)|\[at\])\s?[\w\-]+(?:\.[\w\-]+)+",
    ),
    (
        Kind.CONTACT,
        (
            r"(?:微信|QQ|支付宝|抖音|WeChat|Alipay|WhatsApp)\s*(?:账?号码?|ID|account)?"
            rf"{IS}(?P<it>[A-Za-z0-9_\-]{{5,30}})"
        ),
    ),
    (
        Kind.BIRTH,
        (
            r"(?:出生日期|出生于|生于|born(?: on)?|date of birth)[为:：]?\s*"
            r"(?P<it>\d{1,2} \w+ \d{4}|\w+ \d{1,2}, \d{4}"
            r"|\d[\d年月日./\-\s]{5,13}\d?日?)"
        ),
    ),
    (Kind.BIRTH, r"\d{4}\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?(?=\s?出?生)"),
    (
        Kind.MINOR,
        (
            r"(?<!\d)(?:1[0-7]|[1-9])\s?(?:周?岁|-?\s?years?[- ]old)"
            r"|aged (?:1[0-7]|[1-9])(?!\d)"
        ),
    ),
    (
        Kind.MINOR,
        r"(?:就读于?|pupil (?:of|at)|student (?:of|at))\s?(?P<it>[^，。；,;\n]{2,40})",
    ),
    (
        Kind.ADDRESS,
        (
            r"(?:家庭住址|住址|居住地|现住|户籍(?:所在)?地|住于|residing at|resident at"
            r"|lives? at|home address(?: is)?)\s*[为在：:]?\s*"
            r"(?P<it>(?:[^，。；;\n.]|\.(?!\s|$)|(?<=No)\.){4,80})"
        ),
    ),
    (
        Kind.ADDRESS,
        (
            rf"{HAN}{{2,12}}?[省市区县州旗]{PLACE}{{2,40}}?\d+\s?[号弄室栋幢座]"
            rf"(?:{PLACE}{{0,20}}?(?:室|单元|房|楼|户|层))*"
        ),
    ),
    (
        Kind.ADDRESS,
        (
            r"(?-i:(?:(?:Room|Flat|Unit|Apt\.?)\s?[\w\-]+,\s*)?(?:No\.\s?)?\d+[A-Z]?,?\s"
            r"(?:[A-Z][\w'’]+\s){1,4}"
            r"(?:Road|Street|Avenue|Lane|Alley|Boulevard|Rd|St|Ave)\b)"
        ),
    ),
)

PATTERNS = tuple(
    (kind, re.compile(written, re.IGNORECASE)) for kind, written in WRITTEN
)

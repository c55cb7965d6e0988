"""The registers this house knows by name: what they are, whose, under which licence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """What is said about a register when its first right comes in."""

    title_en: str
    title_zh: str
    source: str = ""
    licence: str = ""
    url: str = ""
    registers: bool = True


# Where holders write down what no office registers.
STATED = "holders"

KNOWN: dict[str, Known] = {
    "demo": Known(
        title_en="Demonstration (fictional records)",
        title_zh="演示（虚构记录）",
        source="Hufu",
        licence="Apache-2.0",
    ),
    STATED: Known(
        title_en="Stated by holders",
        title_zh="权利人自述",
        registers=False,
    ),
    "names-in-use": Known(
        title_en="Names in use (demonstration register)",
        title_zh="在用名称（演示登记簿）",
        source="osmlab/name-suggestion-index, Open Brewery DB, Simple Icons",
        licence="BSD-3-Clause, MIT, CC0-1.0",
        url="https://github.com/osmlab/name-suggestion-index",
        registers=False,
    ),
    "us-trademarks": Known(
        title_en="Trademarks of the United States (USPTO)",
        title_zh="美国商标（美国专利商标局）",
        source="United States Patent and Trademark Office",
        licence="public domain (US government data)",
        url="https://www.uspto.gov/trademarks",
    ),
    "uk-gi-register": Known(
        title_en="Protected geographical food and drink names (United Kingdom)",
        title_zh="受保护的地理食品和饮料名称（英国）",
        source="Department for Environment, Food & Rural Affairs",
        licence="MIT, Crown copyright",
        url="https://www.gov.uk/protected-food-drink-names",
    ),
}


def known(code: str) -> Known:
    """Say what is known about a register; of a strange one only its name."""
    return KNOWN.get(code) or Known(title_en=code, title_zh=code)

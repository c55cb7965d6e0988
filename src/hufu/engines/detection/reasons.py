"""Every reason a matcher may give: the words that people read."""


def _(text: str) -> str:
    """Mark words for the catalogue; whoever shows them translates them."""
    return text


# Kept matches name their reasons by these codes: a code is never taken out.
REASONS: dict[str, str] = {
    "brand_equals": _("The seller names “%(mark)s” as the brand"),
    "brand_contains": _("The brand named by the seller contains “%(mark)s”"),
    "title_equals": _("The title is the mark “%(mark)s” itself"),
    "title_contains": _("The title contains the mark “%(mark)s”"),
    "shop_contains": _("The name of the shop contains the mark “%(mark)s”"),
    "description_contains": _("The description contains the mark “%(mark)s”"),
    "domain_contains": _("The domain name contains the mark “%(mark)s”"),
    "joined": _("Written with other spaces than the mark “%(mark)s”"),
    "invisible": _("“%(part)s” hides invisible characters in the mark “%(mark)s”"),
    "drawn_alike": _("“%(part)s” writes “%(mark)s” with look-alike letters or digits"),
    "accents": _("“%(part)s” is the mark “%(mark)s” but for its accents"),
    "variants": _("“%(part)s” writes the mark “%(mark)s” in variant characters"),
    "inside_word": _("“%(part)s” inside a longer word is the mark “%(mark)s”"),
    "typo": _("“%(part)s” differs from the mark “%(mark)s” by one letter"),
    "typo_inside": _("“%(part)s”, in a longer word, is one letter off “%(mark)s”"),
    "two_edits": _("“%(part)s” differs from the mark “%(mark)s” by two letters"),
    "sounds_like": _("“%(part)s” sounds like the mark “%(mark)s”"),
    "spelling": _("“%(part)s” spells the mark “%(mark)s” in another script"),
    "homophone": _("“%(part)s” is pronounced like the mark “%(mark)s”"),
    "look_alike": _("“%(part)s” has a character that looks like one of “%(mark)s”"),
    "known_name": _("“%(part)s” is known as the name of “%(mark)s” in another script"),
    "part_of_name": _("“%(part)s” is a part of the mark “%(mark)s”"),
    "named_first": _("The title begins with the mark"),
    "whole_text": _("Nothing else is written there"),
    "distinctive": _("A long name is seldom met by chance"),
    "short": _("A short name is often met by chance"),
    "common_word": _("“%(word)s” is a word of many marks"),
    "everyday_word": _("“%(word)s” is also a word of everyday language"),
    "cuts_words": _("“%(word)s” lies across the words of the text"),
    "rest_known": _("The rest of the word is made of common words"),
    "number": _("The mark is a number"),
    "digits": _("“%(word)s” has digits, as codes of goods have"),
    "description_only": _("The mark stands in the description only"),
    "among": _("Compared with %(count)s marks; among more, chance is likelier"),
    "class_agrees": _("The goods fall in class %(classes)s of the mark"),
    "class_differs": _("The goods (class %(classes)s) are outside the mark's classes"),
    "betrays": _("The words “%(word)s” are typical of imitations"),
    "cheap": _("The price %(price)s is far below the usual one, %(usual)s"),
    "bulk": _("%(quantity)s pieces are offered at once"),
    "refers": _("“%(word)s” may only say what the goods are made for"),
    "accessory": _("“%(word)s” is an accessory; the mark may only name the device"),
    "second_hand": _("“%(word)s” suggests genuine goods that are sold again"),
    "review": _("“%(word)s” suggests that the goods are only spoken of"),
    "other_brand": _("The seller names another brand: %(brand)s"),
    "authorised_seller": _("The seller is authorised by the holder"),
    "owner_sells": _("The seller is the holder"),
}

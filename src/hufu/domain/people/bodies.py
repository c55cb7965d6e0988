"""Which kinds of agency stand for a body that the law names."""

KINDS = {
    "amr": ("market",),
    "cnipa": ("ip_office",),
    "ip_office": ("ip_office", "market"),
    "copyright": ("copyright", "culture"),
    "culture_team": ("culture", "copyright"),
    "agriculture": ("agriculture",),
    "forestry": ("forestry",),
    "customs": ("customs",),
    "police": ("police",),
}

"""Words that betray an imitation, and words that excuse naming a mark."""

# Words that sellers of imitations use to say what they sell.
BETRAYING = (
    "高仿",
    "精仿",
    "复刻",
    "原单",
    "尾单",
    "莆田",
    "a货",
    "超a",
    "1比1",
    "replica",
    "replicas",
    "knockoff",
    "knock off",
    "aaa",
    "aaa quality",
    "mirror quality",
    "1 1 quality",
    "super copy",
)

# Trademark Law of China, article 59, and its like elsewhere: whoever says truthfully
# what the goods fit does not use the mark as a mark.
REFERRING_BEFORE = (
    "for", "for the", "for your", "fits", "fit", "fit for", "compatible",
    "compatible with", "works with", "designed for", "made for", "replacement",
    "replacement for", "replaces", "suitable for", "to fit", "aftermarket", "fur",
    "fuer", "kompatibel", "kompatibel mit", "passend zu", "pour", "compatible avec",
    "para", "compatible con", "compativel com", "per", "compatibile con", "compatibile",
    "adatto a", "voor", "适用", "适用于", "适配", "兼容", "可用于", "适合", "替代",
)  # fmt: skip
REFERRING_AFTER = (
    "compatible", "compatibles", "kompatibel", "kompatible", "compatibile",
    "compatibili", "compativel", "适用", "专用", "通用", "可用",
)  # fmt: skip

# What is put on a device, what loads it, and what else is made for one. Of Latin words
# the plural with "s" is meant as well.
WORN = (
    "case", "cover", "skin", "sleeve", "pouch", "holster", "screen protector",
    "screen shield", "portfolio", "folio", "film", "bumper", "shield", "guard",
    "screen guard", "armor", "hard shell", "hardshell", "snap on", "faceplate", "flip",
    "tempered glass", "protection", "anti glare", "decal", "sticker", "hulle", "huelle",
    "schutzhulle", "schutzhuelle", "handyhulle", "handyhuelle", "silikonhulle",
    "schutzfolie", "displayschutz", "displayfolie", "panzerglas", "panzerfolie",
    "schutzglas", "funda", "carcasa", "lamina protectora", "vidrio templado",
    "cristal templado", "capinha", "pelicula", "coque", "etui", "housse",
    "verre trempe", "custodia", "pellicola", "vetro temperato", "手机壳", "保护壳",
    "外壳", "保护套", "手机套", "皮套", "贴膜", "钢化膜", "保护膜", "手机膜", "软壳",
    "硬壳", "键盘膜", "镜头膜", "内胆包", "贴纸", "耳机套", "后盖",
)  # fmt: skip
POWER = (
    "charger", "charging", "adapter", "adaptor", "power supply", "power cord",
    "battery", "batteries", "ladegerat", "ladegeraet", "ladekabel", "netzteil", "akku",
    "ersatzakku", "cargador", "bateria", "carregador", "chargeur", "batterie",
    "caricabatterie", "batteria", "充电器", "充电线", "电源线", "适配器", "电池",
)  # fmt: skip
ACCESSORIES = (
    *WORN, *POWER, "protector", "accessory", "accessories", "attachment", "spare part",
    "replacement part", "cable", "docking station", "dock", "mount", "mnt", "holder",
    "stand", "handy stand", "kickstand", "bracket", "cradle", "tripod", "strap", "band",
    "armband", "lanyard", "clip", "grip", "wallet", "bag", "backpack", "pad", "mat",
    "kit", "car kit", "stylus", "remote", "keyboard", "headset", "earphone", "earbud",
    "headphones", "speaker", "receiver", "memory", "cartridge", "toner", "drum",
    "ribbon", "printhead", "fuser", "refill", "filter", "lamp", "lens cap", "lens hood",
    "sun shade", "digitizer", "bezel", "hinge", "wiper blade", "brush head",
    "halterung", "handyhalterung", "autohalterung", "patrone", "patronen",
    "druckerpatrone", "druckerpatronen", "tintenpatrone", "tintenpatronen", "zubehor",
    "zubehoer", "ersatzteil", "ersatzteile", "soporte", "cartucho", "correa",
    "repuesto", "recambio", "accesorio", "suporte", "pulseira", "cartouche",
    "accessoire", "piece detachee", "cartuccia", "cartucce", "cinturino", "ricambio",
    "ricambi", "accessori", "数据线", "表带", "腕带", "支架", "底座", "配件", "墨盒",
    "硒鼓", "碳粉", "粉盒", "色带", "滤芯", "滤网", "刷头", "替换头", "尘袋", "触控笔",
    "手写笔", "脚垫", "座套", "雨刮",
)  # fmt: skip

# Of them, what makers of bags sell under their own name (Nice class 18).
CARRIED_CLASS = 18
CARRIED = ("bag", "backpack", "wallet", "pouch")

# Devices that a maker's name is joined to: a "laptop charger" is a charger.
DEVICES = (
    "laptop", "notebook", "netbook", "phone", "cell phone", "mobile phone",
    "smartphone", "tablet", "camera", "camcorder", "printer", "projector", "console",
    "watch", "smartwatch", "handy", "drucker", "kamera", "portatil", "telefono",
    "impresora", "camara", "imprimante", "telephone", "stampante", "手机", "笔记本",
    "平板", "相机", "打印机", "手表",
)  # fmt: skip

# What a seller may say before the name of the maker itself.
PRAISE = (
    "new", "brand new", "genuine", "original", "authentic", "official", "neu", "nuevo",
    "nueva", "neuf", "nuovo", "originale", "正品", "原装", "正版", "官方",
)  # fmt: skip
# Words written with a letter of their own, which are no names: "t-shirt".
LETTERED = (
    "shirt", "shirts", "neck", "line", "bike", "book", "books", "reader", "cigarette",
    "scooter", "string", "strap", "bar", "pin", "ring", "ray", "mail", "shape", "type",
    "pack", "piece", "speed", "fold", "ply", "inch", "port", "in", "on", "pc", "way",
)  # fmt: skip

# What shops add to the name of what they sell, or claim to be.
SHOPS = (
    "shop", "shops", "shopping", "store", "stores", "outlet", "outlets", "mall",
    "market", "boutique", "factory", "depot", "sale", "sales", "deal", "deals",
    "discount", "discounts", "cheap", "wholesale", "clearance", "bargain", "buy",
    "order", "online", "official", "authentic", "direct", "retail", "seller", "laden",
    "geschaeft", "kaufen", "angebot", "angebote", "rabatt", "guenstig", "offiziell",
    "magasin", "boutiques", "soldes", "promo", "acheter", "officiel", "tienda",
    "tiendas", "oferta", "ofertas", "comprar", "oficial", "loja", "lojas", "negozio",
    "saldi", "sconti", "offerte", "ufficiale", "winkel", "korting", "kopen", "sklep",
    "butik", "uk", "usa", "eu",
)  # fmt: skip

# Whoever resells genuine goods may name them.
SECOND_HAND = (
    "second hand",
    "secondhand",
    "pre owned",
    "preowned",
    "used",
    "refurbished",
    "remanufactured",
    "vintage",
    "gebraucht",
    "usato",
    "occasion",
    "二手",
    "闲置",
    "自用",
    "转让",
    "九成新",
    "翻新",
)
# Whoever writes about goods may name them.
REVIEWS = (
    "review",
    "reviews",
    "unboxing",
    "compared",
    "comparison",
    "vs",
    "versus",
    "alternative to",
    "introduction to",
    "guide to",
    "tutorial",
    "handbook",
    "评测",
    "测评",
    "开箱",
    "对比",
    "平替",
)

"""The social platform that words name, in any language: "a Telegram channel", "엑스 계정", "в соцсети X"."""

import re
from functools import cache
from typing import get_args

from provenance.records import Platform

NAMES: dict[Platform, str] = {
    "telegram": "telegram|telegrams|텔레그램|テレグラム|телеграм\\w*|телеграмм\\w*|टेलीग्राम|تلغرام|تيليغرام|تلگرام|電報|טלגרם|t\\.me",
    "x": "twitter|tweet|tweets|tweeted|트위터|엑스|твиттер\\w*|推特|ツイッター|ट्विटर|تويتر|توییتر",
    "facebook": "facebook|페이스북|фейсбук\\w*|フェイスブック|脸书|臉書|फेसबुक|فيسبوك|fb\\.com|fb\\.watch",
    "instagram": "instagram|인스타그램|инстаграм\\w*|インスタグラム|इंस्टाग्राम|إنستغرام|اینستاگرام",
    "tiktok": "tiktok|tik tok|틱톡|тикток\\w*|抖音|ティックトック|تيك توك",
    "youtube": "youtube|유튜브|ютуб\\w*|ユーチューブ|油管|यूट्यूब|يوتيوب",
    "vk": "vk|vkontakte|вконтакте|вк",
    "bluesky": "bluesky|블루스카이",
    "threads": "threads app|쓰레드",
    "mastodon": "mastodon",
    "reddit": "reddit|레딧",
    "weibo": "weibo|微博|웨이보|ウェイボー",
    "rumble": "rumble",
    "odysee": "odysee",
    "dailymotion": "dailymotion",
    "vimeo": "vimeo",
    "whatsapp": "whatsapp|왓츠앱|واتساب|व्हाट्सएप",
}
X_ALONE = re.compile(
    r"(?<![\w@])X(?=\s+(?:account|post|user|page|thread|profile|formerly)|,? formerly|\s*\(|\s*[·・]\s*옛|계정|의?公式|の|에|上|平台|から|より|/|$)"
    r"|(?:\b(?:on|via|to|auf|no|en|su|sur|na|pe|соцсети|сети|соцмережі|cuenta de|perfil en)|/)\s*X(?![\w-])"
)
"""The one-letter name counts only where its neighbours show that it is a network."""


@cache
def _pattern() -> re.Pattern[str]:
    groups = [f"(?P<{name}>{NAMES[name]})" for name in get_args(Platform) if name in NAMES]
    return re.compile(r"(?<![a-z0-9])(?:" + "|".join(groups) + r")(?![a-z0-9])", re.IGNORECASE)


def platform_of(text: str) -> Platform | None:
    """The platform that a stretch of text names first; None when it names none."""
    match = _pattern().search(text)
    if match:
        return next(p for p in NAMES if p == match.lastgroup)
    return "x" if X_ALONE.search(text) else None

"""Which language a text is in, by its commonest words and its script."""

from __future__ import annotations

import re
from collections import Counter

_STOP_WORDS = {
    "en": "the of and to in that is was for with on by has have its from this would had are it",
    "fr": "le la les des et du une est dans que pour qui sur avec par au aux ses cette été",
    "de": "der die das und den von ist mit für nicht dem auf ein eine im sich des auch als wurde",
    "es": "el los las una y que del en es por con para se al su más pero ha sus como",
    "it": "il di che e la gli è una per con del della non sono alla nel dei delle ha anche",
    "pt": "o os as uma e que do da em não é com para por dos das ao no na foi",
    "nl": "de het een en van is dat op te niet met voor zijn aan er ook door werd bij naar",
    "pl": "i w na z do się nie że jest to przez dla od po o jak oraz był które przy",
    "tr": "ve bir bu da de için ile olarak olan daha gibi sonra kadar çok ise değil ancak",
    "ru": "и в на не что с по для это как из за от но его при был также уже",
    "uk": "і в на не що з до для це як із за від але його та був також вже є",
}
_SCRIPTS = (
    ("he", re.compile("[\u0590-\u05ff]")),
    ("fa", re.compile("[پچژگ]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
)
_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language of the first 20,000 characters, null if too short to tell."""
    sample = text[:_SAMPLE]
    letters = sum(char.isalpha() for char in sample)
    if letters < 3:
        return None
    for code, script in _SCRIPTS:
        share = len(script.findall(sample)) / letters
        if share > (0.02 if code == "fa" else 0.4 if code not in {"ja"} else 0.1):
            return code
    counts = Counter(word.lower() for word in _WORD.findall(sample))
    scores = {
        code: sum(counts[word] for word in words.split()) for code, words in _STOP_WORDS.items()
    }
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    (best, hits), (_, second) = ranked[0], ranked[1]
    return best if hits > second else None

"""The wording of page furniture: share bars, widgets, cookie notes, credits, section ends.

Written for sites at large, not for one: a pattern names a habit of the web, and each applies
to short blocks only, so that a paragraph that talks about cookies or comments stays text.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FLAGS = re.IGNORECASE
_AGENCY = (
    r"(?:getty(?: images)?|reuters|afp|ap|ap photo|epa(?:-efe)?|efe|tass|sputnik|ria novosti|irna|"
    r"isna|mehr|tasnim|xinhua|anadolu(?: agency)?|dpa|pa|alamy|shutterstock|istock|wikimedia"
    r"(?: commons)?|wana|bloomberg|nurphoto|zuma(?: press)?|maxar(?: technologies)?|planet labs)"
)
_SOCIAL = (
    r"(?:twitter|x|facebook|instagram|youtube|telegram|whatsapp|linkedin|tiktok|reddit|pinterest|"
    r"threads|bluesky|mastodon|vk|viber|messenger|flipboard|rss|odnoklassniki|pocket|weibo|signal)"
)
_UNIT = r"(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s?"

_WHOLE = re.compile(
    r"(?:"
    rf"{_SOCIAL}(?:[\s,|/·•]+{_SOCIAL})*|"
    r"shares?|tweet|e-?mail|print(?: this)?(?: article| page)?|copy(?: the)? link|link copied!?|"
    r"save(?: for later| article)?|likes?|dislike|follow|follow us|subscribe(?: now)?|"
    r"sign ?(?:in|up)|log ?(?:in|out)|register|menu|search|close|home(?: ?page)?|contact(?: us)?|"
    r"about(?: us)?|skip to (?:main )?content|advertisements?|ads?|sponsored(?: content)?|"
    r"promoted|paid content|load(?:ing|er)(?:\.{3}|…)?|read more|more|"
    r"(?:load|show|view|see) (?:all|more|less)(?: \w+){0,3}|next|prev(?:ious)?|"
    r"next (?:article|story|post)|previous (?:article|story|post)|back(?: to top)?|to top|top|"
    r"play|pause|mute|listen(?: to (?:this )?(?:the )?(?:article|story))?|watch|download(?: pdf)?|"
    r"bookmark|gift(?: this)? article|text size|font size|a\s*[+-]|[+-]|reply|report|edited|"
    r"\(edited\)|moderator|accept(?: all)?|reject(?: all)?|decline|manage (?:cookies|preferences)|"
    r"app ?store|play ?market|google ?play|breaking(?: news)?|live|video|podcasts?|gallery|"
    r"no items found\.?|no name|set|active: \d+|\d+|page \d+(?: of \d+)?|\d+ of \d+|"
    r"[-–—|•·*_=.]+|[\w.+-]+@[\w-]+\.[\w.]+|(?:https?://|www\.)\S+|"
    r"поделиться|ссылка скопирована|реклама|подписаться|читать далее|загрузка|печать|"
    r"partager|imprimer|publicité|s['’]abonner|teilen|drucken|anzeige|abonnieren|compartir|"
    r"imprimir|publicidad|suscribirse|condividi|stampa|udostępnij|paylaş"
    r")",
    _FLAGS,
)
_START = re.compile(
    r"(?:"
    r"\d[\d.,]*\s*k?\s*(?:comments?|shares?|views?|likes?|reads?|reactions?|followers|"
    rf"min(?:ute)?s?\.? read|{_UNIT} ago)\b|"
    r"(?:comments?|shares?|views?|likes?|reads?|просмотр\w*|reading time)\s*[:(]\s*\d|"
    r"(?:share|tweet|post|pin|send|e-?mail|print|save|bookmark|copy)"
    r"(?:-?\w+)? (?:this|on|via|with|to|it on|by|the (?:article|story|post|page)|link)\b|"
    r"(?:liked?|enjoy(?:ed)?) (?:the|this|what)\b|"
    rf"(?:follow|find|join|like|watch) (?:us|me|our|@?\w+(?: \w+)?) (?:on|via|at) {_SOCIAL}\b|"
    r"follow us\b|subscribe (?:to|now|today|for|here)\b|sign up (?:for|to|now|here)\b|"
    r"(?:log|sign) in to\b|already (?:a|have an?) (?:subscriber|member|account)|"
    r"(?:create|get) (?:a|an|your) (?:free )?account|become a (?:member|subscriber|patron)|"
    r"support (?:our|independent|quality) (?:journalism|work|reporting|media)|donate\b|"
    r"enter your e-?mail|your e-?mail\b|get (?:the|our) .{0,40}(?:newsletter|in your inbox|app)\b|"
    r"thank(?:s| you)(?: you)? for (?:subscribing|signing|reading|your (?:submission|comment))|"
    r"thank you! your submission|oops! something went wrong|something went wrong\b|"
    r"be the first to\b|someone is typing|your comment\b|leave a (?:comment|reply)|"
    r"post a comment|add a comment|write a comment|comments are (?:closed|off|moderated)|"
    r"this is (?:the actual|a sample|a test|a placeholder) comment|lorem ipsum|"
    r"please (?:enable|turn on|log|sign|enter|wait)\b|enable javascript|javascript is\b|"
    r"(?:related|recommended)(?: article| reading| stor(?:y|ies)| content| post| news| link|"
    r" coverage| topic| video)?s?\s*[:|–—-]|"
    r"(?:read|see|watch|listen|hear|view)(?: (?:more|also|next|too|on|this|it))+\s*[:|–—-]|"
    r"read (?:more|also|next) (?:on|about|in|from|at)\b|(?:more|also) (?:on|from|in) [^.]{1,60}$|"
    r"see also\b|don['’]t miss\b|(?:topics?|tags?|filed under|keywords?|categor(?:y|ies)|"
    r"posted in|section)\s*:|(?:published|posted|edited|updated) by\b|"
    r"(?:source|via|url|link|web|e-?mail|tel|phone|contact|byline)\s*:\s*\S+$|"
    r"читайте также|подпис\w+ на|поделит\w+ |фото\s*:|комментари\w+\s*[:(]|lire aussi|à lire aussi|"
    r"lesen sie auch|mehr zum thema|lea también|le puede interesar|te puede interesar|leggi anche"
    r")",
    _FLAGS,
)
_ANYWHERE = re.compile(
    r"©|\(c\) ?(?:19|20)\d\d|\bcopyright\b|all rights reserved|rights? reserved\b|"
    r"terms (?:of|and) (?:use|service|conditions)|privacy (?:policy|notice|settings)|"
    r"\b(?:use|reproduction|republication|reprint\w*|copying) of (?:any |our |these |all )?"
    r"(?:materials?|content|articles?|text)\b|"
    r"cookies? (?:polic|setting|preference|notice|consent|banner)|"
    r"\b(?:we|website|site|page|portal|partners)\b.{0,60}\bcookies\b|"
    r"\bcookies\b.{0,40}\b(?:to improve|"
    r"experience|consent|accept)\b|"
    r"\bnewsletter\b.{0,60}\b(?:inbox|sign|subscrib\w+|e-?mail|deliver\w*)\b|"
    r"\b(?:inbox|sign up|subscribe|delivered)\b.{0,60}\bnewsletter\b|\bto your inbox\b|"
    r"\bon social media!|\bad ?block(?:er)?\b|\btap here to\b|\bclick here (?:to|for)\b|"
    r"\bdownload (?:our|the) app\b|\bunsubscribe\b|\bview (?:this e-?mail )?in (?:your )?browser\b|"
    r"политик\w+ конфиденциальности|все права защищены|файлы cookie|tous droits réservés|"
    r"alle rechte vorbehalten|todos los derechos reservados",
    _FLAGS,
)
_DISCLAIMER = re.compile(
    r"(?:views?|opinions?|analysis|positions?|"
    r"assessments?)\b.{0,120}\b(?:do(?:es)? not|don['’]t|may "
    r"not|are not|solely|are those of|are the author)\b.{0,160}\b(?:reflect|represent|"
    r"author|those of|"
    r"own|position|necessarily|polic(?:y|ies))\b|"
    r"^(?:this|the) (?:article|piece|story|essay|column|post|op-?ed|report) (?:was|is|has been|"
    r"first|originally) .{0,40}(?:published|appeared|republished|reprinted|syndicated|updated|"
    r"corrected|part of)\b|"
    r"^(?:originally|first) (?:published|appeared)\b|^(?:reporting|editing|additional reporting|"
    r"writing|compiled|translated) by\b|^(?:correction|editor['’]s note|disclaimer)\s*:|"
    r"\bis (?:a|an|the) (?:\S+ ){0,6}?(?:fellow|reporter|correspondent|editor|columnist|"
    r"contributor|professor|lecturer|journalist|freelancer?)\b.{0,80}\b(?:at|for|of|"
    r"with|in|based)\b",
    _FLAGS,
)
_BIOGRAPHY = re.compile(
    r"(?:the author|[A-ZÀ-Ý][\w.'’-]+(?: [A-ZÀ-Ý][\w.'’-]*){1,3}),? is (?:a|an|the) (?:\S+ ){0,6}?"
    r"(?:fellow|reporter|correspondent|editor|columnist|contributor|professor|lecturer|journalist)"
    r"\b[^.?!]*[.]?",
)
_CREDIT = re.compile(
    rf"^(?:file )?(?:photo|image|picture|illustration|graphic|video|map|photograph|"
    rf"caption|fig(?:ure)?\.?)"
    rf"s?(?: (?:credit|by|courtesy(?: of)?|source|\d+))*\s*[:/©|]|^(?:credits?|"
    rf"getty images)\b\s*[:/]?|"
    rf"[\s(/|–—:-]{_AGENCY}(?:\s*/\s*[\w .-]{{1,40}})?\s*[)\]]?\.?\s*$|"
    rf"\((?:file )?(?:photo|image|picture|credit|courtesy)\b[^)]{{0,80}}\)\.?\s*$|\bfile photo\b|"
    rf"\((?:[\w .'-]{{1,40}}[/|,] ?)?{_AGENCY}(?:[/|, ][^)]{{0,40}})?\)\.?\s*$|"
    rf"[.!?”\"’]\s+[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{{2,3}}|info)\s*$",
    _FLAGS,
)
_BYLINE = re.compile(
    r"^(?i:by|written by|story by|analysis by|author|words by|von|por|автор)\s*:?\s+"
    r"(?P<name>[A-ZÀ-ÝА-Я][\w.'’-]+(?:,? (?:and |& |[a-z]{1,3} )?[A-ZÀ-ÝА-Я][\w.'’-]*){1,8})"
    r"(?:\s*[,|–—-].{0,60})?$"
)
_BY_ALONE = re.compile(r"(?:by|written by|author|authors)\s*:?", _FLAGS)
_COMMENTS = re.compile(
    r"(?:\d+ )?(?:reader )?(?:comments?|responses|replies|discussion)(?: ?\(?\d+\)?)?:?|"
    r"(?:leave|post|add|write) a (?:comment|reply)|join the (?:conversation|discussion)|"
    r"what do you think\??|have your say|(?:комментарии|commentaires|kommentare|comentarios)"
    r"(?: ?\(?\d+\)?)?|about the authors?|(?:end|foot)?notes|references|bibliography|works cited",
    _FLAGS,
)
_RELATED = re.compile(
    r"(?:related|recommended)(?: (?:articles?|stor(?:y|ies)|content|posts?|news|links?|coverage|"
    r"topics?|reading|videos?|for you))?|(?:more|other|latest|top|popular|trending|must-read) "
    r"(?:stories|news|articles|posts|headlines|coverage|videos|topics|reads)|"
    r"more (?:on|from|in|about) [^.]{1,60}|(?:read|up|watch|what to read) next|read (?:more|also)|"
    r"most (?:read|popular|viewed|shared|commented)|trending(?: now)?|latest|"
    r"you (?:may|might) (?:also )?(?:like|enjoy|be interested in)|(?:our )?newsletters?|"
    r"editor['’]?s?['’]? (?:picks?|choice)|in case you missed it|don['’]t miss|"
    r"sponsored(?: content)?|"
    r"from (?:our|the) (?:partners|web)|around the web|see also|further reading|explore more|"
    r"читайте также|похожие (?:статьи|новости)|новости по теме|à lire aussi|lire aussi|"
    r"articles? (?:liés|similaires)|mehr zum thema|das könnte sie auch interessieren|"
    r"(?:noticias|artículos) relacionad[oa]s|leggi anche",
    _FLAGS,
)
_MARKUP = re.compile(r"^[*_>#\s]+|[*_\s]+$")
_LONGEST = 600
_ANYWHERE_WORDS = (
    "©", "(c)", "copyright", "rights", "terms", "privacy", "use of", "reproduction", "republi",
    "reprint", "copying", "cookie", "newsletter", "inbox", "social media", "block", "tap here",
    "click here", "app", "subscri", "browser", "конфиденц", "права", "droits", "rechte",
    "derechos",
)  # fmt: skip
_NOTICE_WORDS = (
    "view", "opinion", "analysis", "position", "assessment", "published", "appeared", "reporting",
    "editing", "writing", "compiled", "translated", "correction", "editor", "disclaimer", "fellow",
    "reporter", "correspondent", "column", "contribut", "profess", "lectur", "journalist",
    "freelanc", "article", "piece", "story", "essay", "post", "report",
)  # fmt: skip


@lru_cache(64)
def bare(block: str) -> str:
    """A block without Markdown emphasis, its line breaks as spaces, at most 600 characters."""
    return _MARKUP.sub("", " ".join(block[:_LONGEST].split()))


def is_furniture(block: str) -> bool:
    """True for a share bar, menu word, cookie note, widget text, credit or 'related' line."""
    return len(block) < _LONGEST and _is_furniture(block)


@lru_cache(4096)
def _is_furniture(block: str) -> bool:
    plain = bare(block)
    if plain.startswith(("![", "<!--", "[![")):
        return True
    words = len(plain.split())
    if _WHOLE.fullmatch(plain) is not None:
        return True
    return words <= 45 and (
        _START.match(plain) is not None
        or _says_anywhere(plain)
        or is_credit(plain)
        or (words <= 30 and _BIOGRAPHY.fullmatch(plain) is not None)
        or (words <= 25 and _DISCLAIMER.match(plain) is not None)
    )


def is_credit(plain: str) -> bool:
    """True for a caption that ends in a credit, or a credit alone."""
    if len(plain.split()) > 60:
        return False
    return (
        _CREDIT.match(plain) is not None
        or _CREDIT.search(plain, max(1, len(plain) - 100)) is not None
    )


def is_disclaimer(block: str) -> bool:
    """True for a notice about the piece or its author, as stands after the text."""
    plain = bare(block)
    if len(plain.split()) > 60:
        return False
    lowered = plain.lower()
    noticed = any(word in lowered for word in _NOTICE_WORDS)
    return (noticed and _DISCLAIMER.search(plain) is not None) or _says_anywhere(plain)


def _says_anywhere(plain: str) -> bool:
    lowered = plain.lower()
    if not any(word in lowered for word in _ANYWHERE_WORDS):
        return False
    return _ANYWHERE.search(plain) is not None


def byline_name(block: str) -> str | None:
    """The author that a byline names."""
    match = _BYLINE.match(bare(block)) if len(block) <= 160 else None
    return match["name"].strip(" ,") if match is not None else None


def is_byline(block: str) -> bool:
    """True for `By Name`, or for `By` alone with the name on the next line."""
    return byline_name(block) is not None or is_byline_opening(block)


def is_byline_opening(block: str) -> bool:
    """True for `By` alone."""
    return len(block) <= 20 and _BY_ALONE.fullmatch(bare(block)) is not None


def opens_comments(block: str) -> bool:
    """True for the heading of a comment section, or of notes that follow the text."""
    return len(block) <= 60 and _COMMENTS.fullmatch(bare(block).rstrip(":")) is not None


def opens_related(block: str) -> bool:
    """True for the heading of a block of other articles."""
    return len(block) <= 80 and _RELATED.fullmatch(bare(block).rstrip(":")) is not None

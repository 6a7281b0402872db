"""What page furniture looks like: data only, general, for English-language sites.

Patterns are matched against straightened text (see `lines.straighten`), ignoring case unless said.
"""

from __future__ import annotations

import re
from typing import Final

# Case matters: "AP" is an agency, "ap" is not a word to stumble over.
_AGENCY: Final = (
    r"(?-i:REUTERS|Reuters|Getty(?: Images)?|Associated Press|AP|AFP|EPA|UPI|Bloomberg|POLITICO|"
    r"NPR|"
    r"CNN|USA TODAY|ZUMA|Zuma|Landov|LANDOV|Shutterstock|iStock|Alamy|Wire[Ii]mage|Rex Features|"
    r"Xinhua|"
    r"TASS|PA Wire|Press Association|[Hh]andout|File [Pp]hoto|Flickr|Pixabay|Unsplash|Sipa|"
    r"NurPhoto)"
)
_PIECE: Final = r"(?:article|story|column|post|piece|op-ed|report|essay|commentary|interview)"
_NAME: Final = r"[A-Z][\w'.-]+(?: (?:[A-Z][\w'.-]*|de|la|van|von|der|bin|al|and)){0,5}"

# A sentence or line that begins so is furniture wherever it stands.
_STARTS: Final = (
    # newsletters, accounts, subscriptions, donations
    r"(?:please )?(?:sign up|subscribe|log ?in|sign in)\b",
    r"register (?:now|here|today|for (?:free|our|the))\b",
    r"(?:want|like) (?:more|this|to)\b.*\b(?:inbox|newsletter|delivered)\b",
    r"(?:get|receive|join|try|download|choose)\b.{0,80}\b(?:newsletters?|inbox|"
    r"(?:news|e-?mail|text) alerts?|(?:our|the) (?:\w+ ){0,2}app)\b",
    r"get (?:the facts|unlimited|full access|our|all the)\b",
    r"(?:view all |manage |our |more |all )?(?:[\w.']+ ){0,4}newsletters?(?: sign ?up)?\.?$",
    r"by (?:signing|subscribing|submitting|clicking|providing|entering|registering|"
    r"continuing)\b.*\b(?:you|i) (?:agree|consent|accept)\b",
    r"(?:you|i) (?:agree|consent|can|may|will)\b.*\b(?:unsubscribe|opt[- ]?out|"
    r"privacy policy|terms of (?:use|service)|receive (?:e-?mails?|occasional|updates))\b",
    r"this (?:site|form|page) is protected by\b",
    r"please verify you\b",
    r"(?:in)?valid e-?mail",
    r"please (?:re-?enter|enter a valid|try again)\b",
    r"an error has occurred",
    r"thank(?:s| you) for (?:subscribing|signing up|registering|reading)\b",
    r"you must (?:select an?|enter an?|be logged in)\b",
    r"(?:already|not(?: yet)?) an? (?:subscriber|member)(?: yet)?\?",
    r"become an? (?:\w+ )?(?:subscriber|member (?:today|now|to (?:read|get|support)))\b",
    r"support (?!for )(?:[\w.']+ ){0,3}(?:journalism|reporting)\b",
    r"your (?:financial )?contribution (?:will|to)\b",
    r"(?:please )?(?:consider (?:making a (?:\w+ )?(?:donation|contribution)|"
    r"donating|supporting (?:us|our)|becoming a (?:member|subscriber|supporter))|"
    r"donate (?:now|today|here))\b",
    r"(?:a )?(?:daily|weekly) (?:roundup|update|summary|digest|briefing)\b",
    r"add (?:interest\b|.{1,60} as an interest\b)",
    r"(?:also |and )?(?:you can )?(?:also )?(?:subscribe (?:to|now|today|here)|contact us)\b",
    r"you(?:'ll| will) receive\b",
    r"(?:submit|send|got) an? (?:news )?(?:tip|letter)\b",
    r"we want to (?:hear|know) what you think\b",
    r"to (?:respond to|read more) .{0,20}\b(?:columns?|editorials?)\b",
    r"this is an opinion (?:column|piece|article)\b",
    # advertising, sharing, players, related stories
    r"-*\[?(?:advertisements?|advertising|sponsored(?: content)?|promoted|"
    r"ad)\]?\b[:.]?(?: continue.*)?$",
    r"(?:story|article|content|text|post) continue[sd]? (?:below|after)\b",
    r"continue reading\b",
    r"(?:(?:share|tweet|pin|post|print|save|e-?mail|comments?|facebook|twitter|x|linkedin|"
    r"whatsapp|reddit|pinterest|telegram|flipboard|copy|link|embed|play|close|menu|search|"
    r"home|skip|subscribe|follow|like|reply|on|via|this|article|story|page|to|by|now|\d+)\b"
    r"[\s/|,&·•.:]*)+$",
    r"(?:follow|like|find|join) us\b(?: (?:on|at|here))?|(?:read or )?share (?:this|on)\b",
    r"(?:see also|related|read more|read next|more|also (?:see|read)|also on [\w ]+|see|read|"
    r"watch|listen|photos?|videos?|gallery|in pictures|in photos|check out|below|above|"
    r"full coverage|don't miss|recommended|analysis|in one chart|quiz|opinion|in the news|"
    r"story highlights|must[- ]read|up next|live(?: updates)?|(?:editors?'?s? )?(?:picks|"
    r"choice))\s*[:|]",
    r"(?:related|more|recommended|popular) (?:coverage|stories|articles?|content|posts|"
    r"videos?|links?|topics|reading|from|on|in)\b(?!.*[.]$)",
    r"\(? ?(?:also on|photos?:|watch|videos?:|full (?:results|coverage)|related|read more|"
    r"see also)\b.*\)$",
    r"(?:click|tap) (?:here|for|through|on|the)\b",
    r"(?:story highlights|more on this|go deeper)\b",  # a box of bullets in front of the article
    r"(?:(?-i:[A-Z])[\w.'-]* ){1,4}\(@\w+\) [a-z]+ \d{1,2}, \d{4}$",  # who tweeted
    r"\(?(?:laughter|applause|crosstalk)\.?\)?$",
    r"skip (?:twitter|facebook|instagram|youtube) (?:post|video)\b",
    r"(?:and )?i'll leave you with\b",
    r"(?:for|to) (?:more|read|see|watch|hear)\b.*\b(?:click|sign up|"
    r"visit (?:our|www|http|[\w.]+\.(?:com|org)))\b",
    r"visit [\w' ]+ (?:homepage|website|site)\b",
    r"(?:just watched|must watch)\b",
    r"slideshow \(",
    r"watch\b.*\b(?:ET|PT|[ap]\.?m\.?|live|below)[.]?$",
    r"listen (?:·|to (?:this|the (?:article|audio|episode|full|podcast|story)))",
    r"prev(?:ious)? image\b",
    r"image \d+ of \d+",
    r"(?:most (?:read|popular|viewed|shared|recent)|trending(?: now)?|top stories|"
    r"latest (?:news|stories)|what to read next|you (?:may|might) (?:also )?(?:like|"
    r"be interested in))\b.{0,40}$",
    r"join the (?:conversation|discussion)",
    r"(?:accept|manage|we use|this (?:site|website) uses) (?:all )?(?:cookies|preferences)\b",
    r"(?:media playback|this video) (?:is|can ?not|could not)\b.*",
    r"posted (?:by|on)\b",
    r"https?://\S+$",
    r"(?-i:CLOSE) ",
    r"\[(?:pullquote|photo|image|video|caption|gallery|embed)[^\]]*\]$",
    # captions and credits
    r"(?:file(?: photo)?|photos?|images?|pictures?|pictured|captions?|credits?|"
    r"illustration)\b(?:\s?:|\s[—–-]+\s|\s?--)",
    r"(?:enlarge|hide|view|show) (?:this |full |the )?(?:image|caption|photo|gallery)\b",
    r"(?:image|media|video|photo) (?:copyright|source|caption|credit)s?\b",
    r"(?:photo(?:graph)?s?|images?|illustrations?|graphics?|charts?|videos?) (?:by|courtesy|"
    r"via)\b",
    rf"\(?{_AGENCY}(?: photos?| images)?\s?(?:[/,|].{{0,60}})?\)?$",
    # bylines, datelines of updates, corrections, credits of the newsroom
    r"(?:by .{3,60}?)?(?:first |last |was )?(?:published|updated|posted|modified)\b.{0,20}"
    r"\d.{0,22}$",
    r"\d+ (?:years?|months?|weeks?|days?|hours?|mins?|minutes?) ago$",
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:jan|feb|mar|apr|may|jun|jul|aug|"
    r"sep|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4}.{0,30}$",
    r"contribut(?:ing|ors?):",
    r"(?:with )?(?:additional |with )?(?:reporting|writing|editing|compiled|production) by\b",
    r"(?:follow|e-?mail|contact|reach|write to|tweet) (?:\w+ ){0,4}(?:on|at|via)\b.*(?:@|"
    r"twitter|facebook|instagram|\.com)",
    r"(?:follow|tweet|e-?mail|contact) (?:\w+ )*@\w+",
    r"(?:send|submit) (?:your |story |news )?(?:tips|letters|feedback|comments|questions)\b",
    r"\[?(?:[\w.-]+ )?editor'?s'? note\b",
    r"we regret the (?:error|mistake)\b",
    r"\[?(?:correction|clarification|disclosure|disclaimer)s?:",
    r"\(?updated?\b(?: at| \d| \()",
    r"updated:",
    r"this is a (?:breaking|developing)\b",
    r"check back\b",
    rf"(?:a version of )?this {_PIECE}\b.*\b(?:originally|first|was|has been)(?: \w+)? (?:"
    rf"published|updated|appeared|corrected|produced|republished|adapted)\b",
    rf"this {_PIECE} (?:contains (?:material|information) from|appears in)\b",
    rf"this {_PIECE} (?:is|was) based (?:in part )?on .{{0,20}}\b(?:wire|reports)\b",
    r"(?-i:[A-Z])[\w .,']{3,90} contributed\.?$",
    rf"this {_PIECE} (?:is part of|(?:includes|contains|uses) (?:material|reporting) from)\b",
    r"(?:originally|first) (?:published|appeared|posted)\b",
    r"(?:copyright|\(c\)|©)",
)
# A sentence or line with this anywhere in it is furniture.
_HOLDS: Final = (
    # newsletters, accounts, subscriptions, donations
    r"\b(?:to|in|into|meet) your (?:inbox|e-?mail|mailbox)\b",
    r"\bsign up for (?:the|our)\b.{0,60}\b(?:newsletters?|e-?mails?|alerts?)\b",
    r"\bletters@|\bclick here\b",
    r"\breceives support from\b|\bproduced independently of\b|\bdoes not provide editorial\b",
    r"\bfree (?:daily |weekly |e-?mail )*(?:e-?mails?|newsletters?)\b",
    r"\bnewsletters? (?:sign ?up|here)\b",
    r"\bmanage newsletters\b",
    # advertising, sharing, players, related stories
    r"\bread more\.?$",
    r"\breplay more videos\b",
    r"\blisten · \d",
    r"\b(?:sound off|weigh in|tell us|let us know)\b.*\bcomments?\b",
    r"\{\{\w+\}\}",
    # captions and credits
    r"\btoggle caption\b",
    rf"\((?:[^()]*[/|,:]\s?|[^()]*photo(?:graph)?:? (?:by )?[^()]*){_AGENCY}[^()]*\)$",
    r"\((?:photo(?:graph)?|image|illustration|picture|screenshot)s?\s?(?:by|credit|courtesy|"
    r"via|:)[^()]*\)$",
    rf"[a-z]\s?/\s?{_AGENCY}(?:\)|$|/)",
    rf"(?:^|\s){_AGENCY}\s?/\s?(?:(?-i:[A-Z])[\w.'-]* ?){{1,4}}(?:/.*)?$",
    rf"\|\s?(?:[\w.' ]{{1,40}}/)?{_AGENCY}\b",
    # bylines, datelines of updates, corrections, credits of the newsroom
    rf"\bcontribut(?:ed|ing) to this (?:\w+ )?{_PIECE}\b",
    rf"\bwas used in this {_PIECE}\b",
    r"\b(?:can|may) be (?:reached|contacted|followed|e-?mailed) (?:at|on|via|through)\b.*"
    r"(?:@|\[email|\d{3}|twitter|facebook|instagram|e-?mail|website|\.com)",
    r"\b(?:opinions?|views?|thoughts)\b.{0,40}\bexpressed\b.{0,60}\b(?:(?:do|does) not|"
    r"necessarily|are (?:those of|his|hers?|theirs?|its|solely))\b",
    r"©",
    r"\ball rights reserved\b",
    r"\b(?:may not be (?:published|reproduced|redistributed)|reprint permission|"
    r"licensing opportunities)\b",
    r"\bavailable without charge to any\b",
    r"\bnews publisher that can provide\b",
)


def _either(alternatives: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in alternatives), re.IGNORECASE)


STARTS_FURNITURE: Final = _either(_STARTS)  # for `match`: tried once, not at every character
HOLDS_FURNITURE: Final = _either(_HOLDS)

# A line that ends in a picture credit is a caption, however many sentences it has.
CREDITED: Final = re.compile(
    rf"(?:\((?:[^()]*[/|,:]\s?|[^()]*[Pp]hoto(?:graph)?:? (?:by )?[^()]*){_AGENCY}[^()]*\)|"
    rf"\([Pp]hoto(?:graph)?s?\s?(?:by|:)[^()]*\)|"
    rf"(?:^|\s)(?:REUTERS|AP Photo|AP|Getty Images|AFP)\s?/\s?(?:[A-Z][\w.'-]* ?){{1,4}}(?:/.*)?|"
    rf"\b[A-Z][\w.'-]{{1,30}}\s?/\s?{_AGENCY}(?:/[\w ]+)?|via (?:REUTERS|Reuters|AP|Getty Images)|"
    rf"(?:Photo|Image|Video|Source|Credit)s?: ?{_AGENCY}\.?)$"
)

# Lines that open a list which runs to the end of the page.
TAIL_HEADER: Final = re.compile(
    r"^(?:related(?: (?:stories|articles|content|coverage|news|topics|links))?|"
    r"more (?:stories|on this story|from .{1,40}|news|like this)|most (?:read|popular|viewed|"
    r"shared)|"
    r"recommended(?: (?:for you|stories|reading))?|you (?:may|might) (?:also )?like|"
    r"trending(?: now)?|"
    r"read (?:more|next)|top stories|latest (?:news|stories)|(?:\d+ )?comments?|about the authors?|"
    r"explore more|keep reading|further reading|up next|don't miss)\s*:?$",
    re.IGNORECASE,
)

# "By A Name", "By A Name, The Outlet Published": upper case matters, so no IGNORECASE.
BYLINE: Final = re.compile(
    rf"^(?:By|BY|by|Written by|Story by|From)\s+(?:{_NAME}|[A-Z .,'-]+)"
    r"(?:,? (?:[A-Z][\w.&'-]*|of|for|the|and|in|staff|writer|reporter|correspondent)){0,8}"
    r"(?:\s?[,|-]? ?(?:[Pp]ublished|[Uu]pdated).{0,40})?$"
)

# A name alone after the end of the last sentence; a closing quotation mark before it would make
# the name an attribution, which is kept.
TRAILING_BYLINE: Final = re.compile(
    r"(?<=[.!?…])\s+(?:[-–—]+\s?)?(?:[Bb]y )?([A-Z][\w'’-]+(?: [A-Z]\.?| [A-Z][\w'’-]+){1,3})$"
)

# The place, date and agency before the first sentence: LONDON (Reuters) - or WASHINGTON, June 3 —
DATELINE: Final = re.compile(
    r"^(?:[A-Z][A-Z.'’-]{2,}(?:[ /][A-Z][A-Z.'’-]+){0,3})(?:, [A-Z][\w. ]{1,24}"
    r"(?:, [A-Z][\w. ]{1,20})?)?"
    r"(?: ?\([A-Z][\w .]{1,30}\))? ?(?:--|[—–-])\s+(?=\S)"
)

_TRADE: Final = (
    r"(?:writer|reporter|editor|columnist|correspondent|journalist|contributor|author|blogger|"
    r"producer|host|anchor|fellow|scholar|professor|lecturer|analyst|director|president|founder|"
    r"co-founder|chairman|attorney|lawyer|strategist|consultant|commentator|researcher|historian|"
    r"critic|novelist|photographer|ambassador|economist|executive|officer|member)"
)
# "A Name is a staff writer at …": only at the end of a page, where bios stand.
BIO: Final = re.compile(
    rf"^(?:[•*—–-]+ ?)?{_NAME}(?:, [^.]{{2,80}},)? (?:is|was|are|has been|serves as|served as|"
    rf"covers|"
    rf"writes|reports|teaches)\b.*\b(?:{_TRADE}s?|covers|writes|reports|teaches)\b"
)
# The same in its shortest form, "A Name is a political analyst at …".
BIO_PLAIN: Final = re.compile(
    rf"^(?:[•*—–-]+ ?)?{_NAME}(?:, [^.]{{2,60}},)? is (?:an?|the)? ?"
    rf"(?:[\w'-]+,? ){{0,6}}?{_TRADE}s?\b"
)
# Sentences that go on with a bio: pronoun or first name, and what only bios say.
BIO_CONTINUED: Final = re.compile(
    r"^(?:He|She|They|His|Her|Their|Follow|Email|You can|"
    r"[A-Z][a-z]+)\b.*\b(?:graduate of|lives in|enjoys|"
    r"(?:latest|new|most recent|first) book|author of|the books?|has (?:written|contributed|worked|"
    r"appeared|testified|covered)|previously|formerly|worked (?:at|for|as)|studied|website|podcast|"
    r"contributed to|served (?:as|in)|writes?|received|born|on twitter|@\w+)\b",
)
BIO_ALONE: Final = re.compile(
    r"\b(?:staff writer|contributing (?:writer|editor)|is (?:the|a|an) (?:author|co-author) of|"
    r"(?:latest|new|most recent) book is|lives in [A-Z]|graduate of|syndicated columnist|"
    r"senior fellow|(?:resident|visiting) (?:fellow|scholar)|board of contributors|"
    r"editor(?:-in-chief| in chief| at large| emeritus)|on twitter|twitter:|@\w+|\.(?:com|org|"
    r"edu)\b)",
    re.IGNORECASE,
)

SENTENCE_END: Final = re.compile(r"[.!?…:;,][\"')\]*]*\d{0,3}$|[\"'][.,;:]?$")
QUOTED_HEADING: Final = re.compile(r"^[\"'][^\"']*[^.!?,\"'][\"']$|^'.*[^.!?,']'$")
# Rough on purpose, for both ends of a paragraph only: breaks after initials, titles and months
# are the ones that would cost a sentence.
SENTENCE_BREAK: Final = re.compile(
    r"(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|Lt|St|Jr|Sr|vs|No)\.)(?<!\b(?:Mrs|Gen|Sen|Rep|Gov|"
    r"Col|Sgt|Rev|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\.)(?<!\bSept\.)"
    r"[\"')\]]*\s+(?=[\"'(\[©•—@A-Z0-9])"
)
BULLET: Final = re.compile(r"^(?:[•*·▪‣–—-]|\(?[0-9a-z]{1,2}[.)])\s")
QUESTION_HEADING: Final = re.compile(
    r"^(?:(?:and|but|so),? )?(?:what|why|how|who|where|when|which|is|are|can|could|did|do|does|"
    r"should|will|would|was|were|has|have)\b.*\?$",
    re.IGNORECASE,
)
KICKER: Final = re.compile(
    r"^(?:analysis|column|comment|editorial|exclusive|explainer|interview|letters?|opinion|review)"
    r"\s*[:|]\s*",
    re.IGNORECASE,
)
"""What stands before a headline and says of which kind the article is."""

TWEET: Final = re.compile(r"@\w{2,}|https?://|\bpic\.twitter|#\w{3,}")
QUOTE_ATTRIBUTION: Final = re.compile(r"[\"'.!?]\s?[-–—]+\s?[A-Z]|[,.!?][\"'] \w")

"""What pages that are no article say of themselves: data only, general, for English-language sites.

Matched against straightened text (see `lines.straighten`), ignoring case.
"""

from __future__ import annotations

import re
from typing import Final


def _either(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in alternatives), re.IGNORECASE)


PAYWALL: Final = _either(
    r"(?:subscribe|sign (?:in|up)|log in|register|join)(?: now| today| for free)? (?:to|and) "
    r"(?:continue|keep|read (?:the (?:full|rest|whole)|more|on|this)|unlock|"
    r"get (?:full|unlimited))",
    r"to (?:continue|keep) reading,? (?:please )?(?:subscribe|sign|log|register|this|create)",
    r"to read (?:the )?(?:full|whole|entire|rest|more)\b.{0,30}\b(?:start|subscribe|log in|"
    r"sign (?:in|up)|register|buy)\b",
    r"(?:keep|continue|start) reading (?:with|for|from) .{0,40}(?:subscription|trial|month|week)",
    r"(?:article|story|content|page|post) is (?:only |exclusively |reserved |available )*(?:for|to)"
    r" (?:our )?(?:paid |paying |premium |registered )*(?:subscribers|members|readers only)",
    r"(?:for )?(?:subscribers?|members?)[ -]only\b",
    r"you(?: ha|')?ve (?:reached|read|used) (?:your|all|the|\d+ of) .{0,30}(?:limit|free)",
    r"(?:no|\d+|one|last) (?:more )?free (?:articles?|stories) (?:left|remaining)",
    r"unlock (?:this|the full) (?:article|story)",
    r"become an? .{0,30}(?:subscriber|member) to",
    r"(?:rest|remainder) of this (?:article|story|post) is (?:for|behind|available)",
    r"(?:start|begin) your (?:free )?trial\b.{0,60}\b(?:read|access|continue)",
    r"(?:create|register for) (?:an?|your) (?:free )?account (?:to|and) (?:continue|keep|read)",
)
# schema.org: the publisher itself says that the article is behind a wall.
NOT_FREE: Final = _either(
    r'"isAccessibleForFree"\s*:\s*"?false',
    r"""itemprop=["']isAccessibleForFree["'][^>]{0,40}content=["']false""",
)
CONSENT: Final = _either(
    r"before you continue",
    r"(?:value|care about|respect) your privacy",
    r"(?:accept|manage|agree to|reject|allow) (?:all )?(?:the )?(?:use of )?cookies",
    r"we and our (?:\w+ ){0,3}(?:partners|vendors)",
    r"cookie (?:consent|preferences|settings|choices|policy)",
    r"your (?:privacy|data),? your (?:choice|experience)",
    r"(?:consent to|legitimate interests?\b.{0,80}) (?:the )?(?:use|storage|processing)",
    r"continue without accepting",
)
CONSENT_WORDS: Final = re.compile(
    r"\b(?:cookies?|consent|privacy|partners|vendors|personal(?:ised|ized)?|data|purposes?|"
    r"legitimate|advertis\w+|ads|preferences|accept|reject|agree|device|identifiers?|track\w*|"
    r"settings|store|profiles?|measurement|withdraw)\b",
    re.IGNORECASE,
)
NEEDS_SCRIPT: Final = _either(
    r"(?:enable|turn on|activate|requires?|without|need) (?:java ?script)",
    r"java ?script (?:is|must be|has been|to be)? ?"
    r"(?:disabled|required|enabled|needed|turned off|switched off)",
    r"(?:checking|verify(?:ing)?) (?:if )?(?:that )?you(?:r browser|'?re| are)(?: (?:not )?(?:a )?"
    r"(?:human|robot|bot))?",
    r"(?:are you|confirm you are|prove you are) (?:not )?(?:a )?(?:human|robot)",
    r"press (?:and|&) hold to confirm",
    r"unusual (?:traffic|activity) (?:from|detected)",
    r"(?:your|this) browser is (?:not supported|out of date|no longer supported)",
)
BOT_TITLE: Final = _either(
    r"^just a moment",
    r"^attention required",
    r"^(?:security|browser|human|bot) (?:check|verification)",
    r"^(?:are you a robot|verify(?:ing)? you|checking your browser|one more step)",
    r"^ddos protection",
)
APP_ROOT: Final = _either(
    r"""<(?:div|main|section)[^>]*\bid=["']?(?:root|app|__next|__nuxt|main-app|svelte|ember)\b""",
    r"<app-root",
    r"window\.__(?:INITIAL_STATE|NUXT|PRELOADED_STATE|APOLLO_STATE)__",
)
ERROR: Final = _either(
    r"^(?:http )?(?:error\W{0,3})?(?:40[0-9]|410|429|50[0-9])(?:\W|$)"
    r"(?!.*\b(?:days?|people|jobs))",
    r"\b(?:page|story|article|file|content) (?:was )?(?:not found|(?:is )?missing|"
    r"(?:can ?not|can't|could ?n[o']t|couldn't) be found|does(?: not|n't) exist|"
    r"(?:is )?(?:no longer|not) available|"
    r"has (?:been )?(?:moved|removed|expired))",
    r"^(?:not found|access (?:to this page )?(?:has been )?denied|forbidden|"
    r"bad (?:gateway|request)|service (?:temporarily )?unavailable|internal server error|"
    r"gateway time-?out|"
    r"too many requests|(?:an )?(?:unexpected )?error(?: has)?(?: occurred)?(?:\W|$)|"
    r"something (?:went|has gone) wrong|technical difficult)",
    r"^(?:oops|whoops|uh-oh|sorry)\b.*\b(?:find|found|page|wrong|exists?|available|problem|error)\b",
    r"(?:can't|cannot|could ?n[o']t|couldn't) find (?:that|the|this|your) page",
    r"(?:site|website|page) (?:is )?(?:down for|under|undergoing)(?: scheduled)? maintenance",
    r"^(?:scheduled |planned )?maintenance(?:\W|$)|\bbe (?:right )?back (?:soon|shortly)",
    r"(?:not available|unavailable) in your (?:country|region|location)|"
    r"(?:unavailable|blocked) (?:due to|for) legal reasons",
)
LOGIN: Final = _either(
    r"^(?:please )?(?:log ?in|sign ?in|log ?on)(?:\W|$|(?: to| with)\b)",
    r"^(?:member|subscriber|account|user|customer|reader)s?'? (?:log ?in|sign ?in|access)\b",
    r"^(?:create|register) (?:an|your|for an) account\b|^(?:register|sign up)(?:\W{1,3}|$)",
    r"^(?:reset|forgot(?:ten)?) (?:your )?password\b|^welcome back(?:\W|$)",
    r"(?:\W|^)(?:log ?in|sign ?in)(?: page)?\W*$",
)
VIDEO: Final = _either(
    r"^(?:watch|video|live ?stream|full video|clip|trailer)\s?[:|]",
    r"^watch (?:live|now|the moment)\b",
    r"\W(?:video|watch online)\W*$",
    r"[\[(](?:video|watch)[\])]",
)
LIVE: Final = _either(
    r"\blive[ -]?(?:blog|updates?|coverage|report|text|feed)\b",
    r"^live\s?[:|-]|[:|-]\s?live$|\blive:",
    r"\bas (?:it|they) happened\b|\bminute[ -]by[ -]minute\b|\brolling (?:coverage|updates)\b",
    r"\b(?:latest|breaking) updates\b",
)

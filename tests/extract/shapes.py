"""Pages that are no article, and articles that look like them: shapes of real sites, own words.

Each is a `Shaped(name, label, html)`; the label is a word of the reason that has to be given, ""
for an article that has to be read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

PROSE = (
    "The harbour council will vote next week on whether drivers should pay to cross the old iron "
    "bridge, a plan that has split shopkeepers and residents on both banks.",
    "Supporters of the toll say that the crossing costs the town two million a year and that those "
    "who use it should pay for its upkeep.",
    "“Nobody repairs rust with good wishes,” said Ines Falk, who chairs the works committee and "
    "has asked for the money three times since the spring.",
    "Shopkeepers on the north bank argue that a toll would send their customers to the ring road, "
    "where a new centre with free parking opened last year.",
    "Tomas Reed, who runs a bakery beside the bridge, expects to lose a third of his trade and "
    "has collected nine hundred signatures on a petition.",
    "The council has commissioned a traffic study, which is due before the vote, though two "
    "members of the opposition say that its terms were drawn too narrowly.",
    "Earlier studies in neighbouring towns found that traffic fell by a tenth in the first year "
    "and recovered in the second, once drivers had grown used to the charge.",
    "A group of nurses at the hospital has asked to be exempt, since the night bus does not run "
    "and the ferry stops at nine in the evening.",
    "The finance officer told the meeting that an exemption for one trade would be followed by a "
    "dozen more, and that every one of them would raise the price for the rest.",
    "If the plan is carried, the first gates would be set up in the autumn; if it fails, the "
    "engineers say, lorries will have to be kept off the bridge by the new year.",
)
HEADLINES = (
    "Ferry timetable changes again after complaints",
    "Lighthouse to get a new lamp in spring",
    "Oyster growers fear the silt of a deeper channel",
    "Night market returns to the old fish hall",
    "School roof closed after storm takes tiles",
    "Rowing club wins first race in nine years",
    "Library hours cut as budget talks drag on",
    "Harbour master retires after four decades",
    "New footpath planned along the salt marsh",
    "Brewery to reopen with twenty jobs",
    "Council delays vote on parking charges",
    "Rare tern found nesting on a gravel roof",
)
TITLE = "Harbour council weighs toll on old bridge"


@dataclass(frozen=True)
class Shaped:
    """A page, the word of the reason that has to be given for it ("" for none), and its name."""

    name: str
    label: str
    html: str


def page(body, *, title=TITLE, head="", og="", types=None, attributes="", site="Tidewater Post"):
    """Return a page around `body`, with what its head says about it."""
    if og:
        head += f'<meta property="og:type" content="{og}">'
    if types is not None:
        head += f'<script type="application/ld+json">{json.dumps(types)}</script>'
    full = f"{title} - {site}" if site else title
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{full}</title>{head}'
        f"</head><body {attributes}>{body}</body></html>"
    )


def prose(count, start=0, tag="p"):
    """Return `count` paragraphs of an article."""
    chosen = (PROSE[(start + i) % len(PROSE)] for i in range(count))
    return "".join(f"<{tag}>{text}</{tag}>" for text in chosen)


def article(count=9, *, title=TITLE, before="", after="", inside="", **more):
    """Return an article of `count` paragraphs with things around it and in its middle."""
    half = count // 2
    body = (
        f"<header><nav><a href='/'>Home</a> <a href='/news'>News</a></nav></header>{before}<main>"
        f"<article><h1>{title}</h1>{prose(half)}{inside}{prose(count - half, half)}</article>"
        f"</main>{after}<footer>Contact, Privacy, Terms</footer>"
    )
    return page(body, title=title, **more)


def links(count, form="<li><a href='/n/{i}'>{text}</a></li>", start=0):
    """Return `count` links with headlines as their texts."""
    texts = [HEADLINES[(start + i) % len(HEADLINES)] for i in range(count)]
    return "".join(form.format(i=i, text=text) for i, text in enumerate(texts))


def teaser(wall, count=2, *, types=None, **more):
    """Return the first paragraphs of an article and the wall behind them."""
    return page(f"<article><h1>{TITLE}</h1>{prose(count)}{wall}</article>", types=types, **more)


NEWS = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE}
CLOSED = {**NEWS, "isAccessibleForFree": False}


def _paywalls():
    walls = [
        "<div><h2>Subscribe to continue reading</h2><p>Three months for one pound.</p></div>",
        "<div class='gate'><p>This article is for subscribers only.</p><a>Subscribe</a></div>",
        "<section><h3>You’ve reached your limit of free articles</h3><p>From £4 a month.</p>"
        "</section>",
        "<p>To read the full story, <a href='/s'>start your free trial</a> or log in.</p>",
        "<div id='pw'><b>Want to read on?</b> Become a member to unlock every story.</div>",
        "<div><p>Already a subscriber? <a>Sign in</a></p><p>Unlock this article for $1</p></div>",
        "<div class='regwall'>Create a free account to continue reading. It takes a minute.</div>",
        "<p>The remainder of this article is available to paying members of the Post.</p>",
        "<p>You have read 3 of 3 free articles this month. Sign up today to keep reading.</p>",
        "<div>This story is exclusively for our subscribers. Support your newsroom.</div>",
        "<aside-wall><p>Keep reading with a digital subscription. Cancel whenever you like.</p>"
        "</aside-wall>",
    ]
    yield from (teaser(wall, 1 + i % 3) for i, wall in enumerate(walls))
    yield teaser("<p>Subscribe</p>", 3, types=CLOSED)
    yield teaser("<a>See our offers</a>", 2, types={"@graph": [CLOSED, {"@type": "WebPage"}]})
    yield page(
        f"<div itemscope itemtype='https://schema.org/NewsArticle'><h1>{TITLE}</h1>{prose(2)}"
        "<meta itemprop='isAccessibleForFree' content='false'></div>"
    )
    cut = f"{prose(5)}<p>The mayor, who had been silent until then, rose to say that…</p>"
    yield page(
        f"<article><h1>{TITLE}</h1>{cut}<div>Subscribe to continue</div></article>", types=CLOSED
    )


def _consents():
    yield page(
        "<h1>Before you continue to the Tidewater Post</h1><p>We use cookies and data to deliver "
        "and maintain our services, track outages and protect against spam. If you choose to "
        "accept all, we will also use cookies and data to develop new services and to show "
        "personalised ads.</p><button>Reject all</button><button>Accept all</button>",
        title="Before you continue",
    )
    yield page(
        "<div role='dialog'><h2>We value your privacy</h2><p>We and our 842 partners store and/or "
        "access information on a device, such as cookies, and process personal data, such as "
        "unique identifiers, for personalised ads and content, ad and content measurement and "
        "audience insights. With your permission we and our partners may use precise geolocation "
        "data. You may click to consent to our processing as described above, or refuse to "
        "consent.</p><button>Agree</button><button>More options</button></div>",
        title="Tidewater Post",
        site="",
    )
    yield page(
        "<main><h1>Your privacy, your choice</h1><p>The Post is part of a family of brands. When "
        "you use our sites we use cookies to provide them to you, to measure your use and to "
        "show ads by profile. Click “Accept all” to agree, or “Manage preferences” to choose."
        "</p></main>",
        title="Your privacy choices",
    )
    yield page("<p>Manage cookies</p><p>Continue without accepting</p>", title="Consent")
    yield page(
        "<form><h1>Cookie consent</h1><p>Please choose which cookies this site may set before you "
        "read on. Necessary cookies are always active.</p><label>Statistics</label></form>"
    )
    yield page(
        "<div><p>We care about your privacy. With your consent, we and our vendors use trackers to "
        "store and access personal data like your visit on this website. You can withdraw your "
        "consent or object to processing based on legitimate interest at any time by clicking on "
        "settings or in our cookie policy.</p><p>We and our vendors process data for the following "
        "purposes: personalised ads, ad measurement, content measurement, product development, "
        "and to store information on a device.</p><a>Learn more</a></div>",
        title="Welcome",
    )
    yield page("<h2>We and our trusted partners</h2><p>Accept all cookies</p>", title="Tidewater")
    yield page(
        "<p>Read the Post with ads and tracking, or subscribe to the ad-free edition. Agree to "
        "cookies to read on without charge.</p>",
        title="With ads or without",
    )


def _shells():
    yield page('<div id="root"></div><script src="/a.js"></script>', site="")
    yield page(
        '<noscript>You need to enable JavaScript to run this app.</noscript><div id="app"></div>'
    )
    yield page('<div id="__next"><div class="spinner">Loading…</div></div><script></script>')
    yield page("<app-root></app-root><script src='main.js' type='module'></script>")
    yield page(
        "<div id='main'><p>Please turn on JavaScript in your browser to read this story.</p></div>"
    )
    yield page("<script>window.__INITIAL_STATE__={}</script><div class='shell'></div>")
    yield page(
        "<p>JavaScript is disabled. This site requires JavaScript for stories, films and maps. "
        "Switch it on in the settings of your browser and load the page again, or write to the "
        "readers’ desk, who will gladly send you the text of any story by post or by mail.</p>"
    )
    yield page("<div id='__nuxt'></div><script>window.__NUXT__={}</script>", title="Post", site="")


def _robots():
    yield page(
        "<h1>tidewater.example</h1><p>Checking if the site connection is secure</p><p>Enable "
        "JavaScript and cookies to continue</p>",
        title="Just a moment...",
        site="",
    )
    yield page(
        "<h1>Please verify you are a human</h1><p>Access to this page has been denied because we "
        "believe you are using automation tools to browse the website. This may happen as a "
        "result of the following: scripts are disabled or blocked by an extension, or your "
        "browser does not support cookies. Please make sure that scripts and cookies are "
        "enabled and that nothing keeps them from loading.</p><p>Reference ID: 41-a7</p>",
        title="Verifying you are a person",
        site="",
    )
    yield page(
        "<p>We have detected unusual traffic from your network. Press and hold to confirm you are "
        "a human and not a bot.</p>",
        title="Security check",
    )
    yield page("<p>One more step: complete the check to go on.</p>", title="Attention Required!")


def _logins():
    form = "<input type='email' name='mail'><input type='password' name='word'>"
    yield page(f"<h1>Log in</h1><form>{form}<button>Log in</button></form>", title="Log in")
    yield page(f"<form><h2>Welcome back</h2>{form}<a>Forgot password?</a></form>", title="Sign in")
    yield page(f"<div>{form}<p>No account yet? Register</p></div>", title="My account")
    yield page("<h1>Sign in to your account</h1><input type='email'><button>Next</button>")
    yield page(f"<h1>Subscriber login</h1>{form}", title="Subscriber login")
    yield page(
        f"<h1>Create your account</h1><p>Readers with an account can comment, save stories for "
        f"later and get the weekly letter from the editor. We never pass on your address, and "
        f"you can delete the account whenever you like. It takes two minutes.</p>{form}",
        title="Register",
    )
    yield page(
        f"<h1>Reset your password</h1><p>We will send you a link.</p>{form}", title="Account"
    )
    yield page(
        "<main><h1>Login</h1><p>Use your library card</p><input type=password></main>",
        title="Tidewater library login",
        site="",
    )


def _errors():
    yield page("<h1>Page not found</h1><p>The page may have moved.</p>", title="404")
    yield page("<h1>404</h1><p>Nothing here but gulls.</p>", title="Not found")
    yield page("<h1>Oops! We can’t find that page</h1><form><input></form>", title="Post", site="")
    yield page(
        "<h1>Sorry, something went wrong</h1><p>Try again in a few minutes. If the problem stays, "
        "write to us and name the address that you came from and the time at which it happened. "
        "Our engineers look at every report, and most faults are gone within the hour.</p>",
        title="Error",
    )
    yield page("<h1>Access Denied</h1><p>You don’t have permission.</p>", title="Access Denied")
    yield page("<h1>503 Service Unavailable</h1><p>No server is available.</p>", title="503")
    yield page("<h1>This story is no longer available</h1><p>It was withdrawn.</p>", title="Post")
    yield page(
        "<h1>We’ll be back soon</h1><p>The site is down for maintenance.</p>", title="Maintenance"
    )
    yield page(
        "<h1>Unavailable due to legal reasons</h1><p>We recognise that you are visiting from a "
        "country to which we cannot give access at this time.</p>",
        title="Not available in your region",
    )
    yield page(
        f"<h1>The page you asked for does not exist</h1><p>Perhaps one of these?</p><ul>{links(5)}"
        "</ul>",
        title="Page does not exist",
    )
    yield page("<p>500 Internal Server Error</p><hr><p>nginx</p>", title="500", site="")


def _videos():
    player = "<iframe src='https://www.youtube.com/embed/x'></iframe>"
    film = {"@type": "VideoObject", "name": TITLE, "duration": "PT2M"}
    yield page(f"<h1>{TITLE}</h1>{player}{prose(1)}", og="video.other")
    yield page(f"<h1>{TITLE}</h1><video src='a.mp4'></video>{prose(2)}", types=film)
    yield page(f"<h1>Watch: gates go up on the bridge</h1>{player}{prose(2)}", title="Watch: gates")
    yield page(f"<h1>{TITLE}</h1>{player}{prose(1)}", title="VIDEO: the bridge by night")
    yield page(f"<h1>{TITLE}</h1><video></video><p>2:14</p>", types=[{"@graph": [film]}])
    yield page(f"<h1>{TITLE}</h1><div data-id='9'>{prose(3)}</div>", og="video.episode")
    yield page(f"<main><h1>{TITLE} – video</h1>{player}{prose(2, 4)}</main>", title="Gates – video")
    yield page(
        f"<h1>{TITLE}</h1><p>00:54</p><p>{PROSE[0]}</p><h2>Up next</h2><ul>{links(4)}</ul>",
        types=film,
        og="video",
    )


def _live_blogs():
    def entries(stamp, count, tag="h3"):
        return "".join(
            f"<div><{tag}>{stamp.format(h=9 + i // 2, m=10 + 7 * (i % 2), i=i)}</{tag}>"
            f"<p>{PROSE[i % len(PROSE)]}</p></div>"
            for i in range(count)
        )

    blog = {"@type": "LiveBlogPosting", "headline": "Bridge vote"}
    yield page(f"<h1>Bridge vote: live updates</h1>{entries('{h}:{m}', 8)}", title="Bridge vote")
    yield page(f"<h1>{TITLE}</h1>{entries('{h}:{m} am', 6, 'span')}", types=blog)
    yield page(f"<h1>Bridge vote – as it happened</h1>{entries('{h}.{m}', 9, 'time')}")
    yield page(f"<h1>LIVE: council votes</h1>{entries('{h}:{m} GMT', 7, 'b')}", title="LIVE: vote")
    yield page(f"<h1>Council votes</h1>{entries('{i} min ago', 10)}", title="Vote live blog")
    yield page(f"<h1>{TITLE}</h1>{prose(2)}", types={"@graph": [{"@type": "WebPage"}, blog]})
    yield page(
        f"<h1>Storm Ada: rolling coverage</h1>{entries('Posted {h}:{m}', 7, 'p')}", title="Storm"
    )
    yield page(
        f"<h1>Minute by minute: the count</h1>{entries('{h}h', 3)}{entries('{h}:{m}', 6, 'span')}"
    )


def _lists():
    cards = (
        "<article><h2><a href='/n/{i}'>{text}</a></h2><p>A plan that has split shopkeepers and "
        "residents on both banks comes to a vote.</p></article>"
    )
    box = "<div class=card><a href='/n/{i}'><h3>{text}</h3></a><p>By Mara Quill, today</p></div>"
    yield page(f"<main>{links(12, cards)}</main>", title="Tidewater Post", site="", og="website")
    yield page(f"<h1>Local news</h1>{links(10, cards)}<a>Next page</a>", title="Local news")
    yield page(f"<h1>Bridges</h1><ul>{links(12)}</ul>", title="Topic: bridges", og="website")
    yield page(f"<h1>Mara Quill</h1><p>Writes on transport.</p>{links(9, box)}", title="Mara Quill")
    yield page(
        f"<h1>Search results for toll</h1>{links(6, box)}",
        title="Search",
        types={"@type": "SearchResultsPage"},
    )
    yield page(f"{links(11, box)}", title="Latest news", types={"@type": "CollectionPage"})
    yield page(
        f"<h1>Archive: March</h1><table>{links(12, '<tr><td><a href=/{i}>{text}</a></td></tr>')}"
        "</table>",
        title="Archive",
    )
    yield page(f"<h1>Opinion</h1><section>{links(8, cards, 3)}</section>", title="Opinion")
    yield page(
        f"<div>{links(12, cards)}</div><div>{links(12, box, 5)}</div><p>{PROSE[3]}</p>",
        title="Home",
        types=[{"@type": "WebSite"}, {"@type": "Organization"}],
    )


def _articles():
    """Yield articles that have in their margins, titles or subjects what the others are made of."""
    aside = (
        "<div class='box'>Subscribe to continue enjoying the Post. Already a member? Log in</div>"
    )
    banner = "<div id='cc'><p>We value your privacy.</p><button>Accept all cookies</button></div>"
    modal = "<div class='modal'><h2>Sign in</h2><input type=email><input type=password></div>"
    player = "<iframe src='https://www.youtube.com/embed/x'></iframe>"
    related = f"<section><h2>More from the coast</h2><ul>{links(12)}</ul></section>"
    grid = links(12, "<div><h3><a href='/n/{i}'>{text}</a></h3><p>By Mara Quill</p></div>")
    noscript = "<noscript>Please enable JavaScript to view the comments.</noscript>"
    yield article()
    yield article(after=aside, types=NEWS)
    yield article(before=banner)
    yield article(before=modal)
    yield article(inside=player, types=[NEWS, {"@type": "VideoObject"}])
    yield article(after=related)
    yield article(before=grid, after=grid)
    yield article(inside=f"<aside><ul>{links(6)}</ul></aside>", after=noscript)
    yield article(5, after=grid, types=NEWS, og="article")
    yield article(4, before=banner, after=related, types=NEWS)
    yield article(title="How the live blog changed local news")
    yield article(title="Live music returns to the pier", inside="<p>8:30 pm</p>")
    yield article(title="Page not found: the lost archive of a harbour town")
    yield article(title="404 days without a ferry")
    yield article(title="Why readers accept cookies they never read")
    yield article(title="Sign in at the gate: how the toll would work", before=modal)
    yield article(title="The paywall and the local press", after=aside)
    yield article(title="Watch the tide, not the clock, say pilots", inside=player)
    yield article(title="Video shows gates going up on the bridge", inside=player, types=NEWS)
    yield article(types=CLOSED, after=aside)
    yield article(title="Sorry is not enough, say families of the ferry disaster")
    yield article(title="Access denied: the beaches that nobody may enter")
    yield article(3, title="Council apologises for the closed library")
    yield article(6, before=f"<div>Latest updates</div><ul>{links(8)}</ul>", og="website")
    yield article(3, before=banner, after=noscript)
    yield page(f"<div><h1>{TITLE}</h1>{'<br><br>'.join(PROSE)}</div><ul>{links(10)}</ul>")
    yield page(f"<h1>{TITLE}</h1>{''.join(f'<div><p>{t}</p></div>' for t in PROSE)}{grid}")
    cookies = (
        "<p>Under the draft law, a site could no longer hide the button with which readers refuse "
        "cookies behind three menus.</p>"
    )
    yield article(inside=cookies * 1, title="Cookie law: what the draft would change")


_MAKERS = {
    "subscription wall": _paywalls,
    "consent page": _consents,
    "scripts": _shells,
    "robots": _robots,
    "login page": _logins,
    "error message": _errors,
    "video": _videos,
    "live blog": _live_blogs,
    "list of articles": _lists,
    "": _articles,
}
SHAPES = tuple(
    Shaped(name=f"{label or 'article'} {number}", label=label, html=html)
    for label, make in _MAKERS.items()
    for number, html in enumerate(make(), start=1)
)

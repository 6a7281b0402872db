"""What an article must not be able to do to who reads about it."""

from __future__ import annotations

from summarizer.analysis import Analysis
from summarizer.types import Article, Claim, Point, Summary, SummarySentence, Viewpoint

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><script>alert(1)</script>",
    "</title><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "![x](https://tracker.example/p.png)",
    "<https://tracker.example>",
    "&lt;script&gt;",
    "\x1b[2J\x1b]0;owned\x07\x9b31mred\x00",
    "[bold red]markup[/] :smile:",
    "safe\u202egnp.exe",
    "# heading\n- item\n\n***",
]


def story_of(text, *, url=None):
    """Return an analysis in which `text` stands in every place that an article can fill."""
    article = Article(
        text=f"{text} One.\n\nTwo {text}.",
        title=text,
        url=url,
        outlet=text,
        authors=(text,),
        published=text,
        language=text,
        dropped=(text,),
    )
    cut = len(text) + 5
    first = Claim(article=article, start=0, end=cut, holder=text)
    second = Claim(article=article, start=cut + 2, end=len(article.text), holder=text)
    sentence = SummarySentence(text=text, claims=(first,), support=1.0)
    viewpoint = Viewpoint(
        label=text,
        summary=Summary(sentences=(sentence,), method="extractive"),
        claims=(first,),
        points=(Point(label=text, claims=(first,)),),
        holders=(text,),
        confidence=0.5,
    )
    return Analysis(
        question=text,
        articles=(article,),
        viewpoints=(viewpoint,),
        common_ground=(text,),
        disputes=(text,),
        unplaced=(second,),
        warnings=(text,),
        made_with={text: text},
    )

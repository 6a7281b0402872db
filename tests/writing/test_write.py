from __future__ import annotations

from summarizer.settings import Settings
from summarizer.testing import HashEncoder
from summarizer.types import Article, Claim
from summarizer.writing.plan import Draft
from summarizer.writing.write import write, write_summaries

TEXTS = (
    "The council should close the bridge because repairs cost 400 million.",
    "Mayor Okafor said the ferry can carry everyone.",
    "Traders fear that a closed bridge would ruin the market.",
    "The ferry is slow, critics of Mayor Okafor say.",
)
ARTICLE = Article(text=" ".join(TEXTS), title="Town argues over its bridge")


def _claim(row):
    start = ARTICLE.text.index(TEXTS[row])
    return Claim(article=ARTICLE, start=start, end=start + len(TEXTS[row]))


DRAFT = Draft(
    titles=("Town argues over its bridge",),
    viewpoints=(((_claim(0),), (_claim(1),)), ((_claim(2),), (_claim(3),))),
)


class Scripted:
    """Answers by task, and keeps what it was asked."""

    digest = "scripted"

    def __init__(self, **answers):
        self.answers, self.calls = answers, []

    def write(self, requests):
        self.calls.append(list(requests))
        return [self.answers.get(request.task, ()) for request in requests]


def _write(writer, drafts=(DRAFT,), **settings):
    return write(list(drafts), writer, HashEncoder(), settings=Settings(**settings))


def test_a_window_of_stories_is_one_call_of_the_writer():
    writer = Scripted()
    assert len(_write(writer, [DRAFT, DRAFT])) == 2
    (requests,) = writer.calls
    tasks = [request.task for request in requests]
    assert tasks[:7] == ["question", "summary", "label", "point", "point", "summary", "label"]
    assert tasks.count("summary") == 4


def test_a_story_of_a_window_is_written_as_if_it_were_alone():
    writer = Scripted(summary=("the ferry is slow , critics of mayor okafor say .",))
    alone = _write(writer)
    one_sided = Draft(titles=(), viewpoints=DRAFT.viewpoints[:1])
    assert _write(writer, [one_sided, DRAFT])[1:] == alone


def test_lower_case_answers_come_back_in_the_case_of_the_claims():
    writer = Scripted(
        summary=("critics of mayor okafor say the ferry is slow .",),
        label=("slow ferry",),
        point=("mayor okafor can carry everyone",),
        question=("should the council close the bridge ?",),
    )
    (written,) = _write(writer)
    second = written.viewpoints[1]
    assert written.question == "Should the council close the bridge?"
    assert second.summary.text == "Critics of Mayor Okafor say the ferry is slow."
    assert second.summary.method == "abstractive"
    assert second.label == "Slow ferry"
    assert written.viewpoints[0].label == "Mayor Okafor can carry everyone"


def test_a_viewpoint_is_not_written_from_claims_of_the_other_side():
    writer = Scripted(summary=("A closed bridge would ruin the market, traders fear.",))
    (written,) = _write(writer)
    assert [viewpoint.summary.method for viewpoint in written.viewpoints] == [
        "extractive",
        "abstractive",
    ]


def test_a_silent_writer_leaves_extractive_texts():
    (written,) = _write(Scripted())
    assert written.question is None
    for viewpoint, points in zip(written.viewpoints, DRAFT.viewpoints, strict=True):
        assert viewpoint.summary.method == "extractive"
        assert 1 <= len(viewpoint.label.split()) <= 6
        assert len(viewpoint.points) == len(points)
        assert all(1 <= len(label.split()) <= 12 for label in viewpoint.points)


def test_one_viewpoint_has_no_contested_question():
    writer = Scripted(question=("Should the council close the bridge?",))
    (written,) = _write(writer, [Draft(titles=(), viewpoints=DRAFT.viewpoints[:1])])
    assert written.question is None


def test_points_beyond_the_limit_are_labelled_by_extraction():
    writer = Scripted(point=("The council",))
    (written,) = _write(writer, points_shown=1)
    assert len(written.viewpoints[0].points) == 2
    assert sum(request.task == "point" for request in writer.calls[0]) == 2


def test_no_story_and_no_viewpoint_need_no_writer():
    writer = Scripted()
    assert _write(writer, []) == []
    assert _write(writer, [Draft(titles=(), viewpoints=())])[0].viewpoints == ()
    assert writer.calls == []


def test_groups_of_claims_are_summarised_in_order():
    writer = Scripted()
    summaries = write_summaries(
        [[_claim(2)], [_claim(0)]], writer, HashEncoder(), settings=Settings()
    )
    assert [summary.text for summary in summaries] == [TEXTS[2], TEXTS[0]]


class Choosing(Scripted):
    """A `Scorer` to which a text is the likelier the fewer words it has."""

    def score(self, requests, candidates):
        self.calls.append(list(requests))
        return [tuple(-float(len(text.split())) for text in some) for some in candidates]


LONG = (
    "Ida Holm, an engineer at the port, said on Monday that the old bridge is safe to cross.",
    "“The council should keep the old bridge,” Bo Kim said in a statement.",
    "The bridge is safe.",
)


def _long(*rows):
    article = Article(text=" ".join(LONG))
    starts = [article.text.index(LONG[row]) for row in rows]
    return [
        Claim(article=article, start=start, end=start + len(LONG[row]))
        for start, row in zip(starts, rows, strict=True)
    ]


def _summaries(groups, writer, **settings):
    return write_summaries(
        groups, writer, HashEncoder(), settings=Settings(**{"claims_apart": 3, **settings})
    )


def test_a_writer_that_only_chooses_is_shown_claims_one_by_one_with_a_choice_of_wordings():
    writer = Choosing()
    (one, other) = _summaries([_long(0), _long(1)], writer)
    assert [request.texts for request in writer.calls[0]] == [(LONG[0],), (LONG[1],)]
    assert one.text == "Ida Holm said that the old bridge is safe to cross."
    assert other.text == "“The council should keep the old bridge,” Bo Kim said."
    assert {one.method, other.method} == {"abstractive"}


def test_the_length_exponent_sets_how_much_a_wording_may_say():
    (summary,) = _summaries([_long(0)], Choosing(), length_exponent=2.0)
    assert len(summary.text.split()) > 10


def test_a_claim_without_another_wording_is_quoted_and_nothing_is_scored():
    writer = Choosing()
    (summary,) = _summaries([[_claim(0)]], writer)
    assert writer.calls == []
    assert summary.text == TEXTS[0]
    assert summary.method == "extractive"


def test_a_writer_that_only_chooses_is_asked_for_no_question_and_no_names():
    writer = Choosing()
    (written,) = _write(writer, claims_apart=3)
    assert all(request.task == "summary" for call in writer.calls for request in call)
    assert all(viewpoint.label for viewpoint in written.viewpoints)


def test_a_writer_that_cannot_choose_writes_whatever_the_settings():
    writer = Scripted(summary=("the ferry is slow .",))
    _summaries([[_claim(2), _claim(3)]], writer)
    assert [len(request.texts) for request in writer.calls[0]] == [2]


def test_a_title_that_asks_is_the_question_and_none_is_asked_for():
    writer = Scripted(question=("Should the council close the bridge?",))
    titled = Draft(titles=("Bridge row: is it safe?",), viewpoints=DRAFT.viewpoints)
    (written,) = _write(writer, [titled])
    assert written.question == "Is it safe?"
    assert "question" not in [request.task for request in writer.calls[0]]


def test_no_point_is_called_as_its_viewpoint_or_another_point_where_it_can_say_more():
    text = "The ferry is slow, and the bridge is old. The ferry is slow, and the market is small."
    article = Article(text=text, title="The ferry is slow")
    half = text.index(" The ferry is", 1)
    first = Claim(article=article, start=0, end=half)
    second = Claim(article=article, start=half + 1, end=len(text))
    draft = Draft(titles=("The ferry is slow",), viewpoints=(((first,), (second,)),))
    (viewpoint,) = _write(Scripted(), [draft])[0].viewpoints
    assert viewpoint.label == "Ferry is slow"
    assert viewpoint.points == ("The bridge is old", "The market is small")

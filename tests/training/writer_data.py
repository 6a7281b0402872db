"""An invented data folder for the writer: its articles and rows."""

from __future__ import annotations

SENTENCES = [
    "The council of Marlow voted on Tuesday to close the old bridge over the river.",
    "Repairs of the bridge would cost the town 400 million over the next ten years.",
    "Traders fear that without the bridge the market would lose half of its visitors.",
    "The mayor of Marlow said that a ferry can carry everyone who wants to cross.",
]


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def newsroom_row(number, summary="Traders fear for the market of the town."):
    return {
        "id": f"article-{number}",
        "title": f"Bridge story number {number}",
        "question": "Should the bridge be closed?",
        "viewpoints": [
            {
                "label": "Close the bridge",
                "summary": "The council wants the bridge closed because repairs cost too much.",
                "sentences": SENTENCES[:2],
                "points": [{"label": "Repairs cost too much", "sentences": SENTENCES[1:2]}],
            },
            {
                "label": "Keep the bridge",
                "summary": summary,
                "sentences": SENTENCES[2:],
                "points": [],
            },
        ],
    }

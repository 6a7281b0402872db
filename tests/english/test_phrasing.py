"""Faults of sentences and of labels, each with the name that `faults` gives it."""

from __future__ import annotations

import pytest

from summarizer.english.phrasing import faults, label_faults, weakness

FAULTY = {
    "opening": (
        "But the council should close the bridge.",
        "He wants a ferry by March.",
        ", the council wants a ferry.",
        "Because the council wants a ferry.",
        "All of which makes the bridge cost more.",
        "To which the mayor of the town said that the dam holds.",
        "In that case, the council will close the bridge.",
    ),
    "unfinished": (
        "The council wants a ferry by the.",
        "The town pays for the dam, said retired Gen.",
    ),
    "cut off": (
        "The town will pay for the dam, whatever ...",
        "“The town will pay for the dam, the ferry...,” Ida Holm said.",
        "The town has two plans:",
        "The mayor of the old town told the Harbour Bell:",
        "“I believe the dam of the town —” and the mayor left.",
        "For the owners of the dam, it is not so much the money.",
    ),
    "quotation marks": (
        "The council said “close the bridge.",
        '“"The council will close the bridge.”\\.',
        "'In the end the council will close the bridge.",
    ),
    "unattributed": ("“The town will pay for the dam.”",),
    "first person": ("I want the council to close it.",),
    "loop": (
        "The council council wants a ferry.",
        "The ferry is the ferry and the ferry is the ferry.",
    ),
    "short": ("A ferry.",),
    "no verb": (
        "Ann Lee of a big new council.",
        "Ida B. Holm, The Marlow Herald.",
        "The mayor asking the owners of the dam to sell.",
    ),
    "long": ("The council " + "really " * 60 + "wants it.",),
    "speaker": ("“The dam holds well,” she said.", "“The dam holds well,” he testified."),
    "question": ("Can the old dam hold on?",),
    "reference": (
        "All of his plans cost the town a lot.",
        "The mayor said this plan costs the town a lot.",
        "The mayor stressed that this was the town's plan.",
        "The owners reject that claim of the town.",
        "In her careful words, some traders saw a threat to the mayor.",
        "The council simply wants the ferry to carry them.",
        "The bridge made such ferries harder to run.",
        "With such a bridge, the town needs no ferry.",
        "The council has heard nothing since then from the owners.",
        "Voters should dismiss the arguments described above and vote.",
        "The traders say that would ruin the market.",
        "The owners, eager to sell, claim otherwise.",
        "Holm: She wants to close the bridge in March.",
        "Critics in the town want him to give up the plan.",
        "A few days after that promise, the mayor sold the dam.",
        "Ida Holm would like to see if that happens in the town.",
        "The owners of the dam refuse to carry that out.",
        "Ida Holm said the guard based that verdict on a map of the valley.",
        "If that were so, the dam would cost the town a lot.",
        "After a long visit to Oslo, she became an engineer of dams.",
        "Once at the old harbour, he expected a quiet winter.",
        "Buying boats from Norwegians might help the ferry he likes to praise.",
        "Denouncing the old plan, she praised the builders of the dam.",
        "The owner of a shop said that's not true for the traders of the town.",
        "Bo Kim echoed that caution and will not sell the dam of the town.",
        "Often his views of the dam and of its owners are old.",
        "Support for the dam stood at a third in that poll.",
        "Bo Kim does not think that the traders were treated that way.",
        "The mayor of the town is both, which is why the traders like her.",
        "The owners said they use the old dam for the same reason.",
        "As the owners admitted, that amounts to a sale of the dam.",
        "Thanks to their courage, the dam of the town has held.",
    ),
    "embedded": (
        "The dam holds well pic.twitter.com/Holm1910 says the mayor.",
        "The dam has to go — Ida Holm (@idaholm) said it holds.",
        "“The dam will hold. ” —Ida Holm, an engineer who knows it.",
        "The dam holds, says Bo Kim Bo Jan KimFerry to sail in spring.",
        "Harbour Photo As a way of keeping its traders, the town will pay for the dam.",
        "The plan that has the harbour reeling A group of traders wanted to sell the dam.",
        "The town will sell the ferry in 1910.Already the traders want another one.",
    ),
    "says nothing": (
        "Ida Holm said Friday, in announcing that the dam will hold.",
        "The owners of the old dam replied.",
    ),
}


@pytest.mark.parametrize(
    ("fault", "text"), [(fault, text) for fault, texts in FAULTY.items() for text in texts]
)
def test_what_keeps_a_sentence_from_standing_alone_is_named(fault, text):
    assert fault in faults(text)
    assert weakness(text) > 1


@pytest.mark.parametrize(
    "text",
    [
        "The council should close the old bridge of the town this year.",
        "“We must close the bridge,” the mayor of the old town said.",
        "Closing the bridge would ruin the market, traders fear.",
        "While repairs cost a lot, the mayor wants to keep the bridge.",
        "The mayor said he will pay for the dam this year.",
        "In his speech, the mayor promised the town a dam.",
        "Under their plan, many owners would sell the dam to the town.",
        "Those who pay for the old dam want it to hold another winter.",
        "Ann Lee said that dams need her care.",
        "After Ann Lee had seen the dam, she drew a map of the valley.",
        "According to Bo Kim, he has paid for the old dam of the town.",
        "The mayor found it hard to close the dam of the town.",
        "The council built such a dam that no storm of the north can break it.",
        "The traders of the town say they need their market by the bridge.",
        "A bridge such as the old one costs the town a lot.",
        "The engineers know how to repair the old dam.",
        "According to the council, “the dam will hold for another year.”",
    ],
)
def test_sentences_that_stand_alone_have_no_fault(text):
    assert faults(text) == []
    assert weakness(text) == 0


@pytest.mark.parametrize(
    "text",
    [
        "The second reason is that the old dam costs the town a lot.",
        "Another plan would cost the town and its traders a lot.",
        "Conclusion: The old dam costs the town a lot of money.",
        "“I think he will close the old bridge and sell the ferry,” Ida Holm said.",
        "“Traders of the old town know all about this,” Ida Holm said.",
        "“Let's be honest,” Ida Holm said.",
        "“Nobody in the town was ever responsible for that, and nobody will be,” Ida Holm said.",
        "“The judge has made this determination about the old dam,” Ida Holm said.",
        "“Was the old dam of the town not built to hold?” Ida Holm said.",
        "“A fine old dam for the traders of the town,” Ida Holm said.",
        "“While the mayor continues to criticize the dam to keep his job,” Ida Holm said.",
        "The mayor of the town has vigorously resisted it so far.",
        "Bo Kim was not the only trader of the town to make such a statement.",
        "Oslo, Norway: Traders who own a boat should keep it at home.",
        "While the old dam cost the town a lot, and is still leaking today.",
        "“The town can not sell its dams and still get those numbers,” Ida Holm said.",
        "Because, in a dry winter, they may well close the dam of the town.",
        "What a dismal dam the council of the town has built there.",
        "“An old dam that would hold back the storms of the winter,” Ida Holm said.",
        "“When it comes to dams, the town is not going back there,” Ida Holm said.",
        "Not out of fear of the storm or the winter of the north.",
        "Nobody will pay for your dam before the winter of the year.",
        "The claim that the old dam of the town will hold.",
        "Strong words from traders of the town who think the old dam would hold.",
        "“Why don't they leave the old town?” near the end of the vote.",
        "Though Ida Holm said on Friday, “The dam will hold another winter.”",
    ],
)
def test_what_is_clearer_elsewhere_is_weaker_but_has_no_fault(text):
    assert faults(text) == []
    assert weakness(text) == 1


@pytest.mark.parametrize(
    "label", ["Repairs of the", "But the ferry", "I close bridge", "“Close bridge"]
)
def test_labels_are_not_cut_off(label):
    assert label_faults(label)
    assert not label_faults("Close the bridge")

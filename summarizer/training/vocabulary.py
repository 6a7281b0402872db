"""Cuts a WordPiece vocabulary down to the pieces that the training texts use most."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from transformers import PreTrainedTokenizerFast

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def prune_tokenizer(
    tokenizer: PreTrainedTokenizerFast, size: int, *, texts: Iterable[str]
) -> tuple[PreTrainedTokenizerFast, list[int]]:
    """Return a WordPiece tokenizer with the `size` most frequent pieces, and their old rows.

    Special tokens and all single Latin characters stay, whatever their count; unused slots and
    other scripts go. Text that loses its piece is written with smaller ones.
    """
    old = tokenizer.get_vocab()
    counts: Counter[int] = Counter()
    for ids in tokenizer(list(texts), add_special_tokens=False)["input_ids"]:
        counts.update(ids)
    fixed = [piece for piece in old if piece in SPECIAL or _single(piece)]
    taken = set(fixed)
    rest = [piece for piece in old if piece not in taken and _latin(piece)]
    rest.sort(key=lambda piece: (-counts[old[piece]], old[piece]))
    kept = sorted({old[piece] for piece in [*fixed, *rest[: max(0, size - len(fixed))]]})
    by_row = {row: piece for piece, row in old.items()}
    # [PAD] stands at 0 in BERT's vocabulary and must stay there.
    vocabulary = {by_row[row]: place for place, row in enumerate(kept)}
    return _with_vocabulary(tokenizer, vocabulary), kept


def _single(piece: str) -> bool:
    bare = piece.removeprefix("##")
    return len(bare) == 1 and _latin(piece)


def _latin(piece: str) -> bool:
    bare = piece.removeprefix("##")
    if piece.startswith("[unused"):
        return False
    return all(ord(c) < 0x250 or c in "–—‘’“”…€£•" for c in bare)


def _with_vocabulary(
    tokenizer: PreTrainedTokenizerFast, vocabulary: dict[str, int]
) -> PreTrainedTokenizerFast:
    from tokenizers import Tokenizer

    state = json.loads(tokenizer.backend_tokenizer.to_str())
    state["model"]["vocab"] = vocabulary
    state["truncation"] = state["padding"] = None
    for token in state["added_tokens"]:
        token["id"] = vocabulary[token["content"]]
    for name, special in state["post_processor"].get("special_tokens", {}).items():
        special["ids"] = [vocabulary[name]]
    for pair in ("sep", "cls"):
        if pair in state["post_processor"]:
            name = state["post_processor"][pair][0]
            state["post_processor"][pair] = [name, vocabulary[name]]
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=Tokenizer.from_str(json.dumps(state)),
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
        bos_token="[CLS]",
        eos_token="[SEP]",
        model_max_length=512,
        clean_up_tokenization_spaces=False,
    )

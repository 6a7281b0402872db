"""Model folders of random weights, made in a moment: shapes of real ones, without their sense."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import (
    BartConfig,
    BartForConditionalGeneration,
    BertConfig,
    BertModel,
    PreTrainedTokenizerFast,
)

from summarizer.models.network import RelationNetwork

LETTERS = [c for letter in "abcdefghijklmnopqrstuvwxyz0123456789" for c in (letter, f"##{letter}")]
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
_MARKS = [".", ",", "?", "[", "]", "/", "<", ">", "the", "mayor", "tram", "says", "shops", "will"]
PIECES = [*SPECIAL, *LETTERS, *_MARKS]


def tokenizer(*, more: int = 0) -> PreTrainedTokenizerFast:
    """Return a tokenizer of letters and a few words; `more` tokens that no model here has."""
    return wordpiece([*PIECES, *(f"extra{number}" for number in range(more))])


def wordpiece(pieces: Iterable[str]) -> PreTrainedTokenizerFast:
    """Return a tokenizer of `pieces`, the first five of which are the special ones."""
    raw = Tokenizer(models.WordPiece({p: n for n, p in enumerate(pieces)}, unk_token="[UNK]"))
    raw.normalizer = normalizers.BertNormalizer(lowercase=True)
    raw.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    raw.decoder = decoders.WordPiece()
    raw.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return PreTrainedTokenizerFast(
        tokenizer_object=raw,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
        bos_token="[CLS]",
        eos_token="[SEP]",
        model_max_length=512,
    )


def encoder(
    folder: Path, *, words: Iterable[str] = PIECES[len(SPECIAL) :], layers: int = 1
) -> Path:
    """Write a plain encoder that knows `words` into `folder`."""
    pieces = [*SPECIAL, *words]
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=24,
        num_hidden_layers=layers,
        num_attention_heads=2,
        intermediate_size=32,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    wordpiece(pieces).save_pretrained(folder)
    return folder


def relation(folder: Path, base: Path) -> Path:
    """Write a relation encoder into `folder`, on the encoder in `base`."""
    torch.manual_seed(1)
    RelationNetwork.start(base).save(folder)
    return folder


def writer(folder: Path) -> Path:
    """Write a seq2seq model into `folder`."""
    torch.manual_seed(2)
    config = BartConfig(
        vocab_size=len(PIECES),
        pad_token_id=0,
        bos_token_id=2,
        eos_token_id=3,
        decoder_start_token_id=2,
        d_model=16,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=32,
        decoder_ffn_dim=32,
        max_position_embeddings=256,
    )
    config.forced_eos_token_id = 3
    BartForConditionalGeneration(config).save_pretrained(folder)
    tokenizer().save_pretrained(folder)
    return folder


def own_writer(folder: Path) -> Path:
    """Write a writer into `folder` that says of itself what one of this package's training says."""
    return as_own(writer(folder))


def as_own(folder: Path) -> Path:
    """Let the writer in `folder` say of itself what one of this package's training says."""
    file = folder / "config.json"
    config = json.loads(file.read_text(encoding="utf-8"))
    config |= {"prompt_family": "bundled", "scale_embedding": False, "tie_word_embeddings": True}
    file.write_text(json.dumps(config), encoding="utf-8")
    return folder

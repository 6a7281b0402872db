"""Your own models by name or folder, and your own class in place of one.

    python examples/own_models.py

So that it runs anywhere, the models made here are tiny and know nothing: an encoder and a
writer with random weights, saved as ordinary Hugging Face folders. Put real ones in their place.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    BartConfig,
    BartForConditionalGeneration,
    BertConfig,
    BertModel,
    PreTrainedTokenizerFast,
)

from summarizer import Analysis, Summarizer
from summarizer.protocols import Vectors
from summarizer.testing import FirstClaimWriter, HashEncoder

ARTICLE = Path(__file__).with_name("article.html")
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WIDTH = 32


def make_tokenizer() -> PreTrainedTokenizerFast:
    """Return a word-piece tokenizer learnt from the example page."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(vocab_size=500, special_tokens=SPECIAL, show_progress=False)
    tokenizer.train_from_iterator([ARTICLE.read_text(encoding="utf-8")], trainer)
    ids = [(name, tokenizer.token_to_id(name)) for name in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=ids
    )
    names = ("pad_token", "unk_token", "cls_token", "sep_token", "mask_token")
    named = dict(zip(names, SPECIAL, strict=True))
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=512,
        model_input_names=["input_ids", "attention_mask"],  # BART knows no token types
        **named,
    )


def make_encoder(folder: Path) -> Path:
    """Save a BERT of two thin layers with random weights in `folder`."""
    tokenizer = make_tokenizer()
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=WIDTH,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=2 * WIDTH,
    )
    BertModel(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def make_writer(folder: Path) -> Path:
    """Save a BART of one thin layer each way with random weights in `folder`."""
    tokenizer = make_tokenizer()
    config = BartConfig(
        vocab_size=len(tokenizer),
        d_model=WIDTH,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=2 * WIDTH,
        decoder_ffn_dim=2 * WIDTH,
        max_position_embeddings=1024,
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=tokenizer.cls_token_id,
        eos_token_id=tokenizer.sep_token_id,
        decoder_start_token_id=tokenizer.cls_token_id,
        forced_eos_token_id=tokenizer.sep_token_id,
    )
    BartForConditionalGeneration(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


class LengthEncoder:
    """Any class with `encode` and `digest` is an encoder: this one looks at lengths alone."""

    digest = "length-encoder"

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Return (n, 2) unit vectors whose angle is the length of the text."""
        angles = torch.tensor([min(len(text), 300) / 300 for text in texts])
        vectors: Vectors = torch.stack([angles.cos(), angles.sin()], dim=1).numpy()
        return vectors


def show(name: str, analysis: Analysis) -> None:
    """Print what the models found, and which models the result says it was made with."""
    print(f"{name}: {len(analysis.viewpoints)} viewpoints, {len(analysis.claims)} claims")
    for key, value in analysis.made_with.items():
        print(f"  {key}: {value}")


def main() -> None:
    """Analyse the example page with saved models, with an own class, and without any model."""
    torch.manual_seed(0)
    with tempfile.TemporaryDirectory() as name:
        encoder = make_encoder(Path(name) / "encoder")
        writer = make_writer(Path(name) / "writer")
        saved = Summarizer.from_pretrained(encoder=str(encoder), writer=str(writer))
        show("saved models", saved.analyze(ARTICLE))
    show("own class", Summarizer(LengthEncoder(), FirstClaimWriter()).analyze(ARTICLE))
    show("no models", Summarizer(HashEncoder(), FirstClaimWriter()).analyze(ARTICLE))


if __name__ == "__main__":
    main()

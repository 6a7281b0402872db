"""Builds the writer before training: a BART whose encoder and decoder start from MiniLM.

BART and BERT share their layer (post-norm, learned positions, GELU), so the lower layers of a
BertModel become a BART encoder exactly. Warm-started decoders: Rothe et al. 2020,
arXiv 1907.12461. On top of that the last cross-attention starts as a copier: its value path is
the least-squares map from encoder states to the embedding of the token they stand on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoTokenizer,
    BartConfig,
    BartForConditionalGeneration,
    BertModel,
    PreTrainedTokenizerFast,
)

from summarizer.errors import ModelError
from summarizer.training.vocabulary import prune_tokenizer

EMBEDDING_SCALE = 8.0
"""BART's LayerNorm adds 1e-5 to a variance that MiniLM's embeddings bring to about 3e-3 only; a
power of two in front keeps the conversion exact, and the LayerNorm takes it out again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Size of a writer: layers taken from the base model, decoder layers, vocabulary."""

    encoder_layers: int
    decoder_layers: tuple[int, ...]
    vocabulary: int


SIZES = {
    "tiny": Shape(encoder_layers=1, decoder_layers=(0,), vocabulary=2_000),
    # Tokens can be read off MiniLM's states by a linear map with 98 % accuracy after layer 4,
    # 86 % after layer 5 and 80 % after layer 6: the upper layers serve the sentence vector.
    "small": Shape(encoder_layers=4, decoder_layers=(0, 2, 3), vocabulary=18_000),
    "base": Shape(encoder_layers=6, decoder_layers=(0, 1, 2, 3, 4, 5), vocabulary=30_000),
}


def load_base(folder: Path) -> tuple[BertModel, PreTrainedTokenizerFast]:
    """Return a BERT-shaped encoder and its WordPiece tokenizer; raises ModelError."""
    loader: Any = BertModel  # its stub knows nothing of output_loading_info
    try:
        model, info = loader.from_pretrained(
            folder, output_loading_info=True, local_files_only=True, attn_implementation="eager"
        )
        tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder}: no BERT-shaped model to start from ({error})") from error
    missing = [key for key in info["missing_keys"] if not key.startswith("pooler.")]
    if missing:
        raise ModelError(f"{folder}: weights are missing: {', '.join(missing[:3])}")
    return model.eval(), tokenizer


def build_writer(
    base: BertModel, tokenizer: PreTrainedTokenizerFast, shape: Shape, *, texts: Sequence[str]
) -> tuple[BartForConditionalGeneration, PreTrainedTokenizerFast]:
    """Return the untrained writer and its tokenizer with a vocabulary fitted to `texts`."""
    small, kept = prune_tokenizer(tokenizer, shape.vocabulary, texts=texts)
    writer = BartForConditionalGeneration(_config(base, shape, small))
    with torch.no_grad():
        _convert_embeddings(base, writer, torch.tensor(kept))
        for row in range(shape.encoder_layers):
            _convert_layer(base.encoder.layer[row], writer.model.encoder.layers[row])
        for row, origin in enumerate(shape.decoder_layers):
            _warm_decoder_layer(base.encoder.layer[origin], writer.model.decoder.layers[row])
        _start_as_copier(writer, small, texts[:256])
    return writer, small


def _config(base: BertModel, shape: Shape, tokenizer: PreTrainedTokenizerFast) -> BartConfig:
    bert = base.config
    # Only eager attention hands out its weights, which the pointing loss needs.
    attention: dict[str, Any] = {"attn_implementation": "eager"}
    if shape.encoder_layers > bert.num_hidden_layers:
        raise ModelError(f"the base model has {bert.num_hidden_layers} layers only")
    return BartConfig(
        vocab_size=len(tokenizer),
        d_model=bert.hidden_size,
        max_position_embeddings=bert.max_position_embeddings,
        encoder_layers=shape.encoder_layers,
        decoder_layers=len(shape.decoder_layers),
        encoder_attention_heads=bert.num_attention_heads,
        decoder_attention_heads=bert.num_attention_heads,
        encoder_ffn_dim=bert.intermediate_size,
        decoder_ffn_dim=bert.intermediate_size,
        activation_function=bert.hidden_act,
        dropout=0.1,
        attention_dropout=0.0,
        scale_embedding=False,
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=tokenizer.cls_token_id,
        eos_token_id=tokenizer.sep_token_id,
        decoder_start_token_id=tokenizer.cls_token_id,
        forced_eos_token_id=tokenizer.sep_token_id,
        **attention,
    )


def _convert_embeddings(
    base: BertModel, writer: BartForConditionalGeneration, kept: torch.Tensor
) -> None:
    source = base.embeddings
    writer.model.shared.weight.copy_(EMBEDDING_SCALE * source.word_embeddings.weight[kept])
    # All text is segment 0: its embedding is a constant, which the positions take up.
    positions = EMBEDDING_SCALE * (
        source.position_embeddings.weight + source.token_type_embeddings.weight[0]
    )
    for side in (writer.model.encoder, writer.model.decoder):
        side.embed_positions.weight[2:].copy_(positions)  # BART's positions start at 2
        side.layernorm_embedding.load_state_dict(source.LayerNorm.state_dict())


# Layers are Any: the model library leaves the attributes of its modules untyped.
def _convert_layer(source: Any, target: Any) -> None:
    _copy_attention(source, target.self_attn, target.self_attn_layer_norm)
    _copy_feed_forward(source, target)


def _warm_decoder_layer(source: Any, target: Any) -> None:
    _convert_layer(source, target)
    _copy_attention(source, target.encoder_attn, target.encoder_attn_layer_norm)


def _copy_attention(source: Any, attention: Any, norm: Any) -> None:
    own = source.attention.self
    for name, layer in (("q_proj", own.query), ("k_proj", own.key), ("v_proj", own.value)):
        getattr(attention, name).load_state_dict(layer.state_dict())
    attention.out_proj.load_state_dict(source.attention.output.dense.state_dict())
    norm.load_state_dict(source.attention.output.LayerNorm.state_dict())


def _copy_feed_forward(source: Any, target: Any) -> None:
    target.fc1.load_state_dict(source.intermediate.dense.state_dict())
    target.fc2.load_state_dict(source.output.dense.state_dict())
    target.final_layer_norm.load_state_dict(source.output.LayerNorm.state_dict())


def _start_as_copier(
    writer: BartForConditionalGeneration, tokenizer: PreTrainedTokenizerFast, texts: Sequence[str]
) -> None:
    """Set the last cross-attention's value path to read tokens, and the output scale to match."""
    weight, bias = token_readout(writer, tokenizer, texts)
    layer = writer.model.decoder.layers[-1]
    width = weight.shape[0]
    layer.encoder_attn.v_proj.weight.copy_(torch.eye(width))
    layer.encoder_attn.v_proj.bias.zero_()
    gain = width**0.5 / EMBEDDING_SCALE
    layer.encoder_attn.out_proj.weight.copy_(gain * weight)
    layer.encoder_attn.out_proj.bias.copy_(gain * bias)
    # The copied token is to stand out from the residual, and fc2 is not to wash it out.
    layer.encoder_attn_layer_norm.weight.fill_(1.0)
    layer.encoder_attn_layer_norm.bias.zero_()
    layer.fc2.weight.mul_(0.1)
    layer.fc2.bias.zero_()
    # Logits of unit-variance states on embeddings scaled up: bring a match to about 10.
    layer.final_layer_norm.weight.fill_(0.5 / EMBEDDING_SCALE)
    layer.final_layer_norm.bias.zero_()


def token_readout(
    writer: BartForConditionalGeneration, tokenizer: PreTrainedTokenizerFast, texts: Sequence[str]
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return (d, d) weight and (d,) bias of the ridge regression from state to token embedding."""
    states, targets = [], []
    for start in range(0, len(texts), 16):
        batch = tokenizer(
            list(texts[start : start + 16]),
            return_tensors="pt",
            padding=True,
            truncation=True,
            max_length=128,
        )
        hidden = writer.model.encoder(
            input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]
        ).last_hidden_state
        mask = batch["attention_mask"].bool()
        states.append(hidden[mask])
        targets.append(writer.model.shared(batch["input_ids"][mask]))
    x = torch.cat(states)
    x = torch.cat([x, torch.ones(len(x), 1)], dim=1)
    gram = x.T @ x + torch.eye(x.shape[1])
    solution = torch.linalg.solve(gram, x.T @ torch.cat(targets))
    return solution[:-1].T.contiguous(), solution[-1].contiguous()

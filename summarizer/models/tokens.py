"""A tokenizer read from its folder by `tokenizers` alone, without transformers.

Importing what transformers needs for a tokenizer and a model costs as much as importing torch does.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

FILE = "tokenizer.json"
CONFIG = "tokenizer_config.json"
_ENDLESS = 1_000_000  # tokens; for a tokenizer that names no longest text


class Tokens:
    """What this package asks of a tokenizer of transformers, under the same names.

    Raises:
        OSError: a file is missing.
        ValueError: a file is no JSON, or names a special token that is not in the vocabulary.
        Exception: as tokenizers raises itself, where tokenizer.json is broken.
    """

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        self._raw = Tokenizer.from_str((folder / FILE).read_text(encoding="utf-8"))
        self._raw.no_padding()
        named = {key: _text(token) for key, token in config.items() if key.endswith("_token")}
        ids = {name: self._raw.token_to_id(token) for name, token in named.items() if token}
        lost = sorted(name for name, row in ids.items() if row is None)
        if lost:
            raise ValueError(f"{CONFIG}: {lost[0]} is not in the vocabulary")
        self.all_special_tokens = list(dict.fromkeys(token for token in named.values() if token))
        self.all_special_ids = sorted({row for row in ids.values() if row is not None})
        self.model_max_length = int(config.get("model_max_length", _ENDLESS))
        self.pad_token_id, self.unk_token_id = ids.get("pad_token"), ids.get("unk_token")
        self.cls_token_id, self.sep_token_id = ids.get("cls_token"), ids.get("sep_token")
        self.eos_token_id = ids.get("eos_token")

    def __len__(self) -> int:
        return int(self._raw.get_vocab_size())

    def __call__(
        self,
        texts: Sequence[str],
        *,
        add_special_tokens: bool = True,
        truncation: bool = False,
        max_length: int = _ENDLESS,
        split_special_tokens: bool = False,
        verbose: bool = False,
    ) -> dict[str, list[list[int]]]:
        """Return {"input_ids": one list of token ids for each text}; nothing is ever warned of."""
        if truncation:
            self._raw.enable_truncation(max_length)
        else:
            self._raw.no_truncation()
        self._raw.encode_special_tokens = split_special_tokens
        encoded = self._raw.encode_batch_fast(list(texts), add_special_tokens=add_special_tokens)
        return {"input_ids": [one.ids for one in encoded]}

    def convert_ids_to_tokens(self, ids: Sequence[int]) -> list[str]:
        """Return the pieces of the vocabulary."""
        return [str(self._raw.id_to_token(row)) for row in ids]

    def batch_decode(
        self, ids: Sequence[Sequence[int]], *, skip_special_tokens: bool = True
    ) -> list[str]:
        """Return the text of each row of token ids."""
        texts: list[str] = self._raw.decode_batch(
            [list(row) for row in ids], skip_special_tokens=skip_special_tokens
        )
        return texts


def _text(token: object) -> str:
    """Return the text of a special token, written as such or with its options."""
    return str(token.get("content", "")) if isinstance(token, dict) else str(token or "")

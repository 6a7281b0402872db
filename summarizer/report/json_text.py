"""JSON as text that may be shown: nothing an article wrote can steer a terminal or an editor."""

from __future__ import annotations

import json
import re
from typing import Any

# JSON escapes U+0000 to U+001F itself. The other controls, the marks that turn the direction of
# what follows, line separators that some readers split at, and halves of surrogate pairs, which no
# encoding can write: all of them stand inside strings, where \u means the same.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def dumps(data: Any, *, indent: int | None = None) -> str:
    """Return `data` as JSON in Unicode; reading it back gives the same data.

    Raises ValueError for a number that is not finite.
    """
    text = json.dumps(data, indent=indent, ensure_ascii=False, allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)

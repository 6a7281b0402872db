"""The HTTP service; `create_app` makes it of a ready `Summarizer`."""

from summarizer.errors import MissingExtraError

try:
    from summarizer.service.app import create_app
    from summarizer.service.stories import warm_up
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] not in ("fastapi", "starlette", "prometheus_client"):
        raise
    raise MissingExtraError(
        f"{error.name} is not installed; run: pip install 'viewpoint-summarizer[serve]'"
    ) from error
from summarizer.service.limits import Access, Limits

__all__ = ["Access", "Limits", "create_app", "warm_up"]

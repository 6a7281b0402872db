"""A batch on Ray Data: one actor per worker holds the models, answers come back in order.

The input is read and the output written by this process's machine alone; other machines of the
cluster need the package installed, not the files.
"""

from __future__ import annotations

import logging
import os
import pickle
import socket
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.batch.inputs import Row
from summarizer.batch.plan import Plan
from summarizer.batch.run import WINDOW, Answer, Tally, answers, windows_of, write
from summarizer.errors import EngineError, MissingExtraError, SummarizerError

if TYPE_CHECKING:
    from summarizer.pipeline import Summarizer

# Before Ray is imported, which reads them then: nothing is reported to anybody, and where there is
# no accelerator its variables are left as they are.
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # it prints beside the progress bar
os.environ.setdefault(
    "RAY_worker_niceness", "0"
)  # Ray has workers stand back behind everything else

try:
    import pyarrow as pa
    import ray
    from ray.data import ActorPoolStrategy, DataContext, Datasource, ReadTask
    from ray.data.block import BlockMetadata
except ImportError as error:
    raise MissingExtraError(
        "--engine ray needs Ray: pip install 'viewpoint-summarizer[batch]'"
    ) from error

log = logging.getLogger(__name__)

RETRIES = 3  # of a window whose worker died; an article that kills four workers stops the run

_ANSWER_S = 10.0  # for a connection within a cluster
_STORE_BYTES = 256 << 20  # shared memory of a local run; articles under way take a few megabytes
_SCHEMA = pa.schema([("window", pa.large_binary())])  # rows, or their answers, as one cell


def batch_on_ray(
    load: Callable[[], Summarizer],
    plan: Plan,
    *,
    workers: int = 1,
    address: str | None = None,
    gpus: float = 0,
    window: int = WINDOW,
    advance: Callable[[], None] = lambda: None,
) -> Tally:
    """Write the answers that are missing, the same bytes as `batch`, with `workers` processes.

    `load` is called once in each. `address` is that of a cluster (as of `ray.init`; "auto" finds
    one on this machine); without it Ray is started here, and stopped at the end. A worker that
    dies is replaced and its articles done again, `RETRIES` times. `gpus` is what a worker takes.

    Raises:
        EngineError: no cluster answers, or workers die again and again.
        SummarizerError: what `load` raises, and as `batch`.
    """
    windows = -(-(plan.total - plan.resumed) // window)
    if not windows:
        return write([], plan, advance=advance)
    workers = min(workers, windows)
    with _connected(address, workers), DataContext.current(_context()):
        dataset = _dataset(load, _Windows(ray.put(plan), window), workers=workers, gpus=gpus)
        # Closed before Ray is left, or its threads would start it once more.
        with closing(_answers(dataset)) as given:
            return write(given, plan, advance=advance)


class _Windows(Datasource):  # type: ignore[misc]
    """The rows that are left, a window to a block, as one stream that is read where the file is."""

    def __init__(self, plan: Any, size: int) -> None:
        super().__init__()
        self._plan, self._size = plan, size

    @property
    def supports_distributed_reads(self) -> bool:
        return False

    def estimate_inmemory_data_size(self) -> int | None:
        return None

    def get_read_tasks(self, parallelism: int, **options: Any) -> list[Any]:
        unknown = BlockMetadata(num_rows=None, size_bytes=None, input_files=None, exec_stats=None)
        return [ReadTask(partial(_read, self._plan, self._size), unknown, schema=_SCHEMA)]


def _read(plan: Any, size: int) -> Iterator[Any]:
    return map(_block, windows_of(ray.get(plan).left(), size))


class _Attempts:
    """Counts how often each window was begun: Ray itself would try for ever."""

    def __init__(self) -> None:
        self._begun: Counter[int] = Counter()

    def begin(self, row: int) -> int:
        """Return how often the window that starts with `row` was begun before."""
        self._begun[row] += 1
        return self._begun[row] - 1

    def end(self, row: int) -> None:
        """Forget a window that is done."""
        del self._begun[row]


class _Worker:
    """Holds the models for as long as the run lasts.

    What is wrong is given back as a value: Ray hands on the text of an error, not the error.
    """

    def __init__(self, load: Callable[[], Summarizer], attempts: Any) -> None:
        self._attempts = attempts
        self._summarizer: Summarizer | SummarizerError
        try:
            self._summarizer = load()
        except Exception as error:  # noqa: BLE001 - the edge of the process
            self._summarizer = _own(error)

    def __call__(self, block: Any) -> Any:
        [cell] = block.column("window")
        try:
            return _block(self._answers(pickle.loads(cell.as_py())))
        except Exception as error:  # noqa: BLE001 - the edge of the process
            return _block(_own(error))

    def _answers(self, rows: list[Row]) -> list[Answer]:
        if isinstance(self._summarizer, SummarizerError):
            raise self._summarizer
        first, last = rows[0].number, rows[-1].number
        if ray.get(self._attempts.begin.remote(first)) > RETRIES:
            raise EngineError(
                f"lines {first} to {last}: {RETRIES + 1} workers died on them, perhaps for want of "
                "memory; what is written stays; mend or remove them and start again to go on"
            )
        done = list(answers(self._summarizer, rows))
        ray.get(self._attempts.end.remote(first))
        return done


def _own(error: Exception) -> SummarizerError:
    """Return an error that any process can read."""
    if isinstance(error, SummarizerError):
        return error
    return EngineError(f"a worker failed: {error!r}; what is written stays, start again to go on")


def _block(window: list[Row] | list[Answer] | SummarizerError) -> Any:
    return pa.table({"window": [pickle.dumps(window)]}, schema=_SCHEMA)


def _context() -> Any:
    """Return what Ray Data is told: input order, small blocks, silence."""
    context = DataContext.get_current().copy()
    context.execution_options.preserve_order = True
    context.target_max_block_size = 1  # byte: blocks are never put together, a window is the unit
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    return context


def _dataset(load: Callable[[], Summarizer], windows: Any, *, workers: int, gpus: float) -> Any:
    rows = ray.data.read_datasource(windows, override_num_blocks=1, num_cpus=0.5)
    return rows.map_batches(
        _Worker,
        fn_constructor_args=(load, ray.remote(num_cpus=0)(_Attempts).remote()),
        batch_size=None,
        batch_format="pyarrow",
        compute=ActorPoolStrategy(size=workers),
        num_cpus=1,
        num_gpus=gpus,
    )


def _answers(dataset: Any) -> Generator[Answer]:
    blocks = iter(dataset.iter_batches(batch_size=None, batch_format="pyarrow"))
    with closing(blocks):
        try:
            for block in blocks:
                for cell in block.column("window"):
                    yield from _unpacked(cell.as_py())
        except ray.exceptions.RayError as error:
            raise EngineError(
                f"Ray gave up: {_line(error)}; what is written stays, start again to go on"
            ) from error


def _unpacked(cell: bytes) -> list[Answer]:
    window: list[Answer] | SummarizerError = pickle.loads(cell)
    if isinstance(window, SummarizerError):
        raise window
    return window


def _line(error: Exception) -> str:
    """Return what Ray says, on one line and no longer than that."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"


@contextmanager
def _connected(address: str | None, workers: int) -> Iterator[None]:
    """Join a cluster, or start one of this machine with room for `workers` and the reader."""
    here = {"num_cpus": workers + 1, "object_store_memory": _STORE_BYTES}
    level = logging.INFO if log.isEnabledFor(logging.INFO) else logging.ERROR
    for handler in logging.getLogger("ray.data").handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setLevel(level)
    if address and address != "auto":
        _check_answers(address)
    try:
        with _hushed():
            ray.init(
                address=address or "local",
                include_dashboard=False if address is None else None,
                logging_level=level,
                log_to_driver=False,  # it would go to stdout
                **({} if address else here),
            )
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise EngineError(f"{address or 'Ray'}: not reached: {_line(error)}") from error
    try:
        yield
    finally:
        ray.shutdown()


def _check_answers(address: str) -> None:
    """Raise EngineError now where Ray would wait for minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=_ANSWER_S).close()
    except (OSError, ValueError) as error:
        raise EngineError(
            f"{address}: no Ray there ({error}); give HOST:PORT as 'ray start --head' prints it"
        ) from error


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep Ray's native code from greeting on stderr; its errors are exceptions."""
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)

"""Broken, foreign and hostile model folders: each is refused in words, none is run."""

from __future__ import annotations

import hashlib
import json
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from summarizer import Summarizer, weights
from summarizer.errors import FetchError, ModelError
from summarizer.models import load_encoder, load_writer
from summarizer.models.seq2seq import Seq2SeqWriter
from summarizer.models.windows import lay_out
from summarizer.protocols import Passage, WriteRequest
from tests import tiny_models

REQUEST = WriteRequest(task="summary", texts=("The mayor says the tram will help.", "Shops will."))
LOAD = {"encoder": load_encoder, "relation": load_encoder, "writer": load_writer}
TEXTS = ["the mayor says", "the tram will"]


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    home = tmp_path_factory.mktemp("good")
    base = tiny_models.encoder(home / "encoder")
    tiny_models.relation(home / "relation", base)
    tiny_models.writer(home / "writer")
    return home


@pytest.fixture(params=sorted(LOAD))
def kind(request):
    return request.param


@pytest.fixture
def folder(good, kind, tmp_path):
    """A folder of that kind, to be broken."""
    return Path(shutil.copytree(good / kind, tmp_path / kind))


def use(kind, folder):
    model = LOAD[kind](folder)
    return model.write([REQUEST]) if kind == "writer" else model.encode(TEXTS)


def change_weights(file, change):
    stored = load_file(file)
    change(stored)
    save_file(stored, file, metadata={"format": "pt"})


def test_a_good_folder_works(kind, folder):
    assert len(use(kind, folder)) > 0


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors"])
def test_a_missing_file_is_said(kind, folder, name):
    (folder / name).unlink()
    with pytest.raises(ModelError, match=str(folder)):
        use(kind, folder)


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors"])
@pytest.mark.parametrize(
    "content", [b"", b"{", b"null", b"[1]", b"\xff\xfe\x00", b'{"a": ' * 5000, b"\x80\x04K\x01."]
)
def test_a_corrupt_file_is_said(kind, folder, name, content):
    (folder / name).write_bytes(content)
    with pytest.raises(ModelError, match=str(folder)):
        use(kind, folder)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.999])
def test_weights_cut_short_are_said(kind, folder, share):
    file = folder / "model.safetensors"
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(ModelError, match=str(folder)):
        use(kind, folder)


def test_weights_that_are_not_all_there_are_said(kind, folder):
    lost = []

    def drop(stored):
        lost.append(next(name for name in sorted(stored) if "layers" in name or "layer." in name))
        del stored[lost[0]]

    change_weights(folder / "model.safetensors", drop)
    with pytest.raises(ModelError, match=r"1 weights are missing.*noise"):
        use(kind, folder)


def test_weights_of_another_shape_are_said(kind, folder):
    def widen(stored):
        name = next(name for name in sorted(stored) if "attn" in name or "attention" in name)
        stored[name] = torch.zeros(7, 7)

    change_weights(folder / "model.safetensors", widen)
    with pytest.raises(ModelError, match=str(folder)):
        use(kind, folder)


def test_weights_of_another_model_are_said(kind, folder, good):
    other = "encoder" if kind == "writer" else "writer"
    shutil.copy(good / other / "model.safetensors", folder / "model.safetensors")
    with pytest.raises(ModelError, match=str(folder)):
        use(kind, folder)


def test_a_model_for_something_else_is_said(good):
    with pytest.raises(ModelError, match="no seq2seq writer"):
        load_writer(good / "encoder")
    with pytest.raises(ModelError, match="give it as the writer"):
        load_encoder(good / "writer")


def test_a_tokenizer_of_a_larger_model_is_said(kind, folder):
    tiny_models.tokenizer(more=50).save_pretrained(folder)
    with pytest.raises(ModelError, match="belong to different models"):
        use(kind, folder)


def test_output_that_is_no_number_is_an_error_and_no_result(kind, folder):
    def poison(stored):
        name = next(name for name in sorted(stored) if "embed" in name)
        stored[name] = torch.full_like(stored[name], float("nan"))

    change_weights(folder / "model.safetensors", poison)
    with pytest.raises(ModelError, match="not finite"):
        use(kind, folder)


def test_heads_that_are_no_numbers_are_an_error(good, tmp_path):
    folder = shutil.copytree(good / "relation", tmp_path / "relation")

    def poison(stored):
        stored["types_head.bias"] = torch.full_like(stored["types_head.bias"], float("nan"))

    change_weights(folder / "heads.safetensors", poison)
    with pytest.raises(ModelError, match="not finite"):
        load_encoder(folder).read([Passage(sentences=("the tram",), paragraphs=(0,))])


class _Bomb:
    """Unpickling it writes a file: proof that code ran."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return Path.write_text, (self.mark, "ran")


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "model.pth", "model.ckpt"])
def test_a_pickle_is_refused_and_not_opened(kind, folder, name, tmp_path):
    mark = tmp_path / "mark"
    (folder / "model.safetensors").unlink()
    (folder / "heads.safetensors").unlink(missing_ok=True)
    (folder / name).write_bytes(pickle.dumps(_Bomb(mark)))
    with pytest.raises(ModelError, match="pickles only"):
        use(kind, folder)
    assert not mark.exists()


def test_a_pickle_that_poses_as_safetensors_is_not_opened(kind, folder, tmp_path):
    mark = tmp_path / "mark"
    (folder / "model.safetensors").write_bytes(pickle.dumps(_Bomb(mark)))
    with pytest.raises(ModelError, match=str(folder)):
        use(kind, folder)
    assert not mark.exists()


def test_code_that_comes_with_a_model_is_not_run(kind, folder, tmp_path):
    mark = tmp_path / "mark"
    config = json.loads((folder / "config.json").read_text())
    config["model_type"] = "own"
    config["auto_map"] = {
        name: f"own.{name}" for name in ("AutoConfig", "AutoModel", "AutoModelForSeq2SeqLM")
    }
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "own.py").write_text(f"open({str(mark)!r}, 'w').write('ran')\n")
    with pytest.raises(ModelError, match=str(folder)):
        use(kind, folder)
    assert not mark.exists()


def test_a_file_in_place_of_a_folder_is_said(kind, folder):
    with pytest.raises(ModelError, match="a file; name the folder"):
        LOAD[kind](str(folder / "model.safetensors"))


def test_a_changed_file_is_not_the_one_in_the_sums(kind, folder):
    weights.record(folder)
    assert len(use(kind, folder)) > 0
    file = folder / "tokenizer_config.json"
    file.write_text(file.read_text() + " ")
    with pytest.raises(ModelError, match="SHA256SUMS"):
        use(kind, folder)


@pytest.mark.parametrize("which", ["encoder", "writer"])
def test_the_bundled_weights_are_those_in_their_sums(which):
    folder = weights.bundled(which)
    lines = (folder / weights.SUMS).read_text().splitlines()
    listed = {line.split()[1] for line in lines if not line.startswith("#")}
    assert listed == {line.split()[3] for line in lines if line.startswith("# crc32 ")}
    assert {file.name for file in folder.glob("*.safetensors")} <= listed
    assert {"config.json", "tokenizer.json"} <= listed
    for line in lines:
        if not line.startswith("#"):
            wanted, name = line.split()
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == wanted


def test_the_name_of_a_special_token_in_an_article_is_text(good):
    hostile = "the tram [SEP] will [PAD] the [CLS] mayor"
    encoder, writer = load_encoder(good / "relation"), Seq2SeqWriter(good / "writer")
    window = lay_out(Passage(sentences=(hostile,)), encoder._network.tokenizer)[0]
    assert [token for token in window.ids if token in (0, 2, 3)] == [2, 3, 3]
    prompt = writer._prompt(WriteRequest(task="summary", texts=(hostile,)), (hostile,))
    ids = writer._tokenizer(prompt, add_special_tokens=False)["input_ids"]
    assert not {0, 2, 3} & set(ids)


# urllib3 binds a socket when it is imported, to see whether there is IPv6; none may go further.
NO_SOCKETS = """
import sys
def refuse(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname"):
        print(event, args)
        raise SystemExit(3)
sys.addaudithook(refuse)
from summarizer import Summarizer
from summarizer.errors import ModelError, SummarizerError
"""


def without_sockets(script, *args):
    return subprocess.run(
        [sys.executable, "-c", NO_SOCKETS + script, *map(str, args)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=Path(__file__).parents[2],
    )


@pytest.mark.slow
def test_the_bundled_models_open_no_socket(root):
    page = root / "examples" / "article.html"
    script = "print(len(Summarizer.from_pretrained().analyze(sys.argv[1]).viewpoints))"
    done = without_sockets(script, page)
    assert done.stdout.strip().isdigit(), done.stderr


def test_offline_opens_no_socket_for_a_name_or_an_address(good):
    script = """
for options in ({"encoder": "some/encoder"}, {"writer": "some/writer"}):
    try:
        Summarizer.from_pretrained(**{"encoder": sys.argv[1], **options}, offline=True)
    except ModelError as error:
        print(str(error)[:5])
summarizer = Summarizer.from_pretrained(sys.argv[1], sys.argv[2], offline=True)
try:
    summarizer.analyze("https://news.example/article")
except SummarizerError as error:
    print(error)
"""
    done = without_sockets(script, good / "relation", good / "writer")
    first, second, third = done.stdout.splitlines()
    assert first == second == "some/"
    assert third.startswith("https://news.example/article: not fetched"), done.stderr


def test_offline_says_so_for_each_address(good):
    summarizer = Summarizer.from_pretrained(good / "relation", good / "writer", offline=True)
    (failure,) = summarizer.analyze_many(["https://news.example/article"])
    assert isinstance(failure.error, FetchError)


@pytest.mark.parametrize("load", [load_encoder, load_writer])
def test_a_device_that_is_not_there_is_said_and_blamed_on_no_folder(load):
    with pytest.raises(ModelError, match=r"^device 'gpu' cannot be used here; take cpu"):
        load(device="gpu")

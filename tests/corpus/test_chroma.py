"""Chroma as others see it: through LlamaIndex's tools, and behind a server that may hang or die."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from index_support import BUS, CRECHE, JEUNES, MAM, build_document, put

from corpus.embedding import Embedder
from corpus.errors import SettingInvalid, VectorStoreUnavailable
from corpus.index.health import find_faults
from corpus.index.reader import open_index
from corpus.index.server import connect_server
from corpus.index.vectors import open_folder
from corpus.llama_embedding import as_llama_embedding
from corpus.settings import Settings


def test_llama_index_finds_the_same_passages(settings: Settings, embedder: Embedder, tmp_path: Path) -> None:
    from llama_index.core import VectorStoreIndex

    published = put(settings, embedder, [build_document("aa", [CRECHE, MAM, JEUNES, BUS])])
    shutil.copytree(settings.index_dir / published.record.name / "chroma", tmp_path / "chroma")
    store = open_folder(tmp_path / "chroma", "passages")
    model = as_llama_embedding(embedder)
    retriever = VectorStoreIndex.from_vector_store(store.llama, embed_model=model).as_retriever(similarity_top_k=4)
    nodes = retriever.retrieve("transport des familles")
    store.close()
    ours = open_index(settings).dense(embedder.embed_query("transport des familles"), limit=4)
    assert [node.node.node_id for node in nodes] == [name for name, _ in ours]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    program = Path(sys.executable).with_name("chroma")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(program), "run", "--path", str(tmp_path_factory.mktemp("chroma")), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            if httpx.get(f"{url}/api/v2/heartbeat", timeout=1).status_code == 200:
                break
        except httpx.HTTPError:
            time.sleep(0.1)
    yield url, process
    process.kill()
    process.wait()


def collections(url: str) -> set[str]:
    client = connect_server(url)
    names = {collection.name for collection in client.list_collections()}
    client.close()
    return names


def test_a_shared_server_serves_hangs_and_recovers(
    settings: Settings, embedder: Embedder, server: "tuple[str, subprocess.Popen[bytes]]"
) -> None:
    url, process = server
    shared = settings.model_copy(update={"chroma_url": url})
    for text in (MAM, JEUNES, BUS):
        put(shared, embedder, [build_document("aa", [CRECHE, text])])
    index = open_index(shared)
    question = embedder.embed_query("minibus")
    assert index.vectors_in_chroma
    assert {name for name, _ in index.dense(question)} == {"aa#p0-0", "aa#p0-1"}
    assert index.dense(question, ["bb"]) == []
    # The generation in service and the one before it, as on the disk.
    assert len(collections(url)) == 2
    assert find_faults(shared) == ()

    os.kill(process.pid, signal.SIGSTOP)
    try:
        started = time.perf_counter()
        with pytest.raises(VectorStoreUnavailable, match="ne répond pas"):
            index.dense(question)
        assert time.perf_counter() - started < 5
        started = time.perf_counter()
        with pytest.raises(VectorStoreUnavailable):
            connect_server(url)
        assert time.perf_counter() - started < 5
        assert index.lexical("minibus")
        with pytest.raises(VectorStoreUnavailable):
            put(shared, embedder, [build_document("aa", [MAM])])
        assert open_index(shared) is index
    finally:
        os.kill(process.pid, signal.SIGCONT)
    assert index.dense(question)
    put(shared, embedder, [build_document("aa", [MAM])])
    assert open_index(shared).generation.counts.passages == 1


def test_a_server_that_is_not_there_or_not_one_is_said(settings: Settings) -> None:
    with pytest.raises(VectorStoreUnavailable, match="CTG_CHROMA_URL"):
        connect_server("http://127.0.0.1:9")
    with pytest.raises(SettingInvalid, match="CTG_CHROMA_URL"):
        connect_server("chroma.example")

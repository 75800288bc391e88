"""`python -m ingest.training`: from the pairs to corpus/associations.json, in one command."""

import json

from corpus.associations import ASSOCIATIONS_FILE
from ingest.training.associations import learn_associations, load_pairs


def main() -> None:
    """Learn from every pair and write the file that questions are expanded with."""
    pairs = load_pairs()
    learned = learn_associations(pairs)
    lines = [f"{json.dumps(word)}: {json.dumps(others, ensure_ascii=False)}" for word, others in learned.items()]
    ASSOCIATIONS_FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{len(pairs)} paires, {len(learned)} mots associés : {ASSOCIATIONS_FILE.name}")


if __name__ == "__main__":
    main()

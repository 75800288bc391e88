"""Switches that keep the libraries silent: no model hub, no telemetry, no progress bars of their own.

Set before the libraries are imported; what the user has set in the environment wins.
"""

import logging
import os

_SWITCHES = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "DO_NOT_TRACK": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_VERBOSITY": "error",
}


def silence_libraries() -> None:
    """Set the switches; harmless when called again."""
    for name, value in _SWITCHES.items():
        os.environ.setdefault(name, value)
    for logger in ("chromadb", "httpx", "sentence_transformers"):
        logging.getLogger(logger).setLevel(logging.WARNING)

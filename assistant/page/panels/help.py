"""Help: the glossary with its search, how to ask, the limits, the keyboard."""

import gradio as gr

from assistant.page.context import Hooks, PageContext
from assistant.page.rendering.help import HOW_TO, render_glossary, render_look_up
from corpus.glossary import load_glossary


def build_help(context: PageContext, hooks: Hooks) -> None:
    """Draw the panel and wire it."""
    gr.HTML("<h2>Aide</h2>", elem_classes="ctg-title")
    gr.HTML(HOW_TO, elem_id="ctg-how-to", apply_default_css=False)
    gr.HTML("<h2>Glossaire</h2>", elem_classes="ctg-title")
    word = gr.Textbox(label="Sigle ou mot", placeholder="Par exemple : RPE, nounou, guichet unique", max_length=80)
    found = context.html(render_glossary(load_glossary()), "ctg-glossary", opens_sources=False)
    word.change(
        look_up, word, found, api_visibility="private", show_progress="hidden", trigger_mode="always_last",
        concurrency_id="read",
    )  # fmt: skip


def look_up(word: str) -> str:
    """What the glossary knows of a word; the whole glossary where none is given."""
    glossary = load_glossary()
    return render_look_up(glossary.look_up(word)) if word.strip() else render_glossary(glossary)

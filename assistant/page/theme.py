"""The look of Gradio's own controls, in tune with page.css: ink blue on warm white, system fonts."""

from typing import Any

INK, INK_DARK = "#1b3a5c", "#9cc3ea"


def make_theme() -> Any:
    """The Gradio theme, light and dark."""
    import gradio as gr
    from gradio.themes.utils.fonts import Font

    family = [Font("system-ui"), Font("Segoe UI"), Font("Roboto"), Font("sans-serif")]
    mono = [Font("ui-monospace"), Font("Consolas"), Font("monospace")]
    blue = gr.themes.Color(
        name="encre", c50="#f0f5fa", c100="#dde8f3", c200="#bcd2e8", c300="#9cc3ea", c400="#5f8fbf", c500="#2f6398",
        c600="#1b4a78", c700="#1b3a5c", c800="#152e49", c900="#0f2237", c950="#0a1828",
    )  # fmt: skip
    sand = gr.themes.Color(
        name="sable", c50="#faf9f6", c100="#f2f0ea", c200="#e2ded3", c300="#c9c4b6", c400="#96907f", c500="#6d6859",
        c600="#555145", c700="#3c3a32", c800="#262722", c900="#1a1c1b", c950="#121413",
    )  # fmt: skip
    theme = gr.themes.Base(
        primary_hue=blue, secondary_hue=blue, neutral_hue=sand, font=family, font_mono=mono,
        radius_size=gr.themes.sizes.radius_sm, text_size=gr.themes.sizes.text_md,
    )  # fmt: skip
    return theme.set(
        body_background_fill="#faf9f6", body_background_fill_dark="#131719",
        body_text_color="#1e2328", body_text_color_dark="#e8e6e0",
        body_text_color_subdued="#555145", body_text_color_subdued_dark="#b6b2a6",
        background_fill_primary="#ffffff", background_fill_primary_dark="#1b2023",
        background_fill_secondary="#f2f0ea", background_fill_secondary_dark="#20262a",
        block_background_fill="#ffffff", block_background_fill_dark="#1b2023",
        block_border_color="#e2ded3", block_border_color_dark="#343b40",
        block_label_text_color="#1b3a5c", block_label_text_color_dark=INK_DARK,
        block_title_text_color="#1e2328", block_title_text_color_dark="#e8e6e0",
        block_title_text_weight="600", block_shadow="none", block_shadow_dark="none",
        border_color_primary="#c9c4b6", border_color_primary_dark="#4a5258",
        input_background_fill="#ffffff", input_background_fill_dark="#131719",
        input_border_color="#8a8474", input_border_color_dark="#7d878e",
        input_border_color_focus=INK, input_border_color_focus_dark=INK_DARK,
        input_border_width="1px", input_border_width_dark="1px",
        input_placeholder_color="#6d6859", input_placeholder_color_dark="#a5a195",
        button_primary_background_fill=INK, button_primary_background_fill_dark=INK_DARK,
        button_primary_background_fill_hover="#152e49", button_primary_background_fill_hover_dark="#bcd9f4",
        button_primary_text_color="#ffffff", button_primary_text_color_dark="#0f2237",
        button_primary_text_color_hover="#ffffff", button_primary_text_color_hover_dark="#0f2237",
        button_secondary_background_fill="#ffffff", button_secondary_background_fill_dark="#1b2023",
        button_secondary_border_color="#8a8474", button_secondary_border_color_dark="#7d878e",
        button_secondary_text_color=INK, button_secondary_text_color_dark=INK_DARK,
        button_large_text_weight="600", button_border_width="1px",
        checkbox_background_color_selected=INK, checkbox_background_color_selected_dark="#5f8fbf",
        color_accent=INK, color_accent_soft="#dde8f3", color_accent_soft_dark="#23364a",
        link_text_color=INK, link_text_color_dark=INK_DARK,
        table_text_color="#1e2328", table_text_color_dark="#e8e6e0",
    )  # fmt: skip

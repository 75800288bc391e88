"""The page: one Gradio application in French, thin over the service. A door: nothing imports it."""

"""Form fields as the design system draws them."""

from __future__ import annotations

from django.forms.renderers import Jinja2


class FormRenderer(Jinja2):
    """Draws fields with our own templates."""

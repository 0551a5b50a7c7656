"""The one look of all forms: `settings.FORM_RENDERER`.

`{{ form }}` draws an error summary and every field by ui/form.html and ui/field.html; a template may draw its fields
one by one with `{{ form.role.as_field_group }}`. Every field works without a script. Chips are in `awas.ui.asks`.
"""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Forms through the project's own template engine, so that our tags work in them (needs "django.forms")."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"

"""How forms are rendered. The fields themselves live in the kernel, where every floor can use them.

`KitRenderer` is the house's renderer (settings.FORM_RENDERER): `{{ form }}` in a template gives
the error summary with links, then every field with its label above, help below and error beside.
"""

from django.forms.renderers import TemplatesSetting

from tatausaha.core.kernel.fields import (
    MONTHS,
    PAPERS,
    PHOTOS,
    READINGS,
    DateField,
    DateInput,
    FileInput,
    PaperField,
    PhotoField,
    ReadBackInput,
    RupiahField,
    RupiahInput,
    UploadField,
    parse_date,
    read_back,
    reading,
)
from tatausaha.core.people.fields import PhoneField

__all__ = [
    "MONTHS",
    "PAPERS",
    "PHOTOS",
    "READINGS",
    "DateField",
    "DateInput",
    "FileInput",
    "KitRenderer",
    "PaperField",
    "PhoneField",
    "PhotoField",
    "ReadBackInput",
    "RupiahField",
    "RupiahInput",
    "UploadField",
    "parse_date",
    "read_back",
    "reading",
]


class KitRenderer(TemplatesSetting):
    """Forms and fields in the look of the house; widgets may be replaced by templates of the same name."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"

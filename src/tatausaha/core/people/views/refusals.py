"""How a `Refused` is shown beside the field that it belongs to."""

from django.forms import BaseForm

from tatausaha.core.kernel.errors import Refused


def refuse(form: BaseForm, no: Refused) -> None:
    """Put the sentence at its field, or on top of the form."""
    form.add_error(no.field if no.field in form.fields else None, str(no))

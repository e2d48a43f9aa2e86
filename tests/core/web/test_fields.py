"""What stands at a field when a form comes back."""

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile


class Note(forms.Form):
    """A sentence and its photo."""

    said = forms.CharField()
    photo = forms.FileField(required=False)


def test_a_refused_form_says_which_file_is_to_be_chosen_again() -> None:
    sent = Note({}, {"photo": SimpleUploadedFile("nota <1>.jpg", b"x")})

    assert "Pilih lagi berkas “nota &lt;1&gt;.jpg”" in sent["photo"].as_field_group()
    assert "Pilih lagi" not in Note({"said": "x"}, {})["photo"].as_field_group()
    assert "Pilih lagi" not in Note()["photo"].as_field_group()

"""The key that names are searched by, kept beside them."""

from typing import TYPE_CHECKING, Any

from django.db import models

from families import name_normalisation

if TYPE_CHECKING:
    Text = models.CharField[str, str]
else:
    Text = models.CharField


class SearchNameField(Text):
    """The names in `fields` of the same row in plain Latin letters, set whenever it is saved.

    The database cannot make it, because not every server knows letters other than ASCII. What
    writes names without saving a record, such as an import, writes it too:
    `families.name_normalisation`.
    """

    def __init__(self, *fields: str, **options: Any) -> None:
        self.fields = fields
        defaults: dict[str, Any] = {
            "max_length": name_normalisation.LONGEST,
            "blank": True,
            "db_default": "",
        }
        super().__init__(**defaults | options)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, options = super().deconstruct()
        return name, path, (*self.fields, *args), options

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = name_normalisation.search_text(
            *(getattr(model_instance, field) for field in self.fields)
        )
        setattr(model_instance, self.attname, key)
        return key

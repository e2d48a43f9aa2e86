"""What needs Django to look: relations between apps, missing migrations, Django's own checks.

python -m tools.django_state
"""

import os
import sys
from collections.abc import Iterable, Iterator

import django
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Model


def floor_of(module: str) -> str:
    """`business.boarding`, `core.ledger`; empty for what is not ours."""
    parts = module.split(".")
    return ".".join(parts[1:3]) if parts[0] == "tatausaha" else ""


def foreign_relations(models: Iterable[type[Model]]) -> Iterator[str]:
    """A relation points to the own app or to core; core's never points to a business."""
    for model in models:
        own = floor_of(model.__module__)
        if not own:
            continue
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):  # noqa: SLF001
            other = floor_of(field.related_model.__module__) if isinstance(field.related_model, type) else ""
            if other and other != own and not other.startswith("core."):
                yield f"{model._meta.label}.{field.name} points to {other} (a business is pointed to by nobody)"  # noqa: SLF001


def main() -> int:
    """See the file's head."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    found = list(foreign_relations(apps.get_models()))
    print("\n".join(found))
    try:
        call_command("check", fail_level="WARNING", verbosity=0)
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except CommandError as no:
        print(no)
        return 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

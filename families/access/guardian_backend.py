"""guardian's grants, as far as the clock still lets them count."""

from typing import Any

from guardian.backends import ObjectPermissionBackend

from families.models import Family


class FamilyPermissionBackend(ObjectPermissionBackend):
    """Answers `has_perm` about a family as `visible_to` would at this moment.

    A grant stays in its table until the lapsed ones are tidied away; nobody has anything by it.
    """

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if not super().has_perm(user_obj, perm, obj):
            return False
        if not isinstance(obj, Family):
            return True
        return Family.objects.visible_to(user_obj).filter(pk=obj.pk).exists()

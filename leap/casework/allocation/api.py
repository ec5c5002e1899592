"""Naming who leads a family, for other systems."""

from django.http import HttpResponse
from rest_framework.decorators import action
from rest_framework.request import Request

from leap.casework.allocation import actions
from leap.casework.merging import api
from leap.core.accounts.models import User
from leap.core.api.references import NamedReference, RequestSerializer
from leap.core.api.sending import Made


class LeadRequest(RequestSerializer):
    """Who is to lead the family, and who led it when you read it."""

    practitioner = NamedReference("practitioner", lambda user: User.objects.all())
    instead_of = NamedReference(
        "practitioner",
        lambda user: User.objects.all(),
        allow_null=True,
        help_text="The lead practitioner as you read it, by reference; null where there was none.",
    )


class AllocationFamilies(api.MergedFamilies):
    __doc__ = api.MergedFamilies.__doc__
    request_serializers = {**api.MergedFamilies.request_serializers, "allocate": LeadRequest}

    @action(detail=True, methods=["post"])
    def allocate(self, request: Request, ref: str) -> HttpResponse:
        """Say who leads a family that a team you manage leads."""

        def work(data: dict[str, User | None]) -> Made:
            practitioner, instead_of = data["practitioner"], data["instead_of"]
            assert practitioner is not None
            actions.allocate(
                family=self.get_object(),
                practitioner=practitioner,
                instead_of=instead_of,
                by=self.user,
            )
            return Made(self.shown(self.get_object()), status=200)

        return self.once(work)

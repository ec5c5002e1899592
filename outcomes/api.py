"""Indicators, published figures and issued reports for other systems."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from rest_framework import serializers
from rest_framework.fields import empty
from rest_framework.request import Request
from rest_framework.response import Response

from leap.core.api.paging import AllAtOnce
from leap.core.api.references import RequestSerializer
from leap.core.api.resources import Listed, Opened, Resource
from leap.core.api.sending import Made
from leap.core.reference_data.models import AREAS
from outcomes import disclosure, periods, rules
from outcomes.figures import export_actions
from outcomes.figures import queries as figures
from outcomes.figures.exports import NoFigures
from outcomes.indicators import INDICATORS, THEMES, Indicator
from outcomes.models import Figure, Report
from outcomes.periods import Period
from outcomes.reports import queries
from outcomes.reports import rules as reports
from outcomes.reports.actions import issue

THEME_OF = {indicator.code: theme for theme, family in THEMES.items() for indicator in family}


class IndicatorResponse(serializers.Serializer[Indicator]):
    """A definition: what is counted, out of whom, and how far to trust it."""

    code = serializers.CharField()
    theme = serializers.SerializerMethodField()
    title = serializers.CharField()
    why = serializers.CharField()
    numerator = serializers.CharField()
    denominator = serializers.CharField()
    day = serializers.CharField(help_text="What puts someone in the population, and their ward.")
    unit = serializers.CharField()
    better = serializers.ChoiceField(choices=["higher", "lower"], allow_null=True)
    method = serializers.CharField()
    publication = serializers.CharField()
    disclosure = serializers.CharField()
    details = serializers.ListField(child=serializers.CharField())
    source = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    version = serializers.IntegerField()

    def get_theme(self, indicator: Indicator) -> str:
        return THEME_OF[indicator.code]


class Indicators(Resource):
    """Every indicator's definition."""

    serializer_class = IndicatorResponse
    pagination_class = AllAtOnce
    lookup_field = "code"

    def list(self, request: Request) -> Response:
        self.read(RequestSerializer, request.query_params.dict())
        rows = self.get_serializer(list(INDICATORS.values()), many=True).data
        return Response({"next": None, "results": rows})

    def retrieve(self, request: Request, code: str) -> Response:
        if code not in INDICATORS:
            raise Http404
        return Response(self.shown(INDICATORS[code]))


class PeriodField(serializers.CharField):
    """A month 2016-05, a financial quarter 2016-Q1, or a financial year 2016-17."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=7, **options)

    def run_validation(self, data: Any = empty) -> Any:
        data = super().run_validation(data)
        try:
            return periods.parse(data)
        except periods.NotAPeriod as error:
            raise serializers.ValidationError(str(error)) from None


class FigureFilters(RequestSerializer):
    """Figures of an indicator, a period or an area."""

    indicator = serializers.ChoiceField(choices=list(INDICATORS), required=False)
    period = PeriodField(required=False)
    area = serializers.ChoiceField(
        choices=list(AREAS), required=False, help_text="A 2011 ward’s code, or LEAP: all four."
    )
    exact = serializers.BooleanField(
        required=False,
        default=False,
        help_text="As counted: for admins and analysts, a period at a time. It is logged.",
    )

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if data["exact"] and "period" not in data:
            sentence = "Name the period: exact figures are given one period at a time."
            raise serializers.ValidationError({"period": sentence})
        return data


@dataclass(frozen=True)
class FigureRow:
    """A published figure, and as much of it as the reader may see."""

    figure: Figure
    shown: disclosure.PublishedFigure
    longer: Period | None = None


class FigureResponse(serializers.Serializer[FigureRow]):
    """One value with its interval, 0 to 1. What may not be shown is null, and the note says why."""

    indicator = serializers.CharField(source="figure.indicator")
    version = serializers.IntegerField(source="figure.version")
    area = serializers.CharField(source="figure.area_code")
    area_name = serializers.SerializerMethodField()
    period = serializers.CharField(source="figure.period")
    breakdown = serializers.CharField(source="figure.breakdown")
    category = serializers.CharField(source="figure.category")
    numerator = serializers.IntegerField(source="shown.numerator", allow_null=True)
    denominator = serializers.IntegerField(source="shown.denominator", allow_null=True)
    known = serializers.IntegerField(source="shown.known", allow_null=True)
    value = serializers.FloatField(source="shown.value", allow_null=True)
    lower = serializers.FloatField(source="shown.lower", allow_null=True)
    upper = serializers.FloatField(source="shown.upper", allow_null=True)
    note = serializers.CharField(source="shown.note")
    reason = serializers.SerializerMethodField(
        help_text="Why there is no value, and which longer period has one."
    )
    as_at = serializers.DateField(source="figure.night.as_at")

    def get_area_name(self, row: FigureRow) -> str:
        return AREAS.get(row.figure.area_code, "")

    def get_reason(self, row: FigureRow) -> str:
        return figures.why_no_value(row.shown, row.longer)


class Figures(Listed):
    """The figures readers meet, under disclosure control: the last good ones."""

    queryset = Figure.objects.all()
    serializer_class = FigureResponse
    filters = FigureFilters
    named_by = ("indicator", "period", "area_code", "breakdown", "category")

    def get_queryset(self) -> QuerySet[Figure]:
        rules.check_can_see(self.user)
        return Figure.objects.published().select_related("night")

    def narrow(self, rows: QuerySet[Figure], data: dict[str, Any]) -> QuerySet[Figure]:
        self.show = disclosure.controlled
        if data.pop("exact"):
            indicator = INDICATORS.get(data.get("indicator", ""))
            export_actions.see_exact(by=self.user, period=data["period"], indicator=indicator)
            self.show = disclosure.exact
        wanted = {"area": "area_code"}
        return rows.filter(**{wanted.get(name, name): str(value) for name, value in data.items()})

    def written(self, rows: Sequence[Figure]) -> Any:
        is_exact = self.show is disclosure.exact
        longer = {} if is_exact else figures.longer_with_a_percentage(rows)
        figure_rows = [
            FigureRow(figure, self.show(figure), longer.get(figure.pk)) for figure in rows
        ]
        return super().written(figure_rows)


class ReportFilters(RequestSerializer):
    """Reports for a period."""

    period = PeriodField(required=False)


class ReportRequest(RequestSerializer):
    """For which period. Where that is not over in the figures, saying so is part of issuing it."""

    period = PeriodField()
    provisional = serializers.BooleanField(required=False, default=False)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        choices = {choice.period: choice for choice in queries.choices()}
        chosen = choices.get(data["period"])
        if chosen and not chosen.is_over and not data["provisional"]:
            sentence = f"{chosen.warning} Send true to issue the report all the same."
            raise serializers.ValidationError({"provisional": sentence})
        return data


class ListedReport(serializers.Serializer[Report]):
    """A pack for the funder, frozen when it was issued."""

    ref = serializers.CharField()
    period = serializers.CharField()
    as_at = serializers.DateField()
    issued_at = serializers.DateTimeField()


class ReportResponse(ListedReport):
    """The same with everything in it, all of which may leave the partnership."""

    content = serializers.JSONField()


class Reports(Listed, Opened):
    """Issued reports, for the programme's admins and analysts."""

    queryset = Report.objects.all()
    filters = ReportFilters
    request_serializers = {"create": ReportRequest}

    def get_queryset(self) -> QuerySet[Report]:
        reports.check_can_see(self.user)
        return Report.objects.defer("content") if self.action == "list" else Report.objects.all()

    def get_serializer_class(self) -> type[ListedReport]:
        return ListedReport if self.action == "list" else ReportResponse

    def narrow(self, rows: QuerySet[Report], data: dict[str, Any]) -> QuerySet[Report]:
        return rows.filter(**{name: str(value) for name, value in data.items()})

    def create(self, request: Request) -> HttpResponse:
        """Freeze the report of a period as its figures now stand."""
        return self.once(self._issue)

    def _issue(self, data: dict[str, Any]) -> Made:
        try:
            report = issue(period=data["period"], by=self.user)
        except NoFigures as error:
            raise serializers.ValidationError({"period": str(error)}) from None
        return Made(self.shown(report), address=reverse("api:reports-detail", args=[report.ref]))

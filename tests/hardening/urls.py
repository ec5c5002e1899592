"""A page that breaks with a family's words in its hands."""

from django.db import connection
from django.urls import path

from leap.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def broken(request):
    note = request.POST["note"]
    raise ValueError(f"cannot read {note}")


def refused(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::integer", [request.POST["note"]])


urlpatterns = [path("broken/", broken), path("refused/", refused), *urlpatterns]

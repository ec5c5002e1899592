"""What gunicorn serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leap.settings")
if not settings.configured:  # a process of its own, which serves pages and does nothing else
    os.environ.setdefault("LEAP_WEB", "1")
application = get_wsgi_application()

"""What gunicorn serves."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leap.settings")
if not settings.configured:  # a process of its own, which serves pages and does nothing else
    os.environ.setdefault("LEAP_WEB", "1")
application = get_wsgi_application()
if settings.WEB:
    # What is loaded stays. A page leaves little that refers to itself: looked for less often.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)

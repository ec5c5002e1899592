"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leap.settings")
os.environ.setdefault("LEAP_WEB", "1")
application = get_wsgi_application()

# One image for web, worker and beat, and a small one for the TLS front.
FROM python:3.13-slim AS app
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 LEAP_VAR=/srv/leap/var
RUN useradd --system --uid 10001 --no-create-home leap
WORKDIR /srv/leap
COPY requirements/app.lock requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/app.lock
COPY . .
RUN python -m leap.ops.runtime.assets \
 && python manage.py collectstatic --noinput --verbosity 0 \
 && install -d -o leap -g leap var/files var/mail var/run
USER leap
EXPOSE 8000
CMD ["gunicorn", "leap.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", \
     "leap.ops.runtime.web_worker.WholeHeadersWorker", "--worker-connections", "400", \
     "--workers", "3", "--threads", "4", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]

FROM caddy:2-alpine AS front
COPY deploy/Caddyfile /etc/caddy/Caddyfile
RUN chown -R 10001:10001 /data /config
USER 10001

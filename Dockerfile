# The base is an argument so that the image can be built over any Debian with Python 3.11 or newer.
ARG BASE_IMAGE=docker.io/library/python:3.11-slim-bookworm

FROM ${BASE_IMAGE} AS build
COPY requirements.txt /tmp/requirements.txt
# pip and setuptools are for building only; the service does not carry them along.
RUN python3 -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/requirements.txt \
    && /opt/venv/bin/pip uninstall --yes setuptools pip

FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="chunfeng" \
      org.opencontainers.image.description="Job matching for a county's public employment service"
RUN groupadd --gid 10001 chunfeng \
    && useradd --uid 10001 --gid chunfeng --no-create-home --home-dir /data --shell /usr/sbin/nologin chunfeng \
    && install --directory --owner=chunfeng --group=chunfeng --mode=0700 /data
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY wsgi.py gunicorn.conf.py ./
COPY matching matching
COPY service service
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    CHUNFENG_BIND=0.0.0.0:8000 \
    CHUNFENG_DATA_DIR=/data
# Once, here: the root file system is read-only where it runs.
RUN python -m compileall -q matching service
ENV PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# Without proxies: the service asks itself.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["python", "-c", \
    "import os, urllib.request as r; r.build_opener(r.ProxyHandler({})).open('http://127.0.0.1:' + os.environ['CHUNFENG_BIND'].rpartition(':')[2] + '/healthz', timeout=4)"]
CMD ["python", "-m", "service.serve"]

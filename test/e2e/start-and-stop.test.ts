import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { freePort, type RunningServer, runVerb, startServer } from '../running-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'start-'));
const env = { DATA_DIR: join(folder, 'data'), DEMO: '0' };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pidFile = join(env.DATA_DIR, 'postgres', 'postmaster.pid');
const postgresPid = (): number => Number(readFileSync(pidFile, 'utf8').split('\n')[0]);

describe('serve', { timeout: 60_000 }, () => {
  test('makes everything at first start, keeps its secret to its owner, and stops cleanly with its database', async () => {
    const server = await startServer(env);
    expect(server.said()).toMatch(/Starting PostgreSQL[\s\S]*Checking the tables[\s\S]*Ready in/);
    expect(statSync(join(env.DATA_DIR, 'app.secret')).mode & 0o077).toBe(0);
    expect(existsSync(pidFile)).toBe(true);
    expect(await server.end('SIGTERM')).toBe(0);
    expect(server.said()).toContain('Stopped.');
    expect(existsSync(pidFile)).toBe(false);
  });

  test('opens its doors again on the same data', async () => {
    const secret = readFileSync(join(env.DATA_DIR, 'app.secret'), 'utf8');
    const server = await startServer(env);
    expect(await server.end('SIGINT')).toBe(0);
    expect(readFileSync(join(env.DATA_DIR, 'app.secret'), 'utf8')).toBe(secret);
  });

  test('stops although a Ctrl-C arrives twice, as npm sends it, and a connection stands idle', async () => {
    const server = await startServer(env);
    const idle = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(idle, 'connect');
    server.child.kill('SIGINT');
    expect(await server.end('SIGINT')).toBe(0);
    idle.destroy();
  });

  test('recovers by itself after it was killed outright, and after its database was killed with it', async () => {
    const first = await startServer(env);
    await first.end('SIGKILL');
    const second = await startServer(env);
    expect(second.said()).toContain('taken over from a run that was cut off');
    const postgres = postgresPid();
    await second.end('SIGKILL');
    process.kill(postgres, 'SIGKILL');
    const third = await startServer(env);
    expect(await third.end('SIGTERM')).toBe(0);
  });
});

describe('one clear sentence and exit code 1', { timeout: 60_000 }, () => {
  const refused = async (given: Readonly<Record<string, string>>): Promise<string> => {
    const run = runVerb(['serve'], { ...env, PORT: '0', ...given });
    expect(await run.ended).toBe(1);
    return run.said().trim().split('\n').at(-1) ?? '';
  };

  test('for a port that is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const port = String((taken.address() as { port: number }).port);
    expect(await refused({ PORT: port })).toBe(`PORT ${port} is in use by another program: stop it, or set PORT to another number.`);
    taken.close();
  });

  test('for a folder that cannot be written', async () => {
    expect(await refused({ DATA_DIR: '/dev/null/data' })).toMatch(/^DATA_DIR must be a folder that can be written/);
  });

  test.each([
    ['PORT', 'many'],
    ['HOST', 'on every network'],
    ['APP_URL', 'example.com'],
    ['DATABASE_URL', 'mysql://db/x'],
    ['SMTP_URL', 'mail.example.com'],
    ['MAIL_FROM', 'nobody'],
    ['APP_SECRET', 'short'],
    ['DEMO', 'perhaps'],
  ])('for %s=%s', async (name, value) => {
    expect(await refused({ [name]: value })).toMatch(new RegExp(`^${name} must .*\\.`));
  });

  test('for a second instance on the same data', async () => {
    const first: RunningServer = await startServer(env);
    expect(await refused({ PORT: String(await freePort()) })).toMatch(/^Another instance is running on /);
    expect(await first.end('SIGTERM')).toBe(0);
  });
});

describe('doctor and verify', { timeout: 60_000 }, () => {
  test('say that all is well on a fresh installation', async () => {
    const doctor = runVerb(['doctor'], env);
    expect(await doctor.ended, doctor.said()).toBe(0);
    const verify = runVerb(['verify'], env);
    expect(await verify.ended).toBe(0);
    expect(verify.said()).toContain('0 differences');
  });
});

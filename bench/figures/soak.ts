import { readdirSync, readFileSync } from 'node:fs';
import { percentile, type Result, short } from '../result.ts';
import { world } from '../world.ts';
import { underLoad } from './mixed.ts';

const minutes = Number(process.env['SOAK_MINUTES'] ?? 60);

/** The mixed load for an hour: what the process holds must not grow, neither memory nor files nor connections. */
export async function soak(): Promise<Result[]> {
  const of = await world();
  const held = async () => ({
    megabytes: Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${of.stand.pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024,
    files: readdirSync(`/proc/${of.stand.pid}/fd`).length,
    connections: (await of.stand.client.query<{ n: number }>(`select count(*)::int as n from pg_stat_activity where usename = 'app'`)).rows[0]?.n ?? 0,
  });
  // The first minutes fill caches and pools; what grows after them never ends.
  await underLoad(of, Math.min(120, minutes * 12));
  const before = await held();
  const { times, failed } = await underLoad(of, minutes * 60);
  const after = await held();
  const growth = ((after.megabytes - before.megabytes) / before.megabytes) * (60 / minutes) * 100;
  const spread = `${short(minutes)} min, ${short(before.megabytes)} to ${short(after.megabytes)} MB`;
  return [
    { name: 'soak, growth of memory an hour', value: growth, unit: '%', limit: 5, atMost: true, spread },
    { name: 'soak, more open files', value: after.files - before.files, unit: 'files', limit: 10, atMost: true },
    { name: 'soak, more database connections', value: after.connections - before.connections, unit: 'connections', limit: 2, atMost: true },
    { name: 'soak, p95', value: percentile(times, 95), unit: 'ms', limit: 200, atMost: true, spread: `${failed} of ${times.length} failed` },
  ];
}

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The last backup that was written whole from this install. */
export type LastBackup = Readonly<{ at: string; file: string; bytes: number }>;

const pathOf = (dataDir: string): string => join(dataDir, 'last-backup.json');

/** Remembered beside the data, whole or not at all. */
export function noteBackup(dataDir: string, backup: LastBackup): void {
  const made = `${pathOf(dataDir)}.${process.pid}`;
  writeFileSync(made, JSON.stringify(backup), { mode: 0o600 });
  renameSync(made, pathOf(dataDir));
}

export function lastBackup(dataDir: string): LastBackup | null {
  return existsSync(pathOf(dataDir)) ? (JSON.parse(readFileSync(pathOf(dataDir), 'utf8')) as LastBackup) : null;
}

/** Seconds since the last backup; null when there never was one. More than 26 hours is worth an alert. */
export function backupAgeSeconds(dataDir: string, now: Temporal.Instant): number | null {
  const last = lastBackup(dataDir);
  return last === null ? null : Math.floor(now.since(Temporal.Instant.from(last.at)).total('seconds'));
}

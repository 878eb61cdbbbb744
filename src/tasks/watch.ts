import { statfs } from 'node:fs/promises';
import type { MailGateway } from '../core/gateways.ts';
import { allBusinessIds } from '../db/businesses.ts';
import { type Alert, alertsTold, readChecks, weighAlerts } from '../db/host.ts';
import type { Database } from '../db/pool.ts';
import { queueState } from '../db/queue.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import { countStuck } from '../domain/payments/payments.ts';
import { log } from '../log.ts';
import type { Tick } from './schedule.ts';

export type WatchDeps = Readonly<{ database: Database; mail: MailGateway; dataDir: string; alertTo: string | null; mailFrom: string; appUrl: string }>;

/** What is the matter, and what the host does about it. Counts only: nothing of a business leaves in these words. */
export const conditions = {
  books_differ: 'The books of a business do not add up. Run "verify": it names what differs.',
  payment_unknown: 'The processor has not said for more than 15 minutes what became of a payment. Nobody can pay it again meanwhile.',
  notice_waiting: 'A notice of a processor has waited for more than 5 minutes to be worked through. Is a worker running?',
  reconcile_late: 'The processors were last asked more than 30 minutes ago. Is a worker running?',
  tasks_dead: 'Background tasks failed for good. Run "tasks": it shows why; "tasks replay all" runs them again.',
  backup_old: 'The last backup is more than 26 hours old.',
  disk_low: 'Less than 1 GB of disk is left for the files.',
} as const;
type Condition = keyof typeof conditions;

const lowDiskBytes = 1024 ** 3;

/** How much of each there is; 0 where all is well. A backup is only missed where one was ever made. */
export async function lookAround({ database, dataDir }: Pick<WatchDeps, 'database' | 'dataDir'>): Promise<Readonly<Record<Condition, number>>> {
  const stuck = { unknown: 0, notices: 0 };
  for (const business of await allBusinessIds(database)) {
    const { unknown, notices } = await inTransaction(database, { role: 'system', business, actor: systemActor }, countStuck);
    stuck.unknown += unknown;
    stuck.notices += notices;
  }
  const checks = new Map((await readChecks(database)).map((check) => [check.name, check]));
  const older = (name: string, seconds: number): number => ((checks.get(name)?.ageSeconds ?? 0) > seconds ? 1 : 0);
  const disk = await statfs(dataDir);
  return {
    books_differ: checks.get('verify')?.found ?? 0,
    payment_unknown: stuck.unknown,
    notice_waiting: stuck.notices,
    reconcile_late: older('reconcile', 30 * 60),
    tasks_dead: (await queueState(database)).reduce((sum, { dead }) => sum + dead, 0),
    backup_old: older('backup', 26 * 3600),
    disk_low: disk.bavail * disk.bsize < lowDiskBytes ? 1 : 0,
  };
}

/** Every minute: what needs the host is logged, and mailed once when it begins and once when it is over. */
export function watchTick(deps: WatchDeps): Tick {
  return {
    name: 'watch',
    cron: '* * * * *',
    run: async () => {
      const alerts = await weighAlerts(deps.database, await lookAround(deps));
      const told: string[] = [];
      for (const alert of alerts.filter(({ state }) => state !== 'told')) if (await tell(deps, alert)) told.push(alert.condition);
      if (told.length > 0) await alertsTold(deps.database, told);
    },
  };
}

/** False: it could not be said now and is tried again in a minute. */
async function tell({ mail, alertTo, mailFrom, appUrl }: WatchDeps, { condition, found, since, state }: Alert): Promise<boolean> {
  const over = state === 'over';
  log[over ? 'info' : 'error'](over ? 'alert over' : 'alert', { condition, found, since });
  if (alertTo === null) return true;
  const sentence = conditions[condition as Condition] ?? condition;
  const lines = over ? [`Over: ${sentence}`] : [sentence, `How many: ${found}`];
  const text = [...lines, `Since ${since}`, appUrl].join('\n');
  const host = mailFrom.split('@')[1] ?? 'localhost';
  const outcome = await mail.send({
    from: { name: 'Service Invoice Pro', address: mailFrom },
    replyTo: null,
    to: { name: '', address: alertTo },
    subject: `${over ? 'Over' : 'Look'}: ${condition.replaceAll('_', ' ')} (${new URL(appUrl).hostname})`,
    text,
    html: `<pre>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`,
    messageId: `<alert.${condition.replaceAll('_', '-')}.${state}.${Temporal.Instant.from(since).epochMilliseconds}@${host}>`,
    headers: {},
    attachments: [],
  });
  return outcome.kind !== 'retry';
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../test/db.ts';
import { smallBusiness } from '../../test/small-business.ts';
import type { MailOutcome, OutgoingMail } from '../core/gateways.ts';
import { inSystemRole, noteCheck, readAlerts } from '../db/host.ts';
import { createCustomer } from '../domain/customers/customers.ts';
import { setLogLevel } from '../log.ts';
import { lookAround, watchTick } from './watch.ts';

setLogLevel('silent');
const db = testDatabase();
const dataDir = mkdtempSync(join(tmpdir(), 'watch-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const letters: OutgoingMail[] = [];
let outcome: MailOutcome = { kind: 'sent', providerId: null };
const send = async (mail: OutgoingMail): Promise<MailOutcome> => {
  letters.push(mail);
  return outcome;
};
const look = () =>
  watchTick({
    database: db().database,
    mail: { send },
    dataDir,
    alertTo: 'host@example.com',
    mailFrom: 'billing@example.com',
    appUrl: 'https://billing.example.com',
  }).run();
const subjects = (): string[] => letters.splice(0).map(({ subject }) => subject);
const older = (name: string, hours: number) =>
  inSystemRole(db().database, (tx) => sql`update host_checks set at = now() - make_interval(hours => ${hours}::int) where name = ${name}`.execute(tx));

describe('O7 what needs the host', () => {
  test('is told once when it begins, once when it is over, and anew when it comes back', async () => {
    await look();
    expect(subjects()).toEqual([]);
    await noteCheck(db().database, 'verify', 3);
    await look();
    await look();
    expect(letters.map(({ to, text }) => [to.address, text])).toEqual([['host@example.com', expect.stringContaining('How many: 3')]]);
    expect(subjects()).toEqual(['Look: books differ (billing.example.com)']);
    await noteCheck(db().database, 'verify', 0);
    await look();
    await look();
    expect(subjects()).toEqual(['Over: books differ (billing.example.com)']);
    expect(await readAlerts(db().database)).toEqual([]);
    await noteCheck(db().database, 'verify', 1);
    await look();
    expect(subjects()).toEqual(['Look: books differ (billing.example.com)']);
    await noteCheck(db().database, 'verify', 0);
    await look();
    subjects();
  });

  test('is told again a minute later when the mail did not leave, and not at all when it is over by then', async () => {
    outcome = { kind: 'retry', reason: 'no line' };
    await noteCheck(db().database, 'verify', 1);
    await look();
    await look();
    expect(subjects()).toHaveLength(2);
    await noteCheck(db().database, 'verify', 0);
    await look();
    expect(subjects()).toEqual([]);
    outcome = { kind: 'sent', providerId: null };
  });

  test('is an old backup where one was ever made, and processors nobody asks any more', async () => {
    expect(await lookAround({ database: db().database, dataDir })).toMatchObject({ backup_old: 0, reconcile_late: 0 });
    await noteCheck(db().database, 'backup');
    await noteCheck(db().database, 'reconcile');
    expect(await lookAround({ database: db().database, dataDir })).toMatchObject({ backup_old: 0, reconcile_late: 0 });
    await older('backup', 27);
    await older('reconcile', 1);
    expect(await lookAround({ database: db().database, dataDir })).toMatchObject({ backup_old: 1, reconcile_late: 1 });
  });

  test('is a payment nobody knows the truth of, a notice nobody works through, and a task that failed for good', async () => {
    const { id, system, office } = await smallBusiness(db().database);
    const before = await lookAround({ database: db().database, dataDir });
    const notice = (name: string, minutes: number) =>
      system(({ tx }) =>
        sql`insert into inbound_events (business_id, gateway, event_id, kind, body, received_at)
          values (${id}, 'sandbox', ${name}, 'payment', '{}', now() - make_interval(mins => ${minutes}::int))`.execute(tx),
      );
    await notice('fresh', 1);
    await notice('old', 6);
    const customer = await office(async (scope) => createCustomer(scope, { kind: 'residential', name: 'Rosa' }));
    const payment = (minutes: number) =>
      system(({ tx }) =>
        sql`insert into payments (business_id, id, customer_id, method, state, currency, amount_minor, started_on, created_at)
          values (${id}, gen_random_uuid(), ${customer.id}, 'card', 'unknown', 'USD', 100, current_date, now() - make_interval(mins => ${minutes}::int))`.execute(
          tx,
        ),
      );
    await payment(1);
    await payment(20);
    await office(({ tx }) => sql`select enqueue_task('gone', '{}', null, null, 1, 0)`.execute(tx));
    await inSystemRole(db().database, (tx) => sql`update graphile_worker._private_jobs set attempts = max_attempts`.execute(tx));
    const found = await lookAround({ database: db().database, dataDir });
    expect(before).toMatchObject({ payment_unknown: 0, notice_waiting: 0, tasks_dead: 0 });
    expect(found).toMatchObject({ payment_unknown: 1, notice_waiting: 1, tasks_dead: 1, disk_low: 0 });
  });
});

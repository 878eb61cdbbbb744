import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agree, billDue, chargesOf, dueToday, keep, payerOf } from '../../../../test/autopay-world.ts';
import type { Books } from '../../../../test/books.ts';
import { testDatabase } from '../../../../test/db.ts';
import { booksWithTill, type SandboxTill, sandboxTill, standingOf, tillKeys } from '../../../../test/till.ts';
import { addDays, endOfMonth } from '../../../core/calendar.ts';
import { autopayPoints } from '../../../db/crash-point.ts';
import { setLogLevel } from '../../../log.ts';
import { verifyBooks } from '../../ledger/ledger.ts';
import { chargePlanned, reconcilePayments, settleAttempt, tendAutopay } from '../payments.ts';

setLogLevel('silent');
const database = testDatabase(12);
let desk: SandboxTill;

beforeAll(async () => {
  desk = await sandboxTill(database().database, { timeoutMs: 2_000 });
});
afterAll(() => desk.close());

const zones = [
  ...['Pacific/Kiritimati', 'Pacific/Auckland', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Asia/Kathmandu', 'Europe/Paris'],
  ...['Africa/Casablanca', 'Atlantic/Azores', 'America/St_Johns', 'America/Chicago', 'Pacific/Honolulu', 'Pacific/Pago_Pago'],
] as const;
/** Ends of months, and days on which the clocks of some zone change. */
const days = [endOfMonth('2027-02-10'), '2027-03-14', '2027-03-28', '2027-10-31', '2027-11-07', endOfMonth('2027-12-10')];

/** The clock of a business shows an hour of a day, and two workers look at it. Answers the bills charged then. */
async function clock(books: Books, at: Readonly<{ zone: string; day: string; hour: number }>): Promise<string[]> {
  const now = Temporal.PlainDate.from(at.day).toPlainDateTime({ hour: at.hour }).toZonedDateTime(at.zone).toInstant();
  const tick = (): Promise<number> => books.system((scope) => tendAutopay({ ...scope, now }, tillKeys));
  const [due] = await Promise.all([tick(), tick()]);
  if (due === 0) return [];
  return books.system(async ({ tx }) => {
    const { rows } = await sql<{ id: string }>`update autopay_charges set state = 'charged', ended_at = now()
      where business_id = ${books.business} and state = 'planned' and next_on <= ${at.day}::date returning document_id as id`.execute(tx);
    const ids = rows.map(({ id }) => id);
    // As if paid: nothing of it is due any more.
    await sql`update invoice_standings set in_question_minor = balance_minor where business_id = ${books.business} and document_id = any (${ids}::uuid[])`.execute(
      tx,
    );
    return ids;
  });
}

async function year(zone: string): Promise<void> {
  const books = await booksWithTill(database().database);
  await books.system(({ tx }) => sql`update businesses set time_zone = ${zone} where id = ${books.business}`.execute(tx));
  const dana = payerOf(books, database().database, { person: books.person, name: 'Dana Whitlock' });
  await agree(books, dana, { methodId: await keep(desk, books, dana, 'card_success') });
  const bills = new Map<string, string>();
  for (const day of days) bills.set((await billDue(books, 1_000, day)).id, day);
  const charged: [string, string][] = [];
  for (const due of days) {
    // The day of the notice and the day itself: before the hours of charging, in them, and after.
    for (const day of [addDays(due, -3), due])
      for (const hour of [8, 10, 20]) for (const bill of await clock(books, { zone, day, hour })) charged.push([bills.get(bill) ?? '', day]);
  }
  expect([zone, charged]).toEqual([zone, days.map((day) => [day, day])]);
  const { rows } = await books.system(({ tx }) =>
    sql<{
      mails: number;
    }>`select count(*)::int as mails from mails where business_id = ${books.business} and kind = 'autopay' and facts->>'what' = 'notice'`.execute(tx),
  );
  expect([zone, rows[0]?.mails]).toEqual([zone, days.length]);
}

describe('the day of a charge', () => {
  it('M14 J5 in 12 zones, over month ends and clock changes, a bill is told of once and charged once, on its own local day', async () => {
    const waiting: string[] = [...zones];
    const lane = async (): Promise<void> => {
      for (let zone = waiting.shift(); zone !== undefined; zone = waiting.shift()) await year(zone);
    };
    await Promise.all([lane(), lane(), lane()]);
  }, 90_000);
});

/** What processors took for a bill. */
async function captured(books: Books, document: string): Promise<bigint> {
  const { rows } = await books.system(({ tx }) =>
    sql<{ taken: bigint }>`select coalesce(sum(amount_minor), 0)::bigint as taken from payments
      where business_id = ${books.business} and document_id = ${document} and gateway is not null and state = 'cleared'`.execute(tx),
  );
  return rows[0]?.taken ?? 0n;
}

describe('a power cut on the way of a charge', () => {
  it.each(autopayPoints)('C1 dying at %s charges once, loses nothing, and goes on from there', async (point) => {
    const standing = await dueToday(database().database, desk);
    const { books, invoice, charge } = standing;
    const script = fileURLToPath(new URL('../../../../test/charging-process.ts', import.meta.url));
    const child = fork(script, [], { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    child.send({ login: database().login, point, business: books.business, charge, sandboxUrl: desk.process.url });
    expect(await new Promise((done) => child.on('exit', (_code, signal) => done(signal)))).toBe('SIGKILL');
    expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
    // What never reached the processor is only believed once it cannot be on its way any more.
    const [begun] = await chargesOf(books, invoice.id);
    const sent = begun?.payment == null ? null : await desk.truth(books, begun.payment);
    if (begun?.payment != null && sent === null) await books.system((scope) => settleAttempt(scope, tillKeys, begun.payment ?? '', { kind: 'none' }));
    for (let times = 0; times < 2; times += 1) {
      await reconcilePayments(desk.till, books.business, 0);
      await chargePlanned(desk.till, books.business, charge);
    }
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 10_000n, balance: 0n, unknown: 0n });
    expect(await captured(books, invoice.id)).toBe(10_000n);
    expect((await chargesOf(books, invoice.id)).map(({ state }) => state)).toEqual(['charged']);
    expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
  });
});

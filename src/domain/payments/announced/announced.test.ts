import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Books } from '../../../../test/books.ts';
import { testDatabase } from '../../../../test/db.ts';
import { refusalOf } from '../../../../test/small-business.ts';
import { asDana, booksWithTill, type Issued, issued, standingOf } from '../../../../test/till.ts';
import { addDays, todayIn } from '../../../core/calendar.ts';
import { newId } from '../../../db/fresh.ts';
import {
  type Announcement,
  announcePayment,
  countAnnouncements,
  endAnnouncement,
  endOverAnnouncements,
  listAnnouncements,
  paymentNeeds,
  recordPayment,
} from '../payments.ts';

const database = testDatabase(6);

const today = (books: Books): Promise<string> => books.system(async ({ now }) => todayIn('America/Chicago', now));
const comingOn = (books: Books, invoice: Issued, expectedOn: string, more: Partial<Announcement> = {}): Announcement => ({
  id: newId(),
  documentId: invoice.id,
  method: 'check',
  alreadyPaid: false,
  amountMinor: 10_000n,
  expectedOn,
  note: '',
  personId: books.person,
  ...more,
});

async function fresh(amounts: readonly number[] = [10_000]): Promise<{ books: Books; invoice: Issued; soon: string }> {
  const books = await booksWithTill(database().database);
  return { books, invoice: await issued(books, amounts, { spread: amounts.length > 1 }), soon: addDays(await today(books), 5) };
}

describe('money that is on its way', () => {
  it('rule 18 an announced payment warns and lowers neither balance nor ledger', async () => {
    const { books, invoice, soon } = await fresh();
    const note = comingOn(books, invoice, soon);
    await asDana(books, (scope) => announcePayment(scope, note));
    await asDana(books, (scope) => announcePayment(scope, note));
    expect(await standingOf(books, invoice.id)).toMatchObject({ announced: 10_000n, announcedFor: soon, balance: 10_000n, processing: 0n });
    const listed = await books.office((scope) => listAnnouncements(scope, { limit: 10 }));
    expect(listed.rows.map((row) => [row.personName, row.amountMinor, row.endsOn])).toEqual([['Dana Whitlock', 10_000n, addDays(soon, 10)]]);
    expect((await books.office((scope) => paymentNeeds(scope))).map((need) => need.kind)).toEqual(['payment_announced']);
  });

  it('rule 18 it ends by itself ten days after the day given, and not before', async () => {
    const { books, invoice, soon } = await fresh();
    await asDana(books, (scope) => announcePayment(scope, comingOn(books, invoice, soon)));
    expect(await books.system((scope) => endOverAnnouncements(scope))).toBe(0);
    const later = <T>(days: number, work: (scope: Parameters<typeof endOverAnnouncements>[0]) => Promise<T>) =>
      books.system((scope) => work({ ...scope, now: scope.now.add({ hours: 24 * days }) }));
    expect(await later(15, endOverAnnouncements)).toBe(0);
    expect(await later(17, endOverAnnouncements)).toBe(1);
    expect(await later(17, endOverAnnouncements)).toBe(0);
    expect(await standingOf(books, invoice.id)).toMatchObject({ announced: 0n, announcedFor: null });
  });

  it('the check that comes is matched with what was announced', async () => {
    const { books, invoice, soon } = await fresh();
    const note = comingOn(books, invoice, soon);
    await asDana(books, (scope) => announcePayment(scope, note));
    await books.office((scope) =>
      recordPayment(scope, {
        id: newId(),
        customerId: books.customer,
        method: 'check',
        amountMinor: 4_000n,
        currency: 'USD',
        receivedOn: '2026-01-05',
        targets: null,
        announcementId: note.id,
      }),
    );
    expect(await standingOf(books, invoice.id)).toMatchObject({ announced: 0n, balance: 6_000n });
    const { rows } = await books.system(({ tx }) =>
      sql<{ why: string }>`select data ->> 'why' as why from events where kind = 'payment.announcement_ended'`.execute(tx),
    );
    expect(rows).toEqual([{ why: 'matched' }]);
  });

  it('an invoice that is paid waits for nothing more', async () => {
    const { books, invoice, soon } = await fresh();
    await asDana(books, (scope) => announcePayment(scope, comingOn(books, invoice, soon)));
    const check = {
      id: newId(),
      customerId: books.customer,
      method: 'cash',
      amountMinor: 10_000n,
      currency: 'USD',
      receivedOn: '2026-01-05',
      targets: null,
    } as const;
    await books.office((scope) => recordPayment(scope, check));
    expect(await standingOf(books, invoice.id)).toMatchObject({ announced: 0n, balance: 0n });
  });

  it('a newer word of the same person takes the place of the older, and may be taken back', async () => {
    const { books, invoice, soon } = await fresh();
    await asDana(books, (scope) => announcePayment(scope, comingOn(books, invoice, soon)));
    const second = comingOn(books, invoice, soon, { amountMinor: 3_000n });
    await asDana(books, (scope) => announcePayment(scope, second));
    expect((await standingOf(books, invoice.id)).announced).toBe(3_000n);
    await asDana(books, (scope) => endAnnouncement(scope, second.id));
    expect((await standingOf(books, invoice.id)).announced).toBe(0n);
  });

  it('a person of one property announces for that part, and the whole invoice counts it', async () => {
    const { books, invoice, soon } = await fresh([10_000, 3_000]);
    const [own] = books.properties;
    await books.portal({ properties: [own] }, (scope) => announcePayment(scope, comingOn(books, invoice, soon)));
    await books.system((scope) => countAnnouncements(scope, invoice.id));
    expect((await standingOf(books, invoice.id)).announced).toBe(10_000n);
    const above = comingOn(books, invoice, soon, { amountMinor: 10_001n });
    expect(await refusalOf(books.portal({ properties: [own] }, (scope) => announcePayment(scope, above)))).toMatchObject({ code: 'above_balance' });
  });

  it('nobody announces on the invoice of another customer, or more than is owed', async () => {
    const { books, invoice, soon } = await fresh();
    const other = await issued(books, [5_000], { customer: books.exempt });
    expect(await refusalOf(asDana(books, (scope) => announcePayment(scope, comingOn(books, other, soon, { amountMinor: 1n }))))).toMatchObject({
      code: 'not_found',
    });
    expect(await refusalOf(asDana(books, (scope) => announcePayment(scope, comingOn(books, invoice, soon, { amountMinor: 10_001n }))))).toMatchObject({
      code: 'above_balance',
    });
    expect(await refusalOf(asDana(books, (scope) => announcePayment(scope, comingOn(books, invoice, '2031-02-30'))))).toMatchObject({ code: 'date_invalid' });
  });

  it('the portal can change of a standing only what is announced', async () => {
    const { books, invoice } = await fresh();
    await expect(asDana(books, ({ tx }) => sql`update invoice_standings set paid_minor = 10000 where document_id = ${invoice.id}`.execute(tx))).rejects.toThrow(
      /permission denied/,
    );
  });
});

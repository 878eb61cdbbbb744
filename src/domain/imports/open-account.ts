import { isDay, todayIn } from '../../core/calendar.ts';
import { limits, textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { cleanLines, cut } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { readCustomer } from '../customers/customers.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { openAccounts } from './openings.ts';
import { advance, insertImport, type OpeningRow, selectHouse, selectOpenings, updateImport } from './queries.ts';
import { insertThings, selectKeys } from './things/queries.ts';

export type NewOpening = Readonly<{ customerId: string; asOf: string; dueOn?: string | null; owedMinor: bigint; creditMinor: bigint; note: string }>;

/**
 * Opens one customer's account by hand: what they owed at the end of a day, and what they had to their credit. It is an import of one row,
 * and can be undone like one. Answers its id. Refuses `not_found`, `opening_known` for a second one of the same day, bad days and amounts.
 */
export async function addOpening(scope: Scope, input: NewOpening): Promise<string> {
  await mustBeAllowed(scope, 'imports:write');
  const customer = await readCustomer(scope, input.customerId);
  const { currency, timeZone } = await selectHouse(scope);
  const { asOf, owedMinor, creditMinor } = input;
  const dueOn = input.dueOn ?? asOf;
  if (!isDay(asOf)) throw new Refusal('date_invalid', { field: 'asOf' });
  if (asOf > todayIn(timeZone, scope.now)) throw new Refusal('payment_day_in_future', { field: 'asOf' });
  if (!isDay(dueOn) || dueOn < asOf) throw new Refusal('due_before_issue', { field: 'dueOn' });
  if (owedMinor < 0n || creditMinor < 0n || owedMinor + creditMinor === 0n) throw new Refusal('amount_too_small', { field: 'owedMinor' });
  if (owedMinor > limits.documentMaxMinor || creditMinor > limits.documentMaxMinor) throw new Refusal('amount_too_large', { field: 'owedMinor' });
  const key = `${customer.id}:${asOf}`;
  const taken = [...(await selectKeys(scope, 'opening', [key])), ...(await selectKeys(scope, 'credit', [key]))];
  if (taken.length > 0) throw new Refusal('opening_known', { field: 'asOf' });
  const id = newId();
  const reading = { encoding: 'utf-8', delimiter: 'comma', dates: 'iso', decimals: 'point' } as const;
  await insertImport(scope, {
    ...{
      id,
      kind: 'openings',
      state: 'done',
      step: 'import',
      fileSha256: null,
      fileBytes: 0,
      template: null,
      header: [],
      mapping: [],
      reading,
      guessed: reading,
    },
    fileName: cut(`Opening balance, ${customer.name}`, textLimits.fileName),
  });
  const note = cleanLines(input.note, textLimits.lineDescription, 'note');
  const [things = []] = await openAccounts(scope, id, currency, [{ customerId: customer.id, asOf, dueOn, owedMinor, creditMinor, note }]);
  await insertThings(
    scope,
    id,
    things.map((thing) => ({ ...thing, key })),
  );
  await advance(scope, id, { rowsRead: 1, added: 1, unchanged: 0, rejected: 0, leftOut: 0 }, []);
  await updateImport(scope, id, { rowsTotal: 1, finishedAt: scope.now.toString() });
  return id;
}

/** What a customer's account was opened with, oldest first. Refuses `not_found`. */
export async function listOpenings(scope: Scope, customerId: string): Promise<OpeningRow[]> {
  await mustBeAllowed(scope, 'imports:read');
  await readCustomer(scope, customerId);
  return selectOpenings(scope, customerId);
}

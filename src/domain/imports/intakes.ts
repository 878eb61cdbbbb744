import { todayIn } from '../../core/calendar.ts';
import type { Scope } from '../../db/scope.ts';
import { customersIntake } from './add-customers.ts';
import { invoicesIntake } from './add-invoices.ts';
import { itemsIntake } from './add-items.ts';
import { openingsIntake } from './add-openings.ts';
import { columnsOf } from './columns.ts';
import type { Intake, Unit } from './judged.ts';
import { type ImportRow, selectHouse, selectItemNames } from './queries.ts';
import { readRoster } from './roster.ts';
import { sameName } from './stable-id.ts';
import { selectAddedKeys } from './things/queries.ts';

/** What goes through the rows of one import, knowing who and what is here at its start. */
export async function intakeOf(scope: Scope, of: ImportRow): Promise<Intake<Unit>> {
  const { currency, timeZone } = await selectHouse(scope);
  const sheet = { importId: of.id, business: scope.business, currency, width: of.header.length, reading: of.reading };
  const intake = await {
    customers: async () =>
      customersIntake({
        ...sheet,
        columns: columnsOf(of.header, of.mapping),
        roster: await readRoster(scope),
        pretend: of.step === 'check',
        added: await selectAddedKeys(scope, of.id, 'customer'),
      }),
    invoices: async () => invoicesIntake({ ...sheet, columns: columnsOf(of.header, of.mapping), roster: await readRoster(scope) }),
    items: async () => itemsIntake({ ...sheet, columns: columnsOf(of.header, of.mapping), names: new Set((await selectItemNames(scope)).map(sameName)) }),
    openings: async () =>
      openingsIntake({ ...sheet, columns: columnsOf(of.header, of.mapping), roster: await readRoster(scope), today: todayIn(timeZone, scope.now) }),
  }[of.kind]();
  // Each kind reads its own units and is given none but these.
  return intake as unknown as Intake<Unit>;
}

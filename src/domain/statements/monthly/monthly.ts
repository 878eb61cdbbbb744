import { addDays, addMonths, todayIn } from '../../../core/calendar.ts';
import { Refusal } from '../../../core/refusal.ts';
import { firstText } from '../../../db/compile.ts';
import type { Database } from '../../../db/pool.ts';
import type { Compiled } from '../../../db/read.ts';
import { inTransaction, type Scope, systemActor } from '../../../db/scope.ts';
import { readStanding } from '../../businesses/businesses.ts';
import { isClosing } from '../../businesses/closing.ts';
import { queueMail } from '../../mails/mails.ts';
import { isStopped, type StopVia, setStop } from '../../reminders/reminders.ts';
import { type Statement, statementOf, statementQueryOf } from '../statements.ts';
import { type Due, deleteMonthly, monthlyQuery, moveNext, selectDue, selectSight, upsertMonthly } from './queries.ts';

const atOnce = 100;

/** What the mail is made of, as it was said on its day. */
export type ToldStatement = Readonly<
  { from: string; to: string; currency: string } & Record<'openingMinor' | 'chargedMinor' | 'settledMinor' | 'balanceMinor', number>
>;

/** Whether the signed-in person gets a statement each month, as text `true` or `false`. */
export function monthlyQueryOf(business: string): Compiled {
  return monthlyQuery({ business });
}

/** Begins or ends monthly statements by mail for a person, of every account they see. Once more does nothing. Refuses `not_found`. */
export async function switchMonthly(scope: Scope, input: Readonly<{ personId: string; on: boolean; via: StopVia }>): Promise<void> {
  const { personId, on, via } = input;
  if (on) {
    const { today } = await readStanding(scope);
    if ((await upsertMonthly(scope, personId, nextFirst(today))) === 0) throw new Refusal('not_found');
  }
  await setStop(scope, { personId, kind: 'statements', stopped: !on, via });
}

/** Mails the month that is over to whoever asked for it: each month once, the oldest first. Answers how many were written. */
export async function mailStatements(database: Database, business: string): Promise<number> {
  const as = { role: 'system', business, actor: systemActor } as const;
  let sent = 0;
  for (let seen = ''; ; ) {
    const due = await inTransaction(database, as, async (scope) => {
      if (await isClosing(scope)) return [];
      const { timeZone } = await readStanding(scope);
      return selectDue(scope, todayIn(timeZone, scope.now), atOnce);
    });
    const these = JSON.stringify(due);
    // The same ones again: another worker is at them.
    if (due.length === 0 || these === seen) return sent;
    seen = these;
    for (const each of due) if (await tell(database, business, each)) sent += 1;
  }
}

async function tell(database: Database, business: string, due: Due): Promise<boolean> {
  const as = { role: 'system', business, actor: systemActor } as const;
  const month = { from: addMonths(due.nextOn, -1), to: addDays(due.nextOn, -1) };
  const sight = await inTransaction(database, as, async (scope) =>
    (await isStopped(scope, due.personId, 'statements')) ? 'stopped' : selectSight(scope, due),
  );
  const said = sight === 'stopped' || sight === null ? null : await readAs(database, business, { due, sight, month });
  return inTransaction(database, as, async (scope) => {
    if (!(await moveNext(scope, due, addMonths(due.nextOn, 1)))) return false;
    if (sight === null) await deleteMonthly(scope, due);
    if (said === null || isEmpty(said)) return false;
    const { personId, customerId } = due;
    const { currency, openingMinor, chargedMinor, settledMinor, balanceMinor } = said;
    const facts = { ...month, currency, openingMinor, chargedMinor, settledMinor, balanceMinor };
    return (await queueMail(scope, { kind: 'statement', once: `statement:${personId}:${customerId}:${month.from}`, customerId, personId, facts })) !== null;
  });
}

type Reading = Readonly<{ due: Due; sight: Readonly<{ name: string; whole: boolean; properties: string[] }>; month: Readonly<{ from: string; to: string }> }>;

/** With the person's own eyes: what they would read on the page, and nothing else. */
function readAs(database: Database, business: string, { due, sight, month }: Reading): Promise<Statement> {
  const { personId, customerId } = due;
  const page = { ...month, asOf: month.to, limit: 1 };
  const who = { actor: { kind: 'person', id: personId, name: sight.name }, people: [personId], accounts: [customerId], document: null } as const;
  const sees = sight.whole ? { customers: [customerId], properties: [] } : { customers: [], properties: sight.properties };
  return inTransaction(database, { role: 'portal', business, ...who, ...sees }, async (scope) =>
    statementOf(await firstText(scope, statementQueryOf(business, page)), page),
  );
}

/** Nothing moved and nothing is owed: nobody wants to read that. */
const isEmpty = ({ rows, balanceMinor }: Statement): boolean => rows.length === 0 && balanceMinor === 0n;

const nextFirst = (today: string): string => addMonths(`${today.slice(0, 7)}-01`, 1);

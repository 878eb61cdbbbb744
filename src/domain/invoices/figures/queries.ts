import { type RawBuilder, sql } from 'kysely';
import { announcedGraceDays } from '../../../core/settlement.ts';
import type { Scope } from '../../../db/scope.ts';

/** What is under way, and with a payment started in time the discount it earns: nothing else is asked for meanwhile. */
export function movingSql(table: string): RawBuilder<bigint> {
  const of = (name: string): RawBuilder<unknown> => sql.ref(`${table}.${name}`);
  const sent = sql`${of('processing_minor')} + ${of('unknown_minor')}`;
  return sql`(case when ${of('early_minor')} > 0 and ${sent} > 0 and ${of('balance_minor')} - (${sent}) <= ${of('early_minor')}
    and ${of('started_on')} <= ${of('early_until')} then ${of('balance_minor')} else ${sent} end)`;
}

/**
 * The figures of core `settle` over a stored standing, for sums over more rows than anyone reads. Same order, same cents: a test holds the
 * two against each other. `today` is the business's day. `overdue` is of due now (rule 21). `dueNext` is what falls due by the invoice's own due day,
 * however far ahead it lies: due now, or before its day the next installment.
 */
export function figuresSql(
  table: string,
  today: RawBuilder<unknown>,
): Readonly<Record<'onItsWay' | 'heldBack' | 'inQuestion' | 'dueLater' | 'dueNow' | 'dueNext' | 'overdue', RawBuilder<bigint>>> {
  const of = (name: string): RawBuilder<unknown> => sql.ref(`${table}.${name}`);
  const rest = of('balance_minor');
  const moving = movingSql(table);
  const held = of('held_back_minor');
  const asked = of('in_question_minor');
  const believed = sql`case when coalesce(${of('announced_for')} + ${sql.raw(String(announcedGraceDays))}, ${today}) >= ${today} then ${of('announced_minor')} else 0 end`;
  const after = (day: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`case when ${of('installments')} is null then 0 else due_after(${of('installments')}, ${day}) end`;
  const later = after(today);
  const before = sql`${moving} + ${held} + ${asked} + ${believed}`;
  /** What is left for now after other things and what is due later were taken. */
  const now = (wanted: RawBuilder<unknown>): RawBuilder<bigint> => sql`greatest(${rest} - (${before} + ${wanted}), 0)`;
  /** What is taken after other things were taken first. */
  const take = (wanted: RawBuilder<unknown>, before: RawBuilder<unknown>): RawBuilder<bigint> => sql`least(${wanted}, greatest(${rest} - (${before}), 0))`;
  return {
    onItsWay: sql`(${take(moving, sql`0`)} + ${take(believed, sql`${moving} + ${held} + ${asked}`)})`,
    heldBack: take(held, moving),
    inQuestion: take(asked, sql`${moving} + ${held}`),
    dueLater: take(later, before),
    dueNow: now(later),
    dueNext: now(after(sql`greatest(${today}, ${of('due_on')})`)),
    overdue: sql`case when ${of('due_on')} < ${today} then ${now(after(sql`${today} - 1`))} else 0 end`,
  };
}

/**
 * What falls due on which day of the invoices that `which` says, as rows (on, minor) without what is on its way, in question or held back: a
 * plain invoice on its due day, one in installments on the day of each that is open.
 */
export function fallingDue(scope: Scope, today: string, which: RawBuilder<unknown>): RawBuilder<unknown> {
  const { dueNow, dueLater } = figuresSql('s', sql`${today}::date`);
  return sql`select s.due_on as on, ${dueNow} as minor from invoice_standings s where s.business_id = ${scope.business} and ${which} and s.installments is null
    union all select o.due_on, o.open_minor from invoice_standings s cross join lateral open_installments(s.installments, ${dueNow} + ${dueLater}) o
    where s.business_id = ${scope.business} and ${which} and s.installments is not null`;
}

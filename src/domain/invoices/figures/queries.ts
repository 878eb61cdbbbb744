import { type RawBuilder, sql } from 'kysely';
import { announcedGraceDays } from '../../../core/settlement.ts';

/** What is under way, and with a payment started in time the discount it earns: nothing else is asked for meanwhile. */
export function movingSql(table: string): RawBuilder<bigint> {
  const of = (name: string): RawBuilder<unknown> => sql.ref(`${table}.${name}`);
  const sent = sql`${of('processing_minor')} + ${of('unknown_minor')}`;
  return sql`(case when ${of('early_minor')} > 0 and ${sent} > 0 and ${of('balance_minor')} - (${sent}) <= ${of('early_minor')}
    and ${of('started_on')} <= ${of('early_until')} then ${of('balance_minor')} else ${sent} end)`;
}

/**
 * The figures of core `settle` over a stored standing, for sums over more rows than anyone reads. Same order, same cents: a test holds the
 * two against each other. `today` is the business's day.
 */
export function figuresSql(
  table: string,
  today: RawBuilder<unknown>,
): Readonly<Record<'onItsWay' | 'heldBack' | 'inQuestion' | 'dueLater' | 'dueNow', RawBuilder<bigint>>> {
  const of = (name: string): RawBuilder<unknown> => sql.ref(`${table}.${name}`);
  const rest = of('balance_minor');
  const moving = movingSql(table);
  const held = of('held_back_minor');
  const asked = of('in_question_minor');
  const believed = sql`case when coalesce(${of('announced_for')} + ${sql.raw(String(announcedGraceDays))}, ${today}) >= ${today} then ${of('announced_minor')} else 0 end`;
  const later = of('due_later_minor');
  /** What is taken after other things were taken first. */
  const take = (wanted: RawBuilder<unknown>, before: RawBuilder<unknown>): RawBuilder<bigint> => sql`least(${wanted}, greatest(${rest} - (${before}), 0))`;
  return {
    onItsWay: sql`(${take(moving, sql`0`)} + ${take(believed, sql`${moving} + ${held} + ${asked}`)})`,
    heldBack: take(held, moving),
    inQuestion: take(asked, sql`${moving} + ${held}`),
    dueLater: take(later, sql`${moving} + ${held} + ${asked} + ${believed}`),
    dueNow: sql`greatest(${rest} - (${moving} + ${held} + ${asked} + ${believed} + ${later}), 0)`,
  };
}

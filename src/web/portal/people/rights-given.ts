import { readId } from '../../../core/ids.ts';
import type { Locale } from '../../../core/locale.ts';
import { parseMoney } from '../../../core/money-parse.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Rights } from '../../../domain/people/people.ts';
import type { Given } from '../given.ts';

/** Rights as the form shows and sends them. */
export type TypedRights = Readonly<{
  ask: boolean;
  pay: boolean;
  manage: boolean;
  bills: boolean;
  approve: string;
  all: boolean;
  properties: readonly string[];
}>;

export const presets = ['pays', 'approves', 'property', 'everything'] as const;
export type Preset = (typeof presets)[number];

const base: TypedRights = { ask: true, pay: false, manage: false, bills: false, approve: '', all: true, properties: [] };
/** What each beginning ticks. */
export const presetRights: Readonly<Record<Preset, TypedRights>> = {
  pays: { ...base, pay: true, bills: true },
  approves: base,
  property: { ...base, all: false },
  everything: { ...base, pay: true, manage: true, bills: true },
};

export function typedFrom(given: Given): TypedRights {
  const on = (name: string): boolean => given.text(name) === '1';
  return {
    ...{ ask: on('canAsk'), pay: on('canPay'), manage: on('canManage'), bills: on('bills'), approve: given.text('approveLimitMinor').trim() },
    all: given.text('which') !== 'some',
    properties: given.all('propertyIds'),
  };
}

/** As the verb wants them. Refuses `amount_invalid` and, for properties that are none, `wrong_choice`. */
export function rightsFrom(typed: TypedRights, currency: string, locale: Locale): Partial<Rights> {
  return {
    ...{ canView: true, canAsk: typed.ask, canPay: typed.pay, canManage: typed.manage, bills: typed.bills },
    approveLimitMinor: typed.approve === '' ? 0n : limitFrom(typed.approve, currency, locale),
    propertyIds: typed.all ? null : typed.properties.map(propertyFrom),
  };
}

function limitFrom(text: string, currency: string, locale: Locale): bigint {
  try {
    return parseMoney(text, currency, locale);
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(error.code, { field: 'approveLimitMinor' }) : error;
  }
}

function propertyFrom(text: string): string {
  const id = readId('property', text);
  if (id === null) throw new Refusal('wrong_choice', { field: 'propertyIds' });
  return id;
}

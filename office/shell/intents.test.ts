import { expect, it } from 'vitest';
import { readIntent } from './intents.ts';

it.each([
  ['send 1042', 'send', '1042'],
  ['Send reminder for 1042', 'send', '1042'],
  ['remind larkspur', 'send', 'larkspur'],
  ['record payment 1042', 'pay', '1042'],
  ['Record a payment from Rosa', 'pay', 'Rosa'],
  ['pay 1042', 'pay', '1042'],
  ['New invoice for Larkspur', 'bill', 'Larkspur'],
  ['invoice Núñez', 'bill', 'Núñez'],
  ['invoice 1042', null, 'invoice 1042'],
  ['pdf 1042', 'pdf', '1042'],
  ['payments', null, 'payments'],
  ['sendai', null, 'sendai'],
  ['larkspur', null, 'larkspur'],
])('reads “%s” as what somebody means to do', (typed, intent, rest) => {
  expect(readIntent(typed)).toEqual({ intent, rest });
});

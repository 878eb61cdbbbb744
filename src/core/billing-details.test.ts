import { expect, test } from 'vitest';
import { noAddress } from './address.ts';
import { type BillingDetails, differenceOf, sameNames } from './billing-details.ts';

const before: BillingDetails = {
  ...{ name: 'Dana Whitlock', company: 'Larkspur Keys', billingAddress: noAddress, language: 'en' },
  ...{ poRequired: false, taxExempt: false, taxExemptNote: '' },
};

test.each([
  ['nothing', {}, true, [], []],
  ['the language, which counts at once', { language: 'es' }, true, ['language'], []],
  ['the PO rule, which counts at once', { poRequired: true }, true, ['poRequired'], []],
  ['a name, which waits', { name: 'Dana W.' }, true, [], ['name']],
  ['an address, where the business looks at none', { billingAddress: { ...noAddress, city: 'Sampleton' } }, false, ['billingAddress'], []],
  ['an exemption of tax, which waits always', { taxExempt: true, taxExemptNote: 'TX-1' }, false, [], ['taxExempt', 'taxExemptNote']],
  ['some of each', { company: 'Larkspur', language: 'fr' }, true, ['language'], ['company']],
] as const)('a customer changes %s', (_, change, review, now, waiting) => {
  const found = differenceOf(before, { ...before, ...change } as BillingDetails, review);
  expect([Object.keys(found.now), Object.keys(found.waiting)]).toEqual([now, waiting]);
  expect(Object.keys(found.before).sort()).toEqual([...now, ...waiting].sort());
  expect(sameNames(found.before, found.now)).toEqual(sameNames(before, found.now));
});

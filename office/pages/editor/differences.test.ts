import { describe, expect, it } from 'vitest';
import type { Draft } from '../../api/types.ts';
import { differences } from './differences.ts';
import { blankLine } from './draft-state.ts';

const draft: Draft = {
  customerId: 'cus',
  propertyId: null,
  language: 'en',
  issuedOn: null,
  dueOn: null,
  termsDays: 14,
  poNumber: '',
  workOrderNumber: '',
  terms: '',
  message: '',
  internalNote: '',
  pricesIncludeTax: false,
  discount: null,
  lateFee: null,
  earlyDiscount: null,
  depositIds: null,
  installments: null,
  lines: [blankLine('a'), blankLine('b')],
  recipientIds: [],
};

describe('what differs between two drafts', () => {
  it('says nothing of equal ones', () => {
    expect(differences(draft, draft)).toEqual([]);
  });

  it('counts lines changed, only mine and only theirs, then names the fields', () => {
    const mine = { ...draft, poNumber: 'PO-1', lines: [{ ...blankLine('a'), name: 'Drain' }, blankLine('b'), blankLine('c')] };
    const theirs = { ...draft, lines: [blankLine('a'), blankLine('d')] };
    expect(differences(mine, theirs)).toEqual(['1 line changed', '2 lines only in yours', '1 line only in theirs', 'PO number']);
  });
});

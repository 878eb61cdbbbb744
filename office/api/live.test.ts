import { describe, expect, it } from 'vitest';
import { eventKinds } from '../../src/domain/events/kinds.ts';
import { keysRenewedBy } from './live.ts';

describe('what a live event renews', () => {
  it('renews home, lists and the invoice itself when money moves', () => {
    expect(keysRenewedBy('payment.cleared')).toEqual(expect.arrayContaining(['payments', 'invoices', 'home', 'customers', 'events']));
  });

  it('renews the inbox and what needs somebody when a customer asks', () => {
    expect(keysRenewedBy('charge.questioned')).toEqual(expect.arrayContaining(['charges-asked', 'threads', 'home', 'invoices']));
    expect(keysRenewedBy('question.asked')).toEqual(expect.arrayContaining(['threads', 'home', 'invoices']));
  });

  it('knows every noun the business tells of, so that nothing on screen grows old', () => {
    for (const kind of eventKinds) expect(keysRenewedBy(kind), kind).not.toBe('all');
  });

  it('renews everything for a noun it does not know', () => {
    expect(keysRenewedBy('agreement.finished')).toBe('all');
  });
});

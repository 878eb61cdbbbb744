import { describe, expect, it } from 'vitest';
import { eventKinds } from '../../src/domain/events/kinds.ts';
import type { Event } from '../api/types.ts';
import { eventWords, hasWords, quietKinds } from './event-words.ts';

const tools = { money: (minor: number) => `$${minor / 100}`, day: (day: string) => day };
const event = (kind: string, data: Event['data'] = {}): Event => ({
  id: 'evt_0',
  seq: 1,
  at: '2026-11-23T10:00:00Z',
  kind,
  actor: { kind: 'staff', name: 'Ida Brandt' },
  customerId: null,
  customerName: null,
  invoiceId: null,
  invoiceNumber: null,
  estimateId: null,
  estimateNumber: null,
  propertyId: null,
  shown: false,
  data,
});

describe('the words of the timeline', () => {
  it('tells every kind of event in words of its own, not by its name', () => {
    for (const kind of eventKinds) {
      if (quietKinds.has(kind)) continue;
      expect(hasWords(kind), kind).toBe(true);
    }
  });

  it('says how much came, and how', () => {
    expect(eventWords(event('payment.recorded', { amountMinor: 5000, method: 'check' }), tools).text).toBe('$50 recorded, check');
    expect(eventWords(event('payment.processing', { amountMinor: 125000, method: 'bank' }), tools).text).toBe('$1250 on its way by bank account');
  });

  it('names what replaces what, on both sides', () => {
    expect(eventWords(event('invoice.replaced', { replacedBy: { number: '1043' } }), tools).text).toBe('Replaced by 1043');
    expect(eventWords(event('invoice.replaced', { replaces: { number: '1042' } }), tools).text).toBe('Replaces 1042');
  });

  it('shows a kind it does not know rather than nothing', () => {
    expect(eventWords(event('agreement.paused'), tools).text).toBe('Agreement paused');
  });
});

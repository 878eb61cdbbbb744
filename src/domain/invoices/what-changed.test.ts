import { describe, expect, test } from 'vitest';
import { type Content, whatChanged } from './invoice.ts';

const line = (id: string, name: string, netMinor: bigint, propertyId: string | null = null): Content['lines'][number] => ({
  ...{ id, name, netMinor, propertyId, description: '', serviceOn: null, quantityMilli: 1000n, unit: '', unitPriceMilli: netMinor * 1000n },
  ...{ discount: null, taxRateId: null },
});
const content = (lines: Content['lines']): Content => ({
  lines,
  ...{ discountMinor: 0n, taxMinor: 0n, totalMinor: lines.reduce((sum, { netMinor }) => sum + netMinor, 0n), dueOn: '2026-12-01' },
  ...{ poNumber: '', workOrderNumber: '', terms: '', message: '' },
});

describe('what changed between an invoice and the one that takes its place', () => {
  test('a line is known by its id, whatever it is called now', () => {
    const changes = whatChanged(content([line('a', 'Labor', 100n)]), content([line('a', 'Plumber labor', 100n)]));
    expect(changes).toEqual([{ what: 'line_changed', name: 'Plumber labor', fromMinor: 100n, toMinor: 100n, fields: ['name'] }]);
  });

  test('lines that were written anew are known by name and property: what stayed the same is not told', () => {
    const before = content([line('a', 'Call', 8_900n), line('b', 'Labor', 31_250n, 'north'), line('c', 'Labor', 31_250n, 'south')]);
    const after = content([line('d', 'Call', 8_900n), line('e', 'Labor', 25_000n, 'south'), line('f', 'Permit', 4_000n)]);
    expect(whatChanged(before, after).map((change) => [change.what, 'name' in change ? change.name : ''])).toEqual([
      ['line_changed', 'Labor'],
      ['line_added', 'Permit'],
      ['line_removed', 'Labor'],
      ['total', ''],
    ]);
  });
});

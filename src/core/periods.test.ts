import { expect, it } from 'vitest';
import { periodNames, spanOf } from './periods.ts';

it('periods are whole months and years of the calendar', () => {
  expect(periodNames.map((name) => spanOf(name, '2026-01-31'))).toEqual([
    { from: null, to: null },
    { from: '2026-01-01', to: '2026-01-31' },
    { from: '2025-12-01', to: '2025-12-31' },
    { from: '2026-01-01', to: '2026-12-31' },
    { from: '2025-01-01', to: '2025-12-31' },
  ]);
  expect(spanOf('last_month', '2028-03-15')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
});

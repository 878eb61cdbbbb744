import { expect, test } from 'vitest';
import { packageGroups } from './packages.ts';

const line = (group: string, name: string, netMinor: bigint, chosen = false) => ({
  choice: { kind: 'package' as const, group, package: name, chosen },
  netMinor,
});

test('packages of a group come in their order with what each comes to, and other lines are in none', () => {
  const plain = { choice: null, netMinor: 9n };
  const lines = [plain, line('Heater', 'good', 100n, true), line('Tap', 'brass', 7n, true), line('Heater', 'best', 300n), line('Heater', 'good', 20n, true)];
  const told = packageGroups(lines).map(({ group, packages }) => [group, packages.map(({ name, suggested, netMinor }) => [name, suggested, netMinor])]);
  expect(told).toEqual([
    [
      'Heater',
      [
        ['good', true, 120n],
        ['best', false, 300n],
      ],
    ],
    ['Tap', [['brass', true, 7n]]],
  ]);
});

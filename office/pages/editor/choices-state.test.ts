import { describe, expect, it } from 'vitest';
import { boundsFor, chooseFor, groupNames, packageNames } from './choices-state.ts';
import { blankLine, type EditorLine, type Sheet } from './draft-state.ts';

const part = (name: string, chosen: boolean, group = 'Faucet') => ({ kind: 'package', group, package: name, chosen }) as const;
const sheet = (choices: Readonly<Record<string, EditorLine['choice']>>): Sheet => ({
  sections: [{ key: 's', propertyId: null, lines: Object.entries(choices).map(([id, choice = null]) => ({ ...blankLine(id), choice })) }],
});

describe('how lines may be chosen, while they are written', () => {
  it('suggests the first package of a group, and no second one', () => {
    expect(chooseFor(sheet({ a: null, b: null }), 'a', part('Good', false))).toEqual([{ id: 'a', fields: { choice: part('Good', true) } }]);
    expect(chooseFor(sheet({ a: part('Good', true), b: null }), 'b', part('Better', false))).toEqual([{ id: 'b', fields: { choice: part('Better', false) } }]);
  });

  it('suggests another package on all of its lines, and the former one on none', () => {
    const before = sheet({ a: part('Good', true), b: part('Better', false), c: part('Better', false), d: part('Large', true, 'Tank') });
    expect(chooseFor(before, 'b', part('Better', true))).toEqual([
      { id: 'a', fields: { choice: part('Good', false) } },
      { id: 'b', fields: { choice: part('Better', true) } },
      { id: 'c', fields: { choice: part('Better', true) } },
    ]);
  });

  it('suggests what is left when the suggested package goes', () => {
    expect(chooseFor(sheet({ a: part('Good', true), b: part('Better', false) }), 'a', { kind: 'optional', chosen: false })).toEqual([
      { id: 'a', fields: { choice: { kind: 'optional', chosen: false } } },
      { id: 'b', fields: { choice: part('Better', true) } },
    ]);
  });

  it('names groups and their packages once', () => {
    const of = sheet({ a: part('Good', true), b: part('Good', true), c: part('Better', false), d: part('Large', true, 'Tank') });
    expect([groupNames(of), packageNames(of, 'Faucet')]).toEqual([
      ['Faucet', 'Tank'],
      ['Good', 'Better'],
    ]);
  });

  it('begins with bounds the quantity is within', () => {
    expect(boundsFor(2000)).toEqual({ minMilli: 1000, maxMilli: 4000, stepMilli: 1000 });
    expect(boundsFor(500)).toEqual({ minMilli: 500, maxMilli: 1000, stepMilli: null });
  });
});

import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../../api/problem.ts';
import type { Estimate } from '../../api/types.ts';
import { choicesOf, concerned, groupsOf, isTaken, limitOf, recordable, signedLines, suggestedOf, toOffice, whoAfter } from './recording.ts';

const line = (id: string, more: Partial<Parameters<typeof suggestedOf>[0][number]> = {}) => ({
  ...{ id, name: `Line ${id}`, quantityMilli: 1000, netMinor: 5000, choice: null, bounds: null },
  ...more,
});
const part = (name: string, chosen: boolean) => ({ kind: 'package', group: 'Faucet', package: name, chosen }) as const;
const lines = [
  line('a'),
  line('b', { choice: part('Good', true) }),
  line('c', { choice: part('Better', false), netMinor: 8000, bounds: { minMilli: 1000, maxMilli: 4000, stepMilli: 1000 } }),
  line('d', { choice: part('Better', false), netMinor: 500 }),
  line('e', { choice: { kind: 'optional', chosen: true } }),
];

describe('what a customer said by phone', () => {
  it('is recorded while it waits, and taken back while nothing was made of it; only by who may write estimates', () => {
    const standing = { firstApproval: null } as Estimate['standing'];
    const of = (status: Estimate['status'], more: Partial<Parameters<typeof recordable>[0]> = {}) =>
      recordable({ acts: ['duplicate'], status, invoice: null, standing, ...more });
    expect(of('sent')).toEqual(['approval', 'decline', 'changes']);
    expect(of('sent', { standing: { firstApproval: { at: '', by: 'Dana', personId: 'per_1' } } as Estimate['standing'] })).toContain('undo');
    expect(of('approved')).toEqual(['undo']);
    expect(of('approved', { invoice: { id: 'inv_1', number: null } })).toEqual([]);
    expect([...of('expired'), ...of('declined'), ...of('withdrawn'), ...of('replaced')]).toEqual([]);
    expect(of('sent', { acts: [] })).toEqual([]);
  });

  it('starts from what is suggested, and says the whole choice', () => {
    const suggested = suggestedOf(lines);
    expect(choicesOf(lines, suggested)).toEqual({ options: ['e'], packages: [{ group: 'Faucet', package: 'Good' }], quantities: [] });
    expect(lines.map((each) => isTaken(each, suggested))).toEqual([true, true, false, false, true]);
    expect(groupsOf(lines)).toEqual([
      {
        group: 'Faucet',
        packages: [
          { name: 'Good', netMinor: 5000, lines: ['Line b'] },
          { name: 'Better', netMinor: 8500, lines: ['Line c', 'Line d'] },
        ],
      },
    ]);
  });

  it('names quantities only of what is taken and differs, and says nothing while one is no number', () => {
    const better = { ...suggestedOf(lines), packages: [{ group: 'Faucet', package: 'Better' }] };
    expect(choicesOf(lines, { ...better, quantities: { c: 3000 } })?.quantities).toEqual([{ lineId: 'c', quantityMilli: 3000 }]);
    expect(choicesOf(lines, { ...better, quantities: { c: 1000 } })?.quantities).toEqual([]);
    expect(choicesOf(lines, { ...better, quantities: { c: null } })).toBeNull();
    expect(choicesOf(lines, { ...suggestedOf(lines), quantities: { c: null } })?.quantities).toEqual([]);
  });

  it('is the word of somebody the estimate concerns, within the limit that counts', () => {
    const rights = (more: object) => ({ rights: { propertyIds: null, canView: true, canManage: false, approveLimitMinor: 0, ...more } });
    const [whole, here, elsewhere, blind] = [rights({}), rights({ propertyIds: ['p'] }), rights({ propertyIds: ['q'] }), rights({ canView: false })];
    expect(concerned([whole, here, elsewhere, blind], 'p')).toEqual([whole, here]);
    expect(concerned([whole, here, elsewhere, blind], null)).toEqual([whole]);
    const at = (nteMinor: number | null, ownerPersonId: string | null = null) => ({ nteMinor, ownerPersonId });
    const site = { ...rights({ approveLimitMinor: 200_000, propertyIds: ['p'] }), id: 'per_1' };
    expect(limitOf({ ...whole, id: 'per_1' }, 'residential', null)).toBeNull();
    expect(limitOf({ ...whole, id: 'per_1' }, 'commercial', null)).toBe(0n);
    expect(limitOf({ ...rights({ approveLimitMinor: 200_000 }), id: 'per_1' }, 'commercial', at(50_000))).toBe(200_000n);
    expect([limitOf(site, 'commercial', at(null)), limitOf(site, 'commercial', at(50_000)), limitOf(site, 'commercial', at(50_000, 'per_1'))]).toEqual([
      200_000n,
      50_000n,
      200_000n,
    ]);
  });

  it('fills in the name of the person, and leaves one that was typed', () => {
    const people = [
      { id: '1', name: 'Rosa Quill' },
      { id: '2', name: 'Lee Quill' },
    ];
    expect(whoAfter({ personId: null, typedName: '' }, people, '1')).toEqual({ personId: '1', typedName: 'Rosa Quill' });
    expect(whoAfter({ personId: '1', typedName: 'Rosa Quill' }, people, '2')).toEqual({ personId: '2', typedName: 'Lee Quill' });
    expect(whoAfter({ personId: '1', typedName: 'R. Quill' }, people, '2')).toEqual({ personId: '2', typedName: 'R. Quill' });
    expect(whoAfter({ personId: '1', typedName: 'Rosa Quill' }, people, null)).toEqual({ personId: null, typedName: '' });
  });

  it('reads what was signed out of the evidence, and refusals in words for the office', () => {
    const signed = { id: 'x', name: 'Work', quantityMilli: 1000, netMinor: 12_000 };
    expect(signedLines(JSON.stringify({ chosen: { lines: [signed], totalMinor: 12_990 } }))).toEqual([signed]);
    expect(signedLines('{}')).toEqual([]);
    const problem = (code: string) => new ApiProblem({ status: 409, code, detail: 'As the API says it.' });
    expect(toOffice(problem('undo_over'))).toMatchObject({ code: 'undo_over', message: expect.stringContaining('the approval stands') });
    expect(toOffice(problem('already_decided'))).toMatchObject({ message: 'As the API says it.' });
  });
});

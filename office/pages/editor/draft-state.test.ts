import { describe, expect, it } from 'vitest';
import type { Draft, DraftLine } from '../../api/types.ts';
import { blankLine, closeDraft, draftText, type EditorDraft, openDraft, reduceDraft, withItem } from './draft-state.ts';
import { type UsualTax, withUsualTaxes } from './usual-tax.ts';

const line = (id: string, propertyId: string | null, name = id): DraftLine => ({ ...blankLine(id), name, propertyId, unitPriceMilli: 100_000 });
const draft = (lines: DraftLine[], propertyId: string | null = null): Draft => ({
  customerId: 'cus',
  propertyId,
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
  lines,
  recipientIds: [],
});
const keys = () => {
  let next = 0;
  return () => {
    next += 1;
    return `s${next}`;
  };
};
const open = (lines: DraftLine[], propertyId: string | null = null): EditorDraft => openDraft(draft(lines, propertyId), keys());
const ids = (editor: EditorDraft): string[][] => editor.sections.map((section) => section.lines.map(({ id }) => id));

describe('a draft while it is written', () => {
  it('stands in sections by property and closes into the same lines', () => {
    const lines = [line('a', 'p1'), line('b', 'p1'), line('c', 'p2')];
    const editor = open(lines);
    expect(ids(editor)).toEqual([['a', 'b'], ['c']]);
    expect(closeDraft(editor)).toEqual(draft(lines));
  });

  it('has one section to write in even when it is empty', () => {
    expect(open([], 'p1').sections).toEqual([{ key: 's1', propertyId: 'p1', lines: [] }]);
    expect(closeDraft(open([], 'p1')).propertyId).toBe('p1');
  });

  it('gives lines without a property the one of the whole invoice', () => {
    const closed = closeDraft(open([line('a', null)], 'p1'));
    expect(closed.propertyId).toBe('p1');
    expect(closed.lines[0]?.propertyId).toBe('p1');
  });

  it('leaves blank lines out of what is saved, but keeps a line with a price and no name', () => {
    let editor = open([line('a', null)]);
    editor = reduceDraft(editor, { act: 'add_line', section: 's1', id: 'b' });
    expect(closeDraft(editor).lines.map(({ id }) => id)).toEqual(['a']);
    editor = reduceDraft(editor, { act: 'change_line', id: 'b', fields: { unitPriceMilli: 5 } });
    expect(closeDraft(editor).lines.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('adds a line after another one', () => {
    const editor = reduceDraft(open([line('a', null), line('b', null)]), { act: 'add_line', section: 's1', id: 'n', after: 'a' });
    expect(ids(editor)).toEqual([['a', 'n', 'b']]);
  });

  it('moves a line within its section and over its edge into the next', () => {
    const editor = open([line('a', 'p1'), line('b', 'p1'), line('c', 'p2')]);
    expect(ids(reduceDraft(editor, { act: 'move_line', id: 'a', by: 1 }))).toEqual([['b', 'a'], ['c']]);
    const over = reduceDraft(editor, { act: 'move_line', id: 'b', by: 1 });
    expect(ids(over)).toEqual([['a'], ['b', 'c']]);
    expect(closeDraft(over).lines.map(({ propertyId }) => propertyId)).toEqual(['p1', 'p2', 'p2']);
    expect(reduceDraft(editor, { act: 'move_line', id: 'a', by: -1 })).toBe(editor);
    expect(reduceDraft(editor, { act: 'move_line', id: 'c', by: 1 })).toBe(editor);
  });

  it('takes a line away and puts it back where it was', () => {
    const editor = open([line('a', null), line('b', null), line('c', null)]);
    const without = reduceDraft(editor, { act: 'remove_line', id: 'b' });
    expect(ids(without)).toEqual([['a', 'c']]);
    expect(reduceDraft(without, { act: 'put_back', section: 's1', at: 1, line: line('b', null) })).toEqual(editor);
  });

  it('lets an unused first section give way to the first property, and keeps a used one', () => {
    const add = { act: 'add_section', key: 'k', propertyId: 'p1', lineId: 'n' } as const;
    expect(reduceDraft(open([]), add).sections.map(({ propertyId }) => propertyId)).toEqual(['p1']);
    expect(reduceDraft(open([line('a', null)]), add).sections.map(({ propertyId }) => propertyId)).toEqual([null, 'p1']);
  });

  it('reads the same as saved when only the order of its fields differs', () => {
    const one = draft([line('a', 'p1')], 'p1');
    const other = Object.fromEntries(Object.entries(one).reverse()) as Draft;
    expect(draftText(other)).toBe(draftText(one));
    expect(draftText(closeDraft(openDraft(one, keys())))).toBe(draftText(one));
    expect(draftText({ ...one, poNumber: 'PO-1' })).not.toBe(draftText(one));
  });

  it('never loses the last section', () => {
    const editor = open([line('a', null)]);
    expect(reduceDraft(editor, { act: 'remove_section', section: 's1' })).toBe(editor);
  });

  it('takes name, price and tax from the price book and leaves quantity and day alone', () => {
    const item = {
      id: 'itm',
      version: 1,
      name: 'Drain',
      description: 'Kitchen',
      unit: 'hour',
      unitPriceMilli: 9_500_000,
      taxRateId: null,
      taxable: true,
      archived: false,
    };
    const editor = reduceDraft(open([{ ...line('a', null), quantityMilli: 2500, serviceOn: '2026-11-20' }]), {
      act: 'change_line',
      id: 'a',
      fields: withItem({ ...item, taxRateId: 'tax1' }),
    });
    expect(editor.sections[0]?.lines[0]).toMatchObject({
      itemId: 'itm',
      name: 'Drain',
      unit: 'hour',
      unitPriceMilli: 9_500_000,
      taxRateId: 'tax1',
      taxFrom: 'item',
      quantityMilli: 2500,
      serviceOn: '2026-11-20',
    });
  });

  describe('taxes', () => {
    const usual: UsualTax = { taxed: true, business: 'state', properties: new Map([['p1', 'city']]) };
    const taxOf = (editor: EditorDraft): (string | null)[] =>
      withUsualTaxes(editor, usual).sections.flatMap(({ lines }) => lines.map((each) => each.taxRateId));
    const item = (taxable: boolean, taxRateId: string | null) =>
      withItem({ id: 'i', version: 1, name: 'N', description: '', unit: '', unitPriceMilli: 1, taxRateId, taxable, archived: false });

    it('follow the property, then the item, then the business, and an item that is never taxed stays so', () => {
      const lines = [line('free', null), { ...line('own', null), ...item(true, 'food') }, { ...line('never', null), ...item(false, 'food') }];
      const editor = open(lines);
      expect(taxOf(editor)).toEqual(['state', 'food', null]);
      const there = reduceDraft(editor, { act: 'set_property', section: 's1', propertyId: 'p1' });
      expect(taxOf(there)).toEqual(['city', 'city', null]);
      expect(taxOf(reduceDraft(there, { act: 'set_property', section: 's1', propertyId: 'p2' }))).toEqual(['state', 'food', null]);
    });

    it('chosen by hand stay, wherever the line goes', () => {
      const editor = reduceDraft(open([line('a', null)]), { act: 'change_line', id: 'a', fields: { taxRateId: null, taxFrom: 'line' } });
      expect(taxOf(reduceDraft(editor, { act: 'set_property', section: 's1', propertyId: 'p1' }))).toEqual([null]);
    });

    it('nobody chose are no change to save, and become what the server found', () => {
      const saved = draft([{ ...line('a', null), itemId: 'i', taxRateId: 'food', taxFrom: 'item' }]);
      const mine = draft([{ ...line('a', null), itemId: 'i' }]);
      expect(draftText(mine)).toBe(draftText(saved));
      const followed = reduceDraft(openDraft(mine, keys()), { act: 'follow_taxes', saved });
      expect(taxOf(followed)).toEqual(['food']);
      expect(reduceDraft(followed, { act: 'follow_taxes', saved })).toBe(followed);
    });

    it('are not put on a deposit or a late fee by themselves', () => {
      expect(withUsualTaxes(open([line('a', 'p1')]), { ...usual, taxed: false }).sections[0]?.lines[0]?.taxRateId).toBeNull();
    });
  });
});

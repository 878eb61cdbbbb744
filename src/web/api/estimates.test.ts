import { describe, expect, it } from 'vitest';
import { ask, done, type Json } from '../../../test/api-client.ts';
import { aLine, testWorld } from '../../../test/world.ts';
import { addDays } from '../../core/calendar.ts';
import { publicId } from '../../core/ids.ts';
import { newId } from '../../db/fresh.ts';

const world = testWorld();
const lineId = (): string => publicId('line', newId());
const package_ = (name: string, chosen: boolean, unitPriceMilli: number): Json =>
  aLine({ id: lineId(), name: `${name} faucet`, quantityMilli: 1000, unitPriceMilli, choice: { kind: 'package', group: 'Faucet', package: name, chosen } });

function kitchen(): { lines: Json[]; seal: string } {
  const seal = lineId();
  const lines = [
    aLine({ id: lineId(), name: 'Work', quantityMilli: 1000, unitPriceMilli: 10_000_000 }),
    package_('Good', true, 5_000_000),
    package_('Better', false, 8_000_000),
    aLine({
      ...{ id: seal, name: 'Sealing', quantityMilli: 2000, unitPriceMilli: 1_000_000 },
      ...{ choice: { kind: 'optional', chosen: false }, bounds: { minMilli: 1000, maxMilli: 4000, stepMilli: 1000 } },
    }),
  ];
  return { lines, seal };
}

const begin = (more: Json = {}) => {
  const { web, otter } = world();
  return done(web, otter.owner, 'createEstimate', { body: { customerId: otter.ids.customerId, lines: kitchen().lines, ...more } });
};

async function issued(more: Json = {}): Promise<Json> {
  const { web, otter } = world();
  const draft = await begin(more);
  return done(web, otter.owner, 'issueEstimate', { params: { estimateId: draft.id }, version: draft.version, body: { show: true } });
}

describe('the estimates of the API', () => {
  it('writes a draft with choices, deposit and stages, adds it up as suggested, and freezes it as it was', async () => {
    const { web, otter } = world();
    const { lines, seal } = kitchen();
    const deposit = { kind: 'percent', ratePpm: 500_000 };
    const plan = [
      { label: 'To begin', amountMinor: 5000 },
      { label: 'When done', ratePpm: 1_000_000 },
    ];
    const draft = await begin({ lines, deposit, plan, scope: 'New faucet in the kitchen', exclusions: 'Tiles', validDays: 14 });
    expect(draft).toMatchObject({ status: 'draft', number: null, acts: ['edit', 'discard', 'issue', 'send', 'duplicate'], paper: null });
    expect(draft.totals).toMatchObject({ totalMinor: 15_000, depositMinor: 7_500, stages: [{ amountMinor: 5_000 }, { amountMinor: 10_000 }] });
    expect(draft.totals.lines.map((line: Json) => line.netMinor)).toEqual([10_000, 5_000, 8_000, 2_000]);
    const { customerId } = otter.ids;
    const preview = await done(web, otter.owner, 'previewEstimate', { body: { customerId, pricesIncludeTax: false, discount: null, lines, deposit, plan } });
    expect(preview).toEqual(draft.totals);

    const at = { params: { estimateId: draft.id } };
    const saved = await done(web, otter.owner, 'saveEstimate', { ...at, version: draft.version, body: { poNumber: 'PO-9' } });
    expect(saved).toMatchObject({ version: draft.version + 1, draft: { poNumber: 'PO-9', deposit } });
    const stale = await ask(web, otter.owner, 'issueEstimate', { ...at, version: draft.version, body: {} });
    expect([stale.status, stale.json.code]).toEqual([412, 'stale_version']);
    const estimate = await done(web, otter.owner, 'issueEstimate', { ...at, version: saved.version, body: {} });
    expect(estimate).toMatchObject({ status: 'sent', revision: 1, shown: false, draft: null, validUntil: addDays(estimate.issuedOn, 14) });
    expect(estimate.number).toMatch(/^E-\d+$/);
    expect(estimate.acts).toEqual(['send', 'show', 'link', 'revise', 'extend', 'withdraw', 'duplicate']);
    expect(estimate.paper).toMatchObject({
      totalMinor: 15_000,
      depositMinor: 7_500,
      scope: 'New faucet in the kitchen',
      exclusions: 'Tiles',
      poNumber: 'PO-9',
    });
    expect(estimate.paper.lines.map(({ choice }: Json) => choice?.kind ?? null)).toEqual([null, 'package', 'package', 'optional']);

    const body = { options: [seal], packages: [{ group: 'Faucet', package: 'Better' }], quantities: [{ lineId: seal, quantityMilli: 3000 }] };
    const chosen = await done(web, otter.owner, 'chooseOfEstimate', { ...at, body });
    expect(chosen).toMatchObject({ totalMinor: 21_000, depositMinor: 10_500, stages: [{ amountMinor: 5_000 }, { amountMinor: 16_000 }] });
    const beyond = await ask(web, otter.owner, 'chooseOfEstimate', { ...at, body: { options: [seal], quantities: [{ lineId: seal, quantityMilli: 9000 }] } });
    expect([beyond.status, beyond.json.code]).toEqual([422, 'choice_quantity']);
  });

  it('revises under the same number, says what changed, and answers the newer state to whoever is late', async () => {
    const { web, otter } = world();
    const first = await issued({ message: 'Hello' });
    const at = { params: { estimateId: first.id } };
    const draft = await done(web, otter.owner, 'reviseEstimate', at);
    expect(draft).toMatchObject({ revision: 2, replaces: { id: first.id, number: first.number, revision: 1 } });
    expect((await done(web, otter.owner, 'readEstimate', at)).nextDraftId).toBe(draft.id);
    const waits = await ask(web, otter.owner, 'reviseEstimate', at);
    expect([waits.status, waits.json.code]).toEqual([409, 'revision_waits']);
    const [work, ...rest] = draft.draft.lines;
    const body = { lines: [{ ...work, unitPriceMilli: 11_000_000 }, ...rest] };
    const saved = await done(web, otter.owner, 'saveEstimate', { params: { estimateId: draft.id }, version: draft.version, body });
    const second = await done(web, otter.owner, 'issueEstimate', { params: { estimateId: draft.id }, version: saved.version, body: {} });
    expect(second).toMatchObject({ number: first.number, revision: 2, shown: true, versions: [{ status: 'replaced' }, { status: 'sent' }] });
    const { items } = await done(web, otter.owner, 'compareEstimates', { params: { estimateId: second.id }, query: { from: first.id } });
    expect(items).toEqual(second.changes);
    expect(items).toContainEqual({ what: 'total', fromMinor: 15_000, toMinor: 16_000 });
    expect(await done(web, otter.owner, 'readEstimate', at)).toMatchObject({ status: 'replaced', acts: ['duplicate'], replacedBy: { id: second.id } });
    const late = await ask(web, otter.owner, 'withdrawEstimate', { ...at, body: { reason: 'Wrong house' } });
    expect([late.status, late.json.code]).toEqual([409, 'estimate_replaced']);
  });

  it('extends, withdraws with the reason, and begins a copy', async () => {
    const { web, otter } = world();
    const { id, validUntil } = await issued();
    const at = { params: { estimateId: id } };
    const longer = await done(web, otter.owner, 'extendEstimate', { ...at, body: { validUntil: addDays(validUntil, 7) } });
    expect(longer.validUntil).toBe(addDays(validUntil, 7));
    expect((await ask(web, otter.owner, 'extendEstimate', { ...at, body: { validUntil } })).json.code).toBe('valid_not_later');
    const taken = await done(web, otter.owner, 'withdrawEstimate', { ...at, body: { reason: 'Wrong house' } });
    expect(taken).toMatchObject({ status: 'withdrawn', standing: { reason: 'Wrong house' }, acts: ['revise', 'duplicate'] });
    const copy = await done(web, otter.owner, 'duplicateEstimate', at);
    expect(copy).toMatchObject({ status: 'draft', revision: 1, replaces: null, totals: { totalMinor: 15_000 } });
    const { items } = await done(web, otter.owner, 'estimateTimeline', at);
    expect(items.map(({ kind }: Json) => kind)).toEqual(['estimate.withdrawn', 'estimate.extended', 'estimate.issued', 'estimate.created']);
    expect(items[0]).toMatchObject({ estimateId: id, invoiceId: null, estimateNumber: taken.number });
  });

  it('T5 begins copies for other properties of the customer, all of them or none', async () => {
    const { web, otter, mop } = world();
    const { id } = await issued();
    const at = { params: { estimateId: id } };
    const add = (code: string) =>
      done(web, otter.owner, 'addProperty', { params: { customerId: otter.ids.customerId }, body: { code, name: `House ${code}` } });
    const [one, two] = [await add('CP-1'), await add('CP-2')];
    const count = async () => (await done(web, otter.owner, 'totalEstimates')).tabs.draft;
    const before = await count();
    const foreign = await ask(web, otter.owner, 'copyEstimate', { ...at, body: { propertyIds: [one.id, mop.ids.propertyId] } });
    expect(foreign.status).toBeGreaterThanOrEqual(400);
    expect(await count()).toBe(before);
    const { items } = await done(web, otter.owner, 'copyEstimate', { ...at, body: { propertyIds: [two.id, one.id, two.id] } });
    expect(items.map(({ propertyId, status, revision, totals }: Json) => [propertyId, status, revision, totals.totalMinor])).toEqual([
      [two.id, 'draft', 1, 15_000],
      [one.id, 'draft', 1, 15_000],
    ]);
    expect(items[0].draft.lines.every(({ propertyId }: Json) => propertyId === two.id || propertyId === null)).toBe(true);
    for (const draft of items) await done(web, otter.owner, 'discardEstimate', { params: { estimateId: draft.id } });
    expect(await count()).toBe(before);
  });

  it('lists by tab, page by page, with sums and a count of each tab', async () => {
    const { web, mop } = world();
    const { customerId } = mop.ids;
    const make = async () => {
      const draft = await done(web, mop.owner, 'createEstimate', { body: { customerId, lines: kitchen().lines } });
      return done(web, mop.owner, 'issueEstimate', { params: { estimateId: draft.id }, version: draft.version, body: {} });
    };
    const [a, b] = [await make(), await make()];
    const first = await done(web, mop.owner, 'listEstimates', { query: { tab: 'waiting', limit: 1 } });
    const second = await done(web, mop.owner, 'listEstimates', { query: { tab: 'waiting', limit: 1, cursor: first.nextCursor } });
    expect([...first.items, ...second.items].map(({ id }: Json) => id)).toEqual([b.id, a.id]);
    expect(first.items[0]).toMatchObject({ status: 'sent', standing: { daysLeft: 30, totalMinor: 15_000 } });
    const totals = await done(web, mop.owner, 'totalEstimates');
    expect(totals).toMatchObject({ waitingCount: 3, expiringCount: 0, winRatePpm: null, tabs: { waiting: 3, all: 3, draft: 0 } });
    const foreign = await ask(web, mop.owner, 'listEstimates', { query: { tab: 'draft', cursor: first.nextCursor } });
    expect(foreign.json.code).toBe('cursor_invalid');
  });

  it('is found by its number, by whoever may read estimates', async () => {
    const { web, otter } = world();
    const { id, number } = await issued();
    const found = await done(web, otter.owner, 'search', { query: { q: number } });
    expect(found.items).toContainEqual(expect.objectContaining({ kind: 'estimate', id, title: number, amountMinor: 15_000, status: null }));
  });

  it('keeps files with the draft, takes them to the next version, and lets go of them with it', async () => {
    const { web, otter } = world();
    const draft = await begin();
    const at = { params: { estimateId: draft.id } };
    const raw = { bytes: '%PDF-1.7\n%%EOF\n', type: 'application/pdf' };
    const file = await done(web, otter.owner, 'addEstimateFile', { ...at, query: { name: 'plan.pdf' }, raw });
    expect((await done(web, otter.owner, 'readEstimate', at)).attachments).toEqual([file]);
    const large = `%PDF-1.7\n${'%'.repeat(2_000_000)}\n%%EOF\n`;
    const length = { 'content-length': String(large.length) };
    const scan = await ask(web, otter.owner, 'addEstimateFile', { ...at, query: { name: 'scan.pdf' }, raw: { ...raw, bytes: large }, headers: length });
    expect(scan.status).toBe(201);
    await done(web, otter.owner, 'removeEstimateFile', { params: { estimateId: draft.id, fileId: scan.json.id } });
    await done(web, otter.owner, 'issueEstimate', { ...at, version: draft.version, body: { show: true } });
    const closed = await ask(web, otter.owner, 'removeEstimateFile', { params: { estimateId: draft.id, fileId: file.id } });
    expect(closed.json.code).toBe('estimate_issued');
    const next = await done(web, otter.owner, 'reviseEstimate', at);
    expect(next.attachments).toMatchObject([{ name: 'plan.pdf' }]);
    await done(web, otter.owner, 'discardEstimate', { params: { estimateId: next.id } });
    expect((await ask(web, otter.owner, 'readEstimate', { params: { estimateId: next.id } })).status).toBe(404);
    expect((await done(web, otter.owner, 'readEstimate', at)).nextDraftId).toBeNull();
  });

  it('hands over a link of its own, and knows no link of another document', async () => {
    const { web, otter } = world();
    const { id } = await issued();
    const at = { params: { estimateId: id } };
    const { url, link } = await done(web, otter.owner, 'makeEstimateLink', { ...at, body: { personId: otter.ids.personId } });
    expect(url).toContain('/l/');
    expect((await done(web, otter.owner, 'listEstimateLinks', at)).items).toEqual([link]);
    const linkAt = { params: { estimateId: id, linkId: link.id } };
    expect((await done(web, otter.owner, 'copyEstimateLink', linkAt)).url).toBe(url);
    for (const operation of ['copyLink', 'revokeLink'] as const) {
      expect((await ask(web, otter.owner, operation, { params: { linkId: link.id } })).status).toBe(404);
    }
    const foreign = await ask(web, otter.owner, 'revokeEstimateLink', { params: { estimateId: id, linkId: otter.ids.linkId } });
    expect(foreign.status).toBe(404);
    expect((await done(web, otter.owner, 'revokeEstimateLink', linkAt)).state).toBe('revoked');
    expect((await done(web, otter.owner, 'listEstimateRecipients', at)).items).toMatchObject([{ personId: otter.ids.personId }]);
  });

  it('previews the page and the mail of an issued one without a trace, and answers the same PDF each time', async () => {
    const { web, otter } = world();
    const { id, number } = await issued();
    const at = { params: { estimateId: id } };
    const before = await done(web, otter.owner, 'estimateTimeline', at);
    const page = await ask(web, otter.owner, 'previewEstimatePage', at);
    expect(page.text).toContain(number);
    expect(page.text).not.toMatch(/<a\b[^>]*\shref=|<script/);
    const mail = await done(web, otter.owner, 'previewEstimateMail', { ...at, query: { note: 'Hello Rosa' } });
    expect([mail.to, mail.text.includes('Hello Rosa')]).toEqual([expect.stringContaining('Rosa Quill'), true]);
    expect((await ask(web, otter.owner, 'previewEstimateMailBody', at)).text).toContain(number);
    const [first, again] = [await ask(web, otter.owner, 'readEstimatePdf', at), await ask(web, otter.owner, 'readEstimatePdf', at)];
    expect([first.text.startsWith('%PDF-'), first.text === again.text]).toEqual([true, true]);
    const told = await done(web, otter.owner, 'estimateTimeline', at);
    expect(told.items.filter(({ kind }: Json) => kind !== 'estimate.pdf_stored')).toEqual(before.items);
    for (const operation of ['previewEstimatePage', 'previewEstimateMail'] as const) {
      expect((await ask(web, otter.owner, operation, { params: { estimateId: (await begin()).id } })).json.code).toBe('estimate_not_sent');
    }
  });

  it('sends a draft: everyone gets a mail with a link of their own', async () => {
    const { web, otter } = world();
    const draft = await begin();
    const at = { params: { estimateId: draft.id } };
    const sent = await done(web, otter.owner, 'sendEstimate', { ...at, body: { personIds: [otter.ids.personId], note: 'Hello' } });
    expect(sent.estimate).toMatchObject({ status: 'sent', shown: true, acts: expect.arrayContaining(['resend', 'revise']) });
    expect(sent.mails).toMatchObject([{ personId: otter.ids.personId, name: 'Rosa Quill', state: 'queued' }]);
    expect((await done(web, otter.owner, 'listEstimateLinks', at)).items).toMatchObject([{ personId: otter.ids.personId, state: 'open' }]);
  });

  it('is written and sent by a key with the rights of estimates alone', async () => {
    const { web, otter } = world();
    const made = await done(web, otter.owner, 'makeApiKey', { body: { name: 'Site visits', scopes: ['estimates:read', 'estimates:write'] } });
    const draft = await begin();
    const at = { params: { estimateId: draft.id } };
    await done(web, { key: made.key }, 'sendEstimate', { ...at, body: { personIds: [otter.ids.personId] } });
    expect((await done(web, { key: made.key }, 'listEstimateLinks', at)).items).toHaveLength(1);
    expect((await ask(web, { key: made.key }, 'listInvoices')).json.code).toBe('api_key_scope');
    expect((await ask(web, otter.key, 'readEstimate', at)).status).toBe(200);
  });

  it('changes what is usual for estimates, for whoever may change settings only', async () => {
    const { web, otter } = world();
    const body = { word: 'quote', validDays: 20, terms: 'Half now.', codeThresholdMinor: null };
    const rules = await done(web, otter.owner, 'changeEstimateRules', { body });
    expect(rules).toEqual({ ...body, remindDays: 3, undoHours: 24 });
    expect((await begin()).draft).toMatchObject({ validDays: 20, terms: 'Half now.' });
    expect((await ask(web, otter.office, 'changeEstimateRules', { body })).status).toBe(403);
    await done(web, otter.owner, 'changeEstimateRules', { body: { word: 'estimate', validDays: 30, terms: '', codeThresholdMinor: 100_000 } });
  });
});

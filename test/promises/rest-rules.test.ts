import { describe, expect, it } from 'vitest';
import { type IdKind, publicId, readId } from '../../src/core/ids.ts';
import { newId } from '../../src/db/fresh.ts';
import { addVisitPhoto } from '../../src/domain/jobs/visits.ts';
import type { Operation } from '../../src/web/api/schemas/operation.ts';
import { apiOperations, type OperationId } from '../../src/web/api/schemas/operations.ts';
import { ask, type Caller, done, requestOf } from '../api-client.ts';
import { sampleOf, schemaOf } from '../api-samples.ts';
import { aLine, type House, testWorld } from '../world.ts';

const world = testWorld();
type Ids = Readonly<Record<string, string>>;
const table = Object.entries(apiOperations) as [OperationId, Operation][];
const namesOf = (op: Operation): string[] => [...op.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
const gone = [404, 410];

/** Asks with ids in the path and the least that the document allows in the rest. */
async function statusOf(caller: Caller, op: Operation, params: Ids, ids: Ids = params): Promise<number> {
  const query = op.query === undefined ? {} : sampleOf(schemaOf(op.query), ids);
  const body = op.body === undefined ? {} : { body: sampleOf(schemaOf(op.body), ids) };
  const raw = op.upload === undefined ? {} : { raw: { bytes: 'name\nx\n', type: op.upload.types[0] ?? '' } };
  const answer = await world().web.app.request(
    requestOf(op, { ...caller, ...(caller.cookies && { cookies: { ...caller.cookies } }) }, { params, query, ...body, ...raw }),
  );
  await answer.body?.cancel();
  return answer.status;
}

const removals = table.filter(([id, op]) => op.method === 'delete' && namesOf(op).length > 0 && id !== 'unscheduleInvoice');

/** What each deletion takes away, made for it where it is needed elsewhere too: a new one without a row here fails. */
const victims: Partial<Record<OperationId, (house: House) => Promise<Ids>>> = {
  takeOffShelf: async ({ ids }) => ({ paperId: ids.paperId }),
  removeFilter: async ({ ids }) => ({ filterId: ids.filterId }),
  removeSnippet: async ({ ids }) => ({ snippetId: ids.snippetId }),
  removeWebhook: async ({ ids }) => ({ webhookId: ids.webhookId, deliveryId: ids.deliveryId }),
  endAssignment: async ({ ids }) => ({ assignmentId: ids.assignmentId }),
  withdrawInvitation: async ({ ids }) => ({ invitationId: ids.invitationId }),
  removeColleague: async ({ ids }) => ({ staffId: ids.staffId }),
  removePasskey: async ({ ids }) => ({ passkeyId: ids.passkeyId }),
  signOutDevice: async ({ ids }) => ({ sessionId: ids.sessionId }),
  removePerson: async (house) => ({ customerId: house.ids.customerId, personId: (await make(house, 'addPerson', { name: 'Gil Marlowe' })).id }),
  discardDraft: async (house) => ({ invoiceId: (await make(house, 'createDraft', { customerId: house.ids.customerId, lines: [aLine()] })).id }),
  discardEstimate: async (house) => ({ estimateId: (await make(house, 'createEstimate', { customerId: house.ids.customerId, lines: [aLine()] })).id }),
  removeEstimateFile: async (house) => {
    const { id: estimateId } = await make(house, 'createEstimate', { customerId: house.ids.customerId, lines: [aLine()] });
    const raw = { bytes: '%PDF-1.7\n%%EOF\n', type: 'application/pdf' };
    const file = await done(world().web, house.owner, 'addEstimateFile', { params: { estimateId }, query: { name: 'plan.pdf' }, raw });
    return { estimateId, fileId: file.id };
  },
  removeVisitPhoto: async ({ business, ids }) => {
    const kept = { name: 'tap.jpg', mediaType: 'image/jpeg', bytes: 4, sha256: 'cd'.repeat(32) };
    const photo = await business.office((scope) => addVisitPhoto(scope, readId('visit', ids.visitId) ?? '', kept));
    return { visitId: ids.visitId, fileId: publicId('file', photo.id) };
  },
  removeAttachment: async (house) => {
    const { id: invoiceId } = await make(house, 'createDraft', { customerId: house.ids.customerId, lines: [aLine()] });
    const raw = { bytes: '%PDF-1.7\n%%EOF\n', type: 'application/pdf' };
    const file = await done(world().web, house.owner, 'addAttachment', { params: { invoiceId }, query: { name: 'drain.pdf' }, raw });
    return { invoiceId, fileId: file.id };
  },
};
const make = (house: House, id: OperationId, body: object) => done(world().web, house.owner, id, { params: house.ids, body });

/** The other operations with an address below what was deleted. */
const pointingAt = (by: OperationId, ids: Ids, own: string): OperationId[] =>
  table.filter(([id, op]) => id !== by && namesOf(op).includes(own) && namesOf(op).every((name) => ids[name] !== undefined)).map(([id]) => id);

/** What is wrong with the answer. What is wrong with the rest of a request may be told first; nothing is ever done. */
async function stillThere(house: House, id: OperationId, ids: Ids): Promise<string | null> {
  const op: Operation = apiOperations[id];
  const status = await statusOf(op.access === 'field' ? house.field : house.owner, op, ids, { ...house.ids, ...ids });
  const right = op.body === undefined && op.upload === undefined ? gone.includes(status) : status >= 400 && status < 500;
  return right ? null : `${id} answers ${status}`;
}

describe('A4 what was deleted', () => {
  it.each(removals.map(([id]) => id))('by %s is gone from every address of it and from its list, and deleting it once more does nothing', async (by) => {
    const { web, otter } = world();
    const make = victims[by];
    if (make === undefined) throw new Error(`${by} has no row here`);
    const [op, ids] = [apiOperations[by] as Operation, await make(otter)];
    const own = namesOf(op).at(-1) ?? '';
    expect((await ask(web, otter.owner, by, { params: ids, version: 1 })).status).toBe(op.status);
    const found: string[] = [];
    for (const id of pointingAt(by, ids, own)) {
      const answered = await stillThere(otter, id, ids);
      if (answered !== null) found.push(answered);
    }
    expect(found).toEqual([]);
    expect([204, ...gone]).toContain((await ask(web, otter.owner, by, { params: ids, version: 1 })).status);
    const list = table.find(([, other]) => other.method === 'get' && other.path === op.path.replace(/\/\{\w+\}$/, ''));
    if (list !== undefined) expect((await ask(web, otter.owner, list[0], { params: ids })).text).not.toContain(ids[own]);
  });

  it('or revoked opens nothing: a key is nobody, a link is told to have ended', async () => {
    const { web, mop } = world();
    const made = await done(web, mop.owner, 'makeApiKey', { body: { name: 'For a while', scopes: ['items:read'] } });
    expect((await ask(web, { key: made.key }, 'listItems')).status).toBe(200);
    await done(web, mop.owner, 'revokeApiKey', { params: { keyId: made.apiKey.id } });
    expect((await ask(web, { key: made.key }, 'listItems')).status).toBe(401);
    for (const id of ['rotateApiKey', 'renameApiKey'] as const)
      expect([id, await statusOf(mop.owner, apiOperations[id], { keyId: made.apiKey.id })]).toEqual([id, 404]);
    await done(web, mop.owner, 'revokeLink', { params: { linkId: mop.ids.linkId } });
    expect((await ask(web, mop.owner, 'copyLink', { params: { linkId: mop.ids.linkId } })).json.code).toBe('link_ended');
  });
});

describe('A4 a child under another parent', () => {
  const nested = table.filter(([id, op]) => namesOf(op).length > 1 && !removals.some(([other]) => other === id));

  /** Others of the same kind in the same business. */
  const siblingsOf = async (house: House, parent: string): Promise<Ids> => ({
    customerId: (await make(house, 'addCustomer', { kind: 'residential', name: 'Tess Marlowe' })).id,
    invoiceId: house.ids.draftId,
    estimateId: (await make(house, 'createEstimate', { customerId: house.ids.customerId, lines: [aLine()] })).id,
    ...(parent === 'visitId' ? { visitId: (await make(house, 'planVisit', { day: '2030-01-31' })).id } : {}),
    threadId: house.ids.threadId,
    ...(parent === 'webhookId' ? { webhookId: (await make(house, 'addWebhook', { url: 'https://hooks.example.com/other' })).webhook.id } : {}),
  });
  const taken = new Set<OperationId>(['removeAttachment', 'removeEstimateFile']);
  /** A file of an estimate goes by the same name as one of an invoice. */
  const filesOf = (id: OperationId, ids: House['ids']): Ids => {
    if (id.endsWith('VisitPhoto')) return { ...ids, fileId: ids.visitPhotoId };
    if (id === 'readThreadFile') return { ...ids, threadId: ids.chatId, fileId: ids.chatFileId };
    return id.endsWith('EstimateFile') ? { ...ids, fileId: ids.estimateFileId } : ids;
  };

  it.each([...nested, ...removals.filter(([, op]) => namesOf(op).length > 1)].map(([id]) => id))(
    '%s finds it under its own alone: not under a sibling, not under one of another business, and no foreign one under its own',
    async (id) => {
      const { web, mop, otter } = world();
      const op: Operation = apiOperations[id];
      const [parent = '', child = ''] = namesOf(op);
      const idsOf = ({ ids }: House): Ids => filesOf(id, ids);
      const siblings = await siblingsOf(mop, parent);
      const wrong: Ids[] = [
        { [parent]: siblings[parent] ?? '', [child]: idsOf(mop)[child] ?? '' },
        { [parent]: idsOf(otter)[parent] ?? '', [child]: idsOf(mop)[child] ?? '' },
        { [parent]: idsOf(mop)[parent] ?? '', [child]: idsOf(otter)[child] ?? '' },
      ];
      const body = op.body === undefined ? {} : { body: id === 'setRights' ? { ...rights } : { name: 'Gil' } };
      // Rights are how a person is given one more customer of the same business; a bill that was issued is told to be one, whatever the file.
      const tried = id === 'setRights' ? wrong.slice(1) : taken.has(id) ? wrong.slice(0, 2) : wrong;
      for (const params of tried) expect([params, (await ask(web, mop.owner, id, { params, version: 1, ...body })).status]).toEqual([params, 404]);
      const before = (await done(web, mop.owner, 'listPeople', { params: mop.ids })).items.length;
      expect(before).toBeGreaterThan(0);
      if (op.method === 'get') expect((await ask(web, mop.owner, id, { params: idsOf(mop) })).status).toBe(200);
    },
  );
  const rights = { propertyIds: null, canView: true, canAsk: true, canPay: true, canManage: false, approveLimitMinor: 0, bills: true };

  it('or another key finds nothing of what it does not own', async () => {
    const { mop, otter } = world();
    const reads = table.filter(
      ([id, op]) =>
        op.method === 'get' &&
        namesOf(op).length > 0 &&
        !['session', 'fresh', 'field', 'anyone'].includes(op.access) &&
        !['downloadReport', 'readTemplate'].includes(id),
    );
    expect(reads.length).toBeGreaterThan(20);
    const found: string[] = [];
    for (const [id, op] of reads) {
      const status = await statusOf(mop.key, op, otter.ids);
      if (status !== 404 && !(status === 422 && op.query !== undefined)) found.push(`${id} ${status}`);
    }
    expect(found).toEqual([]);
  });
});

describe('A4 what was refused leaves nothing to be read', () => {
  const kinds: Readonly<Record<string, [IdKind, string]>> = {
    addCustomer: ['customer', 'customerId'],
    addProperty: ['property', 'propertyId'],
    addPerson: ['person', 'personId'],
    addItem: ['item', 'itemId'],
    addTaxRate: ['taxRate', 'taxRateId'],
    createEstimate: ['estimate', 'estimateId'],
    createChangeOrder: ['estimate', 'estimateId'],
    createJob: ['job', 'jobId'],
    planVisit: ['visit', 'visitId'],
    createDraft: ['invoice', 'invoiceId'],
    requestDeposit: ['invoice', 'invoiceId'],
    fieldWrite: ['invoice', 'invoiceId'],
    recordPayment: ['payment', 'paymentId'],
    refundPayment: ['refund', 'refundId'],
    writeCreditNote: ['creditNote', 'creditNoteId'],
    startBatch: ['batch', 'batchId'],
  };
  const creates = table.filter(([, op]) => op.method === 'post' && op.body !== undefined && Object.hasOwn(op.body.shape, 'id')).map(([id]) => id);

  /** Bodies that are well made and asked of what is not theirs. */
  const foreign: Partial<Record<OperationId, (own: Ids, other: Ids) => { params?: Ids; body: Record<string, unknown> }>> = {
    addProperty: (_, other) => ({ params: other, body: { name: 'House' } }),
    addPerson: (own, other) => ({ params: own, body: { name: 'Gil', rights: { propertyIds: [other['propertyId']] } } }),
    createDraft: (own, other) => ({ body: { customerId: own['customerId'], lines: [aLine({ taxRateId: other['taxRateId'] })] } }),
    createEstimate: (own, other) => ({
      body: { customerId: own['customerId'], lines: [aLine({ id: publicId('line', newId()), taxRateId: other['taxRateId'] })] },
    }),
    createChangeOrder: (_, other) => ({ body: { estimateId: other['estimateId'] } }),
    createJob: (own, other) => ({ body: { customerId: own['customerId'], propertyId: other['propertyId'], title: 'Theirs' } }),
    planVisit: (own, other) => ({ params: own, body: { day: '2030-01-31', crewIds: [other['crewId']] } }),
    requestDeposit: (_, other) => ({ body: { customerId: other['customerId'], asked: { kind: 'amount', amountMinor: 5000 } } }),
    recordPayment: (own, other) => ({
      body: {
        customerId: own['customerId'],
        method: 'cash',
        amountMinor: 100,
        receivedOn: '2026-01-02',
        shares: [{ invoiceId: other['invoiceId'], amountMinor: 100 }],
      },
    }),
    refundPayment: (_, other) => ({ params: other, body: { amountMinor: 100, method: 'cash', reason: 'Not done' } }),
    writeCreditNote: (_, other) => ({ params: other, body: { choice: { kind: 'amount', amountMinor: 100 }, reason: 'Not done' } }),
    fieldWrite: (own, other) => ({ body: { customerId: other['customerId'], lines: [{ itemId: own['itemId'], quantityMilli: 1000 }] } }),
  };

  it.each(creates)('%s, asked for what it may not have, keeps neither the thing nor its id', async (id) => {
    const { web, otter, mop } = world();
    const [kind, name] = kinds[id] ?? [];
    if (kind === undefined || name === undefined) throw new Error(`${id} has no row here`);
    const op: Operation = apiOperations[id];
    const caller = op.access === 'field' ? otter.field : otter.owner;
    const own = publicId(kind, newId());
    const asked = foreign[id]?.(otter.ids, mop.ids);
    const tries = [{ params: otter.ids, body: { ...sampleOf(schemaOf(op.body), otter.ids), id: own, unheardOf: true } }];
    if (asked !== undefined) tries.push({ params: { ...otter.ids, ...asked.params }, body: { ...asked.body, id: own } as never });
    const before = (await done(web, otter.owner, 'listEvents')).items[0]?.seq;
    for (const each of tries) {
      const answer = await ask(web, caller, id, each);
      expect(answer.status, answer.text).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    }
    const reads = table.filter(([, other]) => other.method === 'get' && namesOf(other).includes(name) && other.access !== 'field');
    const found: string[] = [];
    for (const [other, read] of reads) {
      const status = await statusOf(otter.owner, read, { ...otter.ids, [name]: own });
      if (!gone.includes(status)) found.push(`${other} answers ${status}`);
    }
    expect(found).toEqual([]);
    expect((await done(web, otter.owner, 'listEvents')).items[0]?.seq).toBe(before);
  });
});

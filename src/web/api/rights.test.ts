import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type Caller, requestOf } from '../../../test/api-client.ts';
import { type House, testWorld } from '../../../test/world.ts';
import type { Operation } from './schemas/operation.ts';
import { apiOperations, type OperationId } from './schemas/operations.ts';

const world = testWorld();
const all = Object.entries(apiOperations) as [OperationId, Operation][];
const none = '0'.repeat(26);

/** Ids nobody has: of the right kind, so that only their being somebody's could tell. */
function nobodys(house: House): Record<string, string> {
  const ids = Object.entries(house.ids).map(([name, id]) => [
    name,
    name === 'announcementId' ? '00000000-0000-7000-8000-000000000000' : id.replace(/^([a-z]+)_.*/, `$1_${none}`),
  ]);
  return Object.fromEntries(ids);
}

/** A body that would be taken, with ids from `ids`: a route that is not here and needs one fails. */
const bodies: Partial<Record<OperationId, (ids: Record<string, string>, own: Record<string, string>) => unknown>> = {
  switchBusiness: () => ({ businessId: `biz_${none}` }),
  confirmFreshCode: () => ({ code: '000000' }),
  changeSettings: () => ({ welcome: { dismissed: true } }),
  addItem: () => ({ name: 'Hose', unitPriceMilli: 1000 }),
  changeItem: () => ({ name: 'Hose' }),
  addTaxRate: () => ({ name: 'Tax', components: [{ name: 'State', ratePpm: 1 }] }),
  changeChargeRules: () => ({ sendFees: true }),
  changeAutopayRules: () => ({ noticeDays: 5 }),
  stopAutopay: () => ({ reason: 'Asked on the phone' }),
  changeCustomerCharges: () => ({ lateFee: 'off' }),
  planInstallments: () => ({
    installments: [
      { dueOn: '2030-01-31', amountMinor: null },
      { dueOn: '2030-02-28', amountMinor: null },
    ],
  }),
  releaseRetainage: () => ({ dueOn: '2030-01-31' }),
  requestDeposit: ({ customerId }) => ({ customerId, asked: { kind: 'amount', amountMinor: 5000 } }),
  applyDeposit: ({ invoiceId }) => ({ toInvoiceId: invoiceId }),
  refundDeposit: () => ({ amountMinor: 100, method: 'check', refundedOn: '2026-01-02' }),
  changeTaxRate: () => ({ name: 'Tax' }),
  addCustomer: () => ({ kind: 'residential', name: 'Gil' }),
  changeCustomer: () => ({ name: 'Gil' }),
  eraseCustomer: () => ({ name: 'Gil' }),
  startClosing: () => ({ name: 'Gil' }),
  addProperty: () => ({ name: 'House' }),
  changeProperty: () => ({ name: 'House' }),
  moveProperty: (ids) => ({ customerId: ids.customerId, version: 1 }),
  addPerson: () => ({ name: 'Gil' }),
  changePerson: () => ({ name: 'Gil' }),
  nameStandIn: ({ personId }) => ({ personId, standInId: personId, fromOn: '2030-01-01', untilOn: '2030-01-08' }),
  setRights: () => ({ propertyIds: null, canView: true, canAsk: true, canPay: true, canManage: false, approveLimitMinor: 0, bills: true }),
  issueMany: ({ draftId }) => ({ ids: [draftId] }),
  sendMany: ({ draftId }) => ({ ids: [draftId] }),
  markPaid: ({ invoiceId }) => ({ ids: [invoiceId], method: 'cash', receivedOn: '2026-01-02' }),
  createDraft: ({ customerId }) => ({ customerId }),
  previewTotals: ({ customerId }) => ({ customerId, pricesIncludeTax: false, discount: null, lines: [] }),
  saveDraft: () => ({ poNumber: '7' }),
  issueInvoice: () => ({}),
  voidInvoice: () => ({ reason: 'Wrong hours' }),
  replaceInvoice: () => ({ reason: 'Wrong hours' }),
  sendInvoice: ({ personId }) => ({ personIds: [personId] }),
  sendTest: () => ({}),
  makeLink: () => ({}),
  createEstimate: ({ customerId }) => ({ customerId }),
  billContract: () => ({ bill: { kind: 'rest' } }),
  createChangeOrder: ({ estimateId }) => ({ estimateId }),
  previewEstimate: ({ customerId }) => ({ customerId, pricesIncludeTax: false, discount: null, lines: [] }),
  saveEstimate: () => ({ poNumber: '7' }),
  issueEstimate: () => ({}),
  withdrawEstimate: () => ({ reason: 'Wrong house' }),
  copyEstimate: ({ propertyId }) => ({ propertyIds: [propertyId] }),
  extendEstimate: () => ({ validUntil: '2030-01-31' }),
  chooseOfEstimate: () => ({}),
  changeEstimateRules: () => ({ validDays: 14 }),
  makeEstimateLink: () => ({}),
  sendEstimate: ({ personId }) => ({ personIds: [personId] }),
  approveEstimate: ({ personId }) => ({ personId, typedName: 'Rosa Quill', totalMinor: 9300 }),
  declineEstimate: ({ personId }) => ({ personId, reason: 'Too much' }),
  requestEstimateChanges: ({ personId }) => ({ personId, reason: 'Smaller' }),
  undoEstimateApproval: ({ personId }) => ({ personId }),
  createJob: ({ customerId }) => ({ customerId, title: 'New faucet' }),
  changeJob: () => ({ poNumber: '7' }),
  cancelJob: () => ({ reason: 'Rain' }),
  invoiceJob: () => ({}),
  planVisit: () => ({ day: '2030-01-31' }),
  changeVisit: () => ({ day: '2030-01-31' }),
  finishVisit: () => ({ note: 'Done' }),
  skipVisit: () => ({ reason: 'Rain' }),
  cancelVisit: () => ({ reason: 'Rain' }),
  changeVisitRules: () => ({ crewNamed: false }),
  recordPayment: ({ customerId, invoiceId }) => ({
    ...{ customerId, method: 'cash', amountMinor: 100, receivedOn: '2026-01-02' },
    shares: [{ invoiceId, amountMinor: 100 }],
  }),
  spreadPayment: ({ customerId }) => ({ customerId, amountMinor: 100 }),
  refundPayment: () => ({ amountMinor: 1, method: 'cash', reason: 'Too much' }),
  changeRefundRules: () => ({ limitMinor: 50000 }),
  previewCreditNote: () => ({ choice: { kind: 'rest' } }),
  writeCreditNote: () => ({ choice: { kind: 'amount', amountMinor: 10 }, reason: 'Too much' }),
  movePayment: ({ invoiceId }) => ({ shares: [{ invoiceId, amountMinor: 50 }] }),
  closeInvoice: () => ({ reason: 'Moved away' }),
  reversePayment: () => ({ reason: 'Check came back' }),
  answerThread: () => ({ body: 'Yes.' }),
  answerQuestionedCharge: () => ({ kind: 'explanation', text: 'It was done.' }),
  startExport: ({ customerId }) => ({ kind: 'subject', customerId }),
  saveJournalSettings: () => ({ accounts: [], xeroTaxRate: 'Tax Exempt' }),
  changeReminderRules: () => ({ sendHour: 10 }),
  remindHistory: () => ({ lateToo: false }),
  chooseInvoiceReminders: () => ({ off: true, pausedUntil: null }),
  chooseCustomerReminders: () => ({ on: false }),
  setPersonStop: () => ({ reminders: false }),
  scheduleInvoice: ({ personId }) => ({ sendOn: '2099-01-04', sendHour: 9, personIds: [personId] }),
  renameApiKey: () => ({ name: 'k' }),
  changeAppearance: () => ({ theme: 'dark' }),
  changeOwnCard: () => ({ name: 'Ida' }),
  startNewAddress: () => ({ email: 'ida.new@example.com' }),
  confirmNewAddress: () => ({ code: '000000' }),
  addPasskey: () => ({ name: 'Phone', response: { id: 'x', type: 'public-key' } }),
  renamePasskey: () => ({ name: 'Phone' }),
  confirmApp: () => ({ code: '000000' }),
  confirmByPasskey: () => ({ response: { id: 'x', type: 'public-key' } }),
  confirmByApp: () => ({ code: '000000' }),
  inviteStaff: () => ({ name: 'Max', email: 'max@example.com', role: 'office' }),
  changeColleague: () => ({ name: 'Theo' }),
  changeTeamRules: () => ({ crewPrices: true }),
  addAssignment: ({ crewId, customerId }) => ({ staffId: crewId, customerId }),
  changePayDetails: () => ({ howToPay: 'By check.' }),
  changeProcessor: () => ({ card: true }),
  connectProcessor: () => ({ key: 'rk_test_nobody_at_all' }),
  setSigningSecret: () => ({ secret: 'whsec_nobody_at_all_0000' }),
  fieldFinishVisit: () => ({ note: 'Done' }),
  fieldWrite: ({ customerId, itemId }) => ({ customerId, lines: [{ itemId, quantityMilli: 1000 }] }),
  startBatch: ({ invoiceId }) => ({ kind: 'papers', chosen: { ids: [invoiceId] } }),
  saveFilter: () => ({ list: 'invoices', name: 'Unpaid', filter: { tab: 'unpaid' } }),
  changeFilter: () => ({ name: 'Late' }),
  orderFilters: ({ filterId }) => ({ list: 'invoices', ids: [filterId] }),
  startThread: ({ customerId, personId }) => ({ customerId, personId, subject: 'Key', body: 'Who has it?' }),
  acceptDetailChange: () => ({}),
  refuseDetailChange: () => ({ words: 'Not yours' }),
  changeDetailRules: () => ({ review: true }),
  assignThread: ({ staffId }) => ({ staffId }),
  addSnippet: () => ({ title: 'Hours', body: 'From 8 to 6.' }),
  changeSnippet: () => ({ title: 'Hours', body: 'From 8 to 6.' }),
  setSendingDomain: () => ({ address: 'billing@otter.example.com' }),
  changeImport: () => ({ kind: 'customers' }),
  editImport: () => ({ edits: [{ row: 2, position: 0, value: 'Gil' }] }),
  addOpening: () => ({ asOf: '2026-01-02', owedMinor: 100 }),
  addWebhook: () => ({ url: 'https://hooks.example.com/in' }),
  changeWebhook: () => ({ description: 'Books' }),
  replayWebhook: () => ({ since: '2026-01-02T00:00:00Z' }),
  makeApiKey: () => ({ name: 'k', scopes: ['items:read'] }),
};
const queries: Partial<Record<OperationId, (ids: Record<string, string>) => Record<string, string>>> = {
  search: () => ({ q: 'rosa' }),
  previewLook: () => ({ brandColor: '#aa3300' }),
  downloadMany: ({ invoiceId = '' }) => ({ ids: invoiceId }),
  printMany: ({ invoiceId = '' }) => ({ ids: invoiceId }),
  printEnvelopes: ({ invoiceId = '' }) => ({ ids: invoiceId }),
  previewReminder: ({ invoiceId = '' }) => ({ invoiceIds: invoiceId }),
  previewReminderBody: ({ invoiceId = '' }) => ({ invoiceIds: invoiceId }),
  previewReminderWording: () => ({ offsetDays: '7', tone: 'plain', language: 'en' }),
  addAttachment: () => ({ name: 'a.pdf' }),
  addEstimateFile: () => ({ name: 'a.pdf' }),
  addVisitPhoto: () => ({ name: 'a.jpg' }),
  addThreadFile: () => ({ name: 'a.pdf' }),
  addToShelf: ({ customerId = '' }) => ({ name: 'a.pdf', title: 'A', kind: 'other', customerId }),
  compareEstimates: ({ estimateId = '' }) => ({ from: estimateId }),
  fieldPhoto: () => ({ name: 'a.jpg' }),
  fieldVisitPhoto: () => ({ name: 'a.jpg' }),
  startImport: () => ({ kind: 'customers', fileName: 'a.csv', mode: 'check' }),
};

const takesIds = (id: OperationId, op: Operation): boolean =>
  (op.params !== undefined && !['downloadReport', 'readTemplate'].includes(id)) ||
  [
    'downloadMany',
    'printMany',
    'printEnvelopes',
    'previewReminder',
    'previewReminderBody',
    'addAssignment',
    'fieldWrite',
    'createDraft',
    'createEstimate',
    'createChangeOrder',
    'createJob',
    'requestDeposit',
    'spreadPayment',
    'recordPayment',
    'startThread',
    'addToShelf',
    'startExport',
  ].includes(id);

async function knock(caller: Caller, id: OperationId, ids: Record<string, string>): Promise<{ status: number; body: string }> {
  const op: Operation = apiOperations[id];
  const body = bodies[id]?.(ids, ids);
  if (op.body !== undefined && body === undefined) throw new Error(`${id} has no row in the rights matrix`);
  const raw = op.upload === undefined ? undefined : { bytes: '%PDF-1.7\n', type: op.upload.types.at(-1) ?? '' };
  const asked = {
    params: id.endsWith('Deposit') ? { ...ids, invoiceId: ids['depositId'] ?? '' } : ids,
    query: queries[id]?.(ids) ?? {},
    version: 1,
    ...(body === undefined ? {} : { body }),
    ...(raw === undefined ? {} : { raw }),
  };
  const response = await world().web.app.request(requestOf(op, { ...caller, cookies: { ...caller.cookies } }, asked));
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel();
    return { status: response.status, body: '' };
  }
  const text = await response.text();
  return { status: response.status, body: text.replace(/"requestId":"[^"]*"/, '') };
}

/** How much there is of everything, in both businesses: what a refused act must not change. */
async function rows(house: House): Promise<string> {
  const tables = [
    'customers',
    'properties',
    'people',
    'grants',
    'items',
    'tax_rates',
    'documents',
    'drafts',
    'invoices',
    'estimates',
    'estimate_standings',
    'contracts',
    'approvals',
    'jobs',
    'visits',
    'job_lines',
    'payments',
    'refunds',
    'ledger',
    'links',
    'mails',
    'messages',
    'imports',
    'import_edits',
    'import_mappings',
    'import_problems',
    'imported_things',
    'events',
  ];
  return house.business.office(async ({ tx, business }) => {
    const counts = [];
    for (const table of tables) {
      const found = await sql<{ n: string }>`select count(*)::text || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as n
        from ${sql.table(table)} t where t.business_id = ${business}`.execute(tx);
      counts.push(`${table} ${found.rows[0]?.n}`);
    }
    return counts.join('\n');
  });
}

const guarded = all.filter(([, op]) => op.access !== 'anyone');
/** The crew's own door: whoever comes as somebody else is turned away, the owner too. */
const crewOnly = new Set<OperationId>(all.filter(([, op]) => op.access === 'field').map(([id]) => id));

describe('T4 the rights matrix, made from the table of operations', () => {
  it.each(guarded.map(([id]) => id))('%s answers nobody, and a portal session, 401', async (id) => {
    const { otter } = world();
    for (const caller of [{}, otter.portal, { key: `sip_${none}_${'a'.repeat(43)}` }]) expect((await knock(caller, id, otter.ids)).status).toBe(401);
  });

  it.each(guarded.map(([id]) => id))('%s refuses a key without its scope', async (id) => {
    const { otter } = world();
    const op: Operation = apiOperations[id];
    if (op.access === 'imports:read' && id !== 'listOpenings') return expect((await knock(otter.keyWithout, id, otter.ids)).status).not.toBe(403);
    expect((await knock(otter.keyWithout, id, otter.ids)).status).toBe(403);
  });

  const withIds = guarded.filter(([id, op]) => takesIds(id, op)).map(([id]) => id);
  it.each(withIds)('%s answers a foreign id as one that does not exist, and changes nothing (T5, T10)', async (id) => {
    const { otter, mop } = world();
    const before = [await rows(otter), await rows(mop)];
    const caller = crewOnly.has(id) ? otter.field : otter.owner;
    const foreign = await knock(caller, id, mop.ids);
    const missing = await knock(caller, id, nobodys(mop));
    expect(foreign.status).toBeGreaterThanOrEqual(400);
    expect(foreign.status).toBeLessThan(500);
    expect(foreign).toEqual(missing);
    expect([await rows(otter), await rows(mop)]).toEqual(before);
  });

  it('a session of one business asking in the name of another is told that there is nothing', async () => {
    const { otter, mop } = world();
    const business = `biz_${(mop.key.key ?? '').slice(4, 30)}`;
    const foreign = await knock({ ...otter.owner, business }, 'readSettings', otter.ids);
    const missing = await knock({ ...otter.owner, business: `biz_${none}` }, 'readSettings', otter.ids);
    expect(foreign).toEqual(missing);
    expect([401, 404]).toContain(foreign.status);
  });

  /** Themselves, and what the owner decided for everybody. */
  const ownOnes = ['changeAppearance', 'readTeamRules', 'listRights'];
  const fieldMay = ['readSession', 'signOut', 'switchBusiness', 'sendFreshCode', 'confirmFreshCode', 'listStaff', 'sendTest', ...ownOnes];
  const forField = guarded.filter(
    ([id, op]) =>
      !fieldMay.includes(id) &&
      op.tag !== 'You' &&
      op.access !== 'field' &&
      !['customers:read', 'items:read', 'invoices:read', 'invoices:write'].includes(op.access),
  );
  it.each(forField.map(([id]) => id))('%s is not for the crew', async (id) => {
    const { otter } = world();
    expect((await knock(otter.field, id, otter.ids)).status).toBe(403);
  });

  // Signing out last: every act is asked for in the one session of the owner.
  const inOrder = guarded
    .map(([id]) => id)
    .filter((id) => !crewOnly.has(id))
    .sort((a, b) => Number(a === 'signOut') - Number(b === 'signOut'));
  it.each(inOrder)('%s lets the owner at what is theirs', async (id) => {
    const { mop } = world();
    const { status } = await knock(mop.owner, id, mop.ids);
    // A proof that proves nothing is refused by everybody.
    const proofs = ['confirmFreshCode', 'confirmApp', 'confirmByApp', 'confirmByPasskey', 'confirmNewAddress', 'addPasskey'];
    expect([401, 403].includes(status) && !proofs.includes(id)).toBe(false);
    expect(status).toBeLessThan(500);
  });

  it('a bulk act names what is not there in its results and does the rest', async () => {
    const { otter, mop } = world();
    const foreign = await knock(otter.owner, 'issueMany', mop.ids);
    const missing = await knock(otter.owner, 'issueMany', nobodys(mop));
    const codes = (text: string): unknown => JSON.parse(text).results.map(({ ok, code }: { ok: boolean; code: string }) => [ok, code]);
    expect(codes(foreign.body)).toEqual(codes(missing.body));
    expect(codes(foreign.body)).toEqual([[false, 'not_found']]);
  });
});

describe('a staff member who is a customer too', () => {
  it("a staff member's portal code opens no office page or API", async () => {
    const { web, otter } = world();
    const token = otter.portal.cookies?.['portal'] ?? '';
    for (const cookies of [{ portal: token }, { office: token }, { portal: token, office: token }]) {
      expect((await knock({ cookies }, 'readSession', otter.ids)).status).toBe(401);
      expect((await knock({ cookies }, 'listCustomers', otter.ids)).status).toBe(401);
    }
    const page = await web.app.request('/office/', { headers: { cookie: `portal=${token}` } });
    expect(await page.text()).not.toContain('Rosa');
  });
});

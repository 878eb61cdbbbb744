import { describe, expect, it } from 'vitest';
import { ask, done, type Json } from '../../../test/api-client.ts';
import { aLine, testWorld } from '../../../test/world.ts';
import { addDays } from '../../core/calendar.ts';

const world = testWorld();
const owner = () => world().otter.owner;
const act = (id: Parameters<typeof done>[2], params: Record<string, string>, body?: Json, version?: number): Promise<Json> =>
  done(world().web, owner(), id, { params, ...(body === undefined ? {} : { body }), ...(version === undefined ? {} : { version }) });
const refused = async (id: Parameters<typeof ask>[2], params: Record<string, string>, body: Json = undefined, version = 1): Promise<[number, string]> => {
  const { status, json } = await ask(world().web, owner(), id, { params, version, ...(body === undefined ? {} : { body }) });
  return [status, json.code];
};
const begin = (more: Json = {}): Promise<Json> =>
  act('createJob', {}, { customerId: world().otter.ids.customerId, title: 'Bathroom', lines: [aLine({ quantityMilli: 1000 })], ...more });
const plan = async (job: Json, more: Json = {}): Promise<Json> => act('planVisit', { jobId: job.id }, { day: job.today, ...more });
const read = (job: Json): Promise<Json> => done(world().web, owner(), 'readJob', { params: { jobId: job.id } });
const kindsOf = async (job: Json): Promise<string[]> =>
  (await done(world().web, owner(), 'jobTimeline', { params: { jobId: job.id } })).items.map(({ kind }: Json) => kind);

describe('a job', () => {
  it('has a number of its own series and a work list priced as an invoice would be', async () => {
    const { propertyId } = world().otter.ids;
    const first = await begin({ propertyId, crewNotes: 'Bring the long ladder', poNumber: 'PO-7' });
    const second = await begin();
    expect(second.number).toBe(first.number + 1);
    expect(first).toMatchObject({ state: 'planned', place: 'Larkspur House · LK-01', totalMinor: 9300, crewNotes: 'Bring the long ladder', poNumber: 'PO-7' });
    expect(first.acts).toEqual(['change', 'plan_visit', 'invoice', 'close', 'cancel']);
    expect(first.lines).toMatchObject([{ name: 'Drain cleaning', netMinor: 9300, visitId: null, invoiceId: null }]);
    expect(await refused('createJob', {}, { customerId: world().otter.ids.customerId, title: ' ' })).toEqual([422, 'invalid_input']);
    expect(await refused('createJob', {}, { customerId: world().mop.ids.customerId, title: 'Theirs' })).toEqual([404, 'not_found']);
  });

  it('is changed over its version, and what it says goes on to the visits ahead that said the same', async () => {
    const job = await begin({ customerNotes: 'Please clear the sink.' });
    const [same, other] = [await plan(job), await plan(job, { title: 'Look at it first' })];
    const now = await read(job);
    const changed = await act('changeJob', { jobId: job.id }, { title: 'Bathroom sink', lines: [aLine(), aLine({ visitId: same.id })] }, now.version);
    expect(changed).toMatchObject({ title: 'Bathroom sink', totalMinor: 37_200, lines: [{ visitId: null }, { visitId: same.id }] });
    expect(changed.visits.map(({ title }: Json) => title).sort()).toEqual(['Bathroom sink', 'Look at it first']);
    expect(other.customerNote).toBe('Please clear the sink.');
    expect(await refused('changeJob', { jobId: job.id }, { title: 'Late' }, now.version)).toEqual([412, 'stale_version']);
    const foreign = { lines: [aLine({ visitId: world().otter.ids.visitId })] };
    expect(await refused('changeJob', { jobId: job.id }, foreign, changed.version)).toEqual([404, 'not_found']);
  });

  it('goes under way with its first visit, is done with its last, and is taken up again by one more', async () => {
    const job = await begin();
    const [one, two] = [await plan(job), await plan(job, { day: addDays(job.today, 1) })];
    await act('setOffForVisit', { visitId: one.id });
    expect((await read(job)).state).toBe('under_way');
    await act('finishVisit', { visitId: one.id }, { note: 'Old tap taken out' });
    await act('skipVisit', { visitId: two.id }, { reason: 'Not needed' });
    expect(await read(job)).toMatchObject({
      state: 'done',
      visits: [
        { state: 'done', doneNote: 'Old tap taken out' },
        { state: 'skipped', reason: 'Not needed' },
      ],
    });
    await plan(job, { day: addDays(job.today, 2) });
    expect((await read(job)).state).toBe('under_way');
    expect(await kindsOf(job)).toEqual([
      ...['job.reopened', 'visit.planned', 'job.closed', 'visit.skipped', 'visit.done', 'visit.on_the_way', 'visit.planned', 'visit.planned', 'job.created'],
    ]);
  });

  it('that is called off calls its visits off, and is not while an invoice bills it', async () => {
    const job = await begin();
    await plan(job);
    const canceled = await act('cancelJob', { jobId: job.id }, { reason: 'Sold the house' });
    expect(canceled).toMatchObject({
      state: 'canceled',
      reason: 'Sold the house',
      acts: ['reopen'],
      visits: [{ state: 'canceled', reason: 'Sold the house' }],
    });
    expect(await refused('planVisit', { jobId: job.id }, { day: job.today })).toEqual([409, 'job_canceled']);
    expect((await act('reopenJob', { jobId: job.id })).state).toBe('planned');
    await act('invoiceJob', { jobId: job.id }, {});
    expect(await refused('cancelJob', { jobId: job.id }, {})).toEqual([409, 'job_invoiced']);
  });

  it('C10 is made of an approved estimate once, with what was chosen as its work list, and ends the time in which the approval is taken back', async () => {
    const { web, otter } = world();
    const lines = [aLine({ name: 'Tiles' }), aLine({ name: 'Sealing', choice: { kind: 'optional', chosen: false } })];
    const draft = await act('createEstimate', {}, { customerId: otter.ids.customerId, lines });
    const at = { estimateId: draft.id };
    await act('issueEstimate', at, { show: true }, draft.version);
    expect(await refused('makeJobOfEstimate', at)).toEqual([409, 'estimate_not_approved']);
    await act('approveEstimate', at, { personId: otter.ids.personId, typedName: 'Rosa Quill', totalMinor: 18_600 });
    expect((await done(web, otter.owner, 'readEstimate', { params: at })).acts).toContain('job');
    const twenty = await Promise.all(Array.from({ length: 5 }, () => ask(web, otter.owner, 'makeJobOfEstimate', { params: at })));
    expect(twenty.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    const { job } = await done(web, otter.owner, 'readEstimate', { params: at });
    const made = await read(job);
    expect(made).toMatchObject({ title: 'Tiles', totalMinor: 18_600, estimate: { id: draft.id }, lines: [{ name: 'Tiles', netMinor: 18_600 }] });
    const visit = await plan({ ...made });
    await act('finishVisit', { visitId: visit.id }, {});
    const invoice = await act('invoiceJob', { jobId: job.id }, {});
    expect(invoice.draft.lines).toMatchObject([{ name: 'Tiles', serviceOn: made.today }]);
    expect((await done(web, otter.owner, 'readEstimate', { params: at })).invoice.id).toBe(invoice.id);
    expect(await refused('invoiceJob', { jobId: job.id }, {})).toEqual([409, 'nothing_to_invoice']);
    await act('discardDraft', { invoiceId: invoice.id });
    expect(await read(job)).toMatchObject({ invoices: [], lines: [{ invoiceId: null, visitId: visit.id }], visits: [{ invoice: null }] });
  });
});

describe('what was done', () => {
  it('is billed visit by visit, each line with the day of its visit, and follows an invoice that takes the place of another', async () => {
    const { web } = world();
    const job = await begin({ lines: [] });
    const [one, two] = [await plan(job), await plan(job, { day: addDays(job.today, 3) })];
    const { version } = await read(job);
    await act('changeJob', { jobId: job.id }, { lines: [aLine({ name: 'First', visitId: one.id }), aLine({ name: 'Second', visitId: two.id })] }, version);
    const first = await act('invoiceJob', { jobId: job.id }, { visitIds: [one.id] });
    expect(first.draft.lines).toMatchObject([{ name: 'First', serviceOn: job.today }]);
    const issued = await act('issueInvoice', { invoiceId: first.id }, {}, first.version);
    expect((await read(job)).visits[0].invoice).toMatchObject({ id: first.id, number: issued.number });
    const replacing = await act('replaceInvoice', { invoiceId: first.id }, { reason: 'Wrong hours' });
    const next = await act('issueInvoice', { invoiceId: replacing.id }, {}, replacing.version);
    expect(await read(job)).toMatchObject({ invoices: [{ number: next.number }], visits: [{ invoice: { id: next.id } }, { invoice: null }] });
    const rest = await act('invoiceJob', { jobId: job.id }, {});
    expect(rest.draft.lines).toMatchObject([{ name: 'Second', serviceOn: addDays(job.today, 3) }]);
    await act('voidInvoice', { invoiceId: next.id }, { reason: 'Not done' });
    const after = await done(web, owner(), 'readJob', { params: { jobId: job.id } });
    expect(after.lines.map(({ invoiceId }: Json) => invoiceId)).toEqual([null, rest.id]);
    expect(after.acts).toContain('invoice');
  });

  it('without a work list is one line that waits for its price', async () => {
    const job = await begin({ lines: [], title: 'Look at the boiler' });
    const visit = await plan(job);
    await act('finishVisit', { visitId: visit.id }, {});
    const invoice = await act('invoiceJob', { jobId: job.id }, {});
    expect(invoice.draft.lines).toMatchObject([{ name: 'Look at the boiler', unitPriceMilli: 0, serviceOn: job.today }]);
  });
});

describe('a visit', () => {
  it('has an arrival window or any time, is moved and given to others over its version, and counts each change of when', async () => {
    const { otter } = world();
    const job = await begin();
    const visit = await plan(job, { from: '08:00', until: '10:00', crewIds: [otter.ids.crewId] });
    expect(visit).toMatchObject({
      state: 'planned',
      shown: true,
      title: 'Bathroom',
      crew: [{ id: otter.ids.crewId, name: 'field hand' }],
      acts: expect.any(Array),
    });
    const at = { visitId: visit.id };
    const moved = await act('changeVisit', at, { day: addDays(job.today, 1), from: null, until: null, crewIds: [] }, visit.version);
    expect(moved).toMatchObject({ day: addDays(job.today, 1), from: null, crew: [], version: visit.version + 1 });
    expect(await refused('changeVisit', at, { day: job.today }, visit.version)).toEqual([412, 'stale_version']);
    expect(await refused('changeVisit', at, { from: '10:00', until: '08:00' }, moved.version)).toEqual([422, 'visit_window']);
    expect(await refused('changeVisit', at, { crewIds: [world().mop.ids.crewId] }, moved.version)).toEqual([422, 'crew_unknown']);
    expect((await kindsOf(job)).slice(0, 2)).toEqual(['visit.assigned', 'visit.moved']);
  });

  it('C10 started twice at once is started once, and what is over is led nowhere but back', async () => {
    const { web } = world();
    const job = await begin();
    const { id: visitId } = await plan(job);
    await Promise.all(Array.from({ length: 4 }, () => ask(web, owner(), 'startVisit', { params: { visitId } })));
    expect((await kindsOf(job)).filter((kind) => kind === 'visit.started')).toHaveLength(1);
    await act('cancelVisit', { visitId }, { reason: 'Rain' });
    expect(await refused('startVisit', { visitId })).toEqual([409, 'visit_ended']);
    expect((await act('reopenVisit', { visitId })).state).toBe('planned');
  });

  it('A5 stands in its place in the list by day, those of any time first, without a gap or a repeat', async () => {
    const { web, otter } = world();
    const job = await begin();
    for (const more of [{ from: '13:00', until: '14:00' }, {}, { day: addDays(job.today, 1) }, { from: '09:00', until: '11:00' }]) await plan(job, more);
    const all = await done(web, otter.owner, 'listVisits', { query: { jobId: job.id } });
    expect(all.items.map(({ day, from }: Json) => [day === job.today, from])).toEqual([
      [true, null],
      [true, '09:00'],
      [true, '13:00'],
      [false, null],
    ]);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: Record<string, string | number> = { jobId: job.id, limit: 1, order: 'newest', ...(cursor === '' ? {} : { cursor }) };
      const page: Json = await done(web, otter.owner, 'listVisits', { query });
      seen.push(...page.items.map(({ id }: Json) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all.items.map(({ id }: Json) => id).reverse());
    const nobody = await done(web, otter.owner, 'listVisits', { query: { from: job.today, to: job.today, unassigned: true } });
    expect(nobody.items.every(({ crew }: Json) => crew.length === 0)).toBe(true);
  });

  it('is hidden from the customer where the business says so, from the next one that is planned', async () => {
    const { web, mop } = world();
    await done(web, mop.owner, 'changeVisitRules', { body: { shown: false } });
    const { id: jobId, today } = await done(web, mop.owner, 'createJob', { body: { customerId: mop.ids.customerId, title: 'Windows' } });
    const visit = await done(web, mop.owner, 'planVisit', { params: { jobId }, body: { day: today } });
    expect(visit.shown).toBe(false);
    expect((await done(web, mop.owner, 'readVisit', { params: { visitId: mop.ids.visitId } })).shown).toBe(true);
    await done(web, mop.owner, 'changeVisitRules', { body: { shown: true } });
  });

  it('and its job are found by title and by number', async () => {
    const { web, otter } = world();
    const job = await begin({ title: 'Chandelier in the hall' });
    expect((await done(web, otter.owner, 'search', { query: { q: 'chandel' } })).items).toMatchObject([
      { kind: 'job', id: job.id, title: 'Chandelier in the hall' },
    ]);
    expect((await done(web, otter.owner, 'listJobs', { query: { q: 'chandelier', tab: 'open' } })).items).toMatchObject([
      { id: job.id, toInvoice: true, visits: 0 },
    ]);
  });
});

describe('the crew', () => {
  it('T8 sees and works on the visits it makes, from its next request on, and on no other', async () => {
    const { web, mop } = world();
    const customer = await done(web, mop.owner, 'addCustomer', { body: { kind: 'residential', name: 'Gil Marlowe' } });
    const job = await done(web, mop.owner, 'createJob', { body: { customerId: customer.id, title: 'Windows', crewNotes: 'Long ladder', lines: [aLine()] } });
    const at = { params: { jobId: job.id } };
    const own = await done(web, mop.owner, 'planVisit', { ...at, body: { day: job.today, crewIds: [mop.ids.crewId] } });
    const others = await done(web, mop.owner, 'planVisit', { ...at, body: { day: job.today } });
    const mine = async (): Promise<string[]> => (await done(web, mop.field, 'fieldToday')).visits.map(({ id }: Json) => id);
    expect(await mine()).toContain(own.id);
    expect(await mine()).not.toContain(others.id);
    expect((await ask(web, mop.field, 'fieldStartVisit', { params: { visitId: others.id } })).status).toBe(404);
    await done(web, mop.field, 'fieldStartVisit', { params: { visitId: own.id } });
    const finished = await done(web, mop.field, 'fieldFinishVisit', { params: { visitId: own.id }, body: { note: 'All clean' } });
    expect(finished).toMatchObject({ state: 'done', doneNote: 'All clean', crewNotes: 'Long ladder' });
    expect(JSON.stringify(finished)).not.toContain('Minor');
    await done(web, mop.owner, 'reopenVisit', { params: { visitId: own.id } });
    const { version } = await done(web, mop.owner, 'readVisit', { params: { visitId: own.id } });
    await done(web, mop.owner, 'changeVisit', { params: { visitId: own.id }, version, body: { crewIds: [] } });
    expect(await mine()).not.toContain(own.id);
    expect((await ask(web, mop.field, 'fieldStartVisit', { params: { visitId: own.id } })).status).toBe(404);
  });
});

import { headSeq } from '../events/events.ts';
import { createApiKey } from '../people/api-keys.ts';
import { askConfirmation, confirmByCode, preparePassword } from '../people/confirm.ts';
import { signOut } from '../people/entry/sessions.ts';
import { keyRights } from '../people/rights.ts';
import { businesses, type DemoBusiness, type DemoCustomer, larkspur, marlowes, neighbors, owner, rosa } from './cast.ts';
import { sendCrewOut } from './crew.ts';
import { Days } from './days.ts';
import { type DemoHouse, foundHouse } from './founding.ts';
import { weeks, workStretch } from './history.ts';
import { townspeople } from './neighbors.ts';
import { planHistory } from './plan.ts';
import type { Scene, Shown } from './scenes.ts';
import { bootScenes, bootShown, ladderScenes, ladderShown, mopScenes, mopShown } from './scenes-others.ts';
import { otterScenes, otterShown } from './scenes-otter.ts';
import { Stage } from './stage.ts';
import type { DemoGuide, DemoTools, GuideEntry } from './tools.ts';
import { mopVisits, otterVisits } from './visits.ts';

export type { DemoGuide, DemoTools, GuideEntry } from './tools.ts';

/** How long ago the history begins, and from when on it is told day by day. */
const beginsAgo = 745;
const dailyAgo = 42;

type Play = Readonly<{ customers: readonly DemoCustomer[]; scenes: readonly Scene[]; shown: readonly Shown[] }>;
const everyOther = (from: number): DemoCustomer[] => [...neighbors, ...townspeople].filter((_, at) => at % 2 === from);

const plays: Readonly<Record<DemoBusiness['key'], Play>> = {
  otter: { customers: [larkspur, rosa, marlowes, ...neighbors, ...townspeople], scenes: [...otterScenes, ...otterVisits], shown: otterShown },
  mop: {
    customers: [larkspur, ...neighbors, ...everyOther(0).filter((each) => !neighbors.includes(each))],
    scenes: [...mopScenes, ...mopVisits],
    shown: mopShown,
  },
  boot: { customers: [larkspur, marlowes, ...everyOther(1).slice(0, 14)], scenes: bootScenes, shown: bootShown },
  ladder: { customers: [larkspur, marlowes, ...everyOther(0).slice(0, 10)], scenes: ladderScenes, shown: ladderShown },
};

/**
 * Founds the four businesses of the demo and plays their two years, all through the verbs the product itself works with; dates are
 * counted from `now`. The database must not hold them yet. Answers where everything is.
 */
export async function seedDemo(tools: DemoTools, now: Temporal.Instant): Promise<DemoGuide> {
  const days = new Days(now);
  const stages: Stage[] = [];
  for (const cast of businesses) stages.push(new Stage(tools, await foundHouse(tools, cast, plays[cast.key].customers, days), days));
  const [first, ...rest] = stages;
  // The deepest one on a connection of its own beside the others: two lanes take half the time.
  await Promise.all([playAll(tools, first === undefined ? [] : [first], days), playAll(tools, rest, days)]);
  return finish(tools, stages);
}

async function playAll(tools: DemoTools, stages: readonly Stage[], days: Days): Promise<void> {
  for (const stage of stages) {
    const started = performance.now();
    await playBusiness(tools, stage, days);
    tools.onReady(stage.house.cast.name, performance.now() - started);
  }
}

async function playBusiness(tools: DemoTools, stage: Stage, days: Days): Promise<void> {
  const { house } = stage;
  const { customers, scenes } = plays[house.cast.key];
  const ordinary = customers.filter((customer) => customer.key !== larkspur.key && customer.key !== rosa.key);
  const planned = planHistory(house.cast, ordinary, days);
  let open: Awaited<ReturnType<typeof workStretch>> = [];
  const daily = Array.from({ length: dailyAgo }, (_, at) => days.ago(dailyAgo - at)).map((day) => ({ from: day, to: day }));
  for (const { from, to } of [...weeks(days.ago(beginsAgo), days.ago(dailyAgo)), ...daily]) {
    const inStretch = scenes.map((each) => ({ ...each, on: days.ago(each.daysAgo) })).filter(({ on }) => on >= from && on <= to);
    const before = inStretch.filter((each) => each.on < to).sort((a, b) => a.on.localeCompare(b.on) || a.hour - b.hour);
    for (const { play, on, hour } of before) await play(stage, days.at(on, hour));
    const ready = planned.filter(({ issuedOn }) => issuedOn >= from && issuedOn <= to);
    open = await workStretch(tools, house, days, { to, planned: ready, open, quietEvening: inStretch.every(({ on }) => on < to) });
    for (const { play, on, hour } of inStretch.filter((each) => each.on === to).sort((a, b) => a.hour - b.hour)) await play(stage, days.at(on, hour));
  }
}

/** What happens on the day itself: payments in the sandbox, the owner's password, a key. */
async function finish(tools: DemoTools, stages: readonly Stage[]): Promise<DemoGuide> {
  const otter = stages.find(({ house }) => house.cast.key === 'otter');
  if (otter === undefined) throw new Error('the demo is told around Paper Otter');
  await otter.checkout('card', 'sato', 'card_success');
  await otter.checkout('returned', 'kowalski', 'bank_returns');
  const payment = await otter.checkout('processing', 'dana', 'bank_clears');
  await sendCrewOut(otter);
  const { house } = otter;
  const { key: apiKey } = await house.office(null, (scope) => createApiKey(scope, { name: 'Demo', scopes: keyRights }), house.ida);
  await setPassword(tools, house);
  const readyAt = await Promise.all(stages.map(async (stage) => [stage.house.business, String(await stage.house.system(null, headSeq))] as const));
  const bill = otter.of('rosa');
  return {
    entries: stages.flatMap(entriesOf),
    rosa: { business: house.business, document: bill.documentId, link: bill.link ?? '' },
    larkspur: { business: house.business, customer: house.customers.get(larkspur.key) ?? '' },
    processing: [{ business: house.business, slug: house.cast.slug, payment, document: otter.of('processing').documentId }],
    readyAt: Object.fromEntries(readyAt),
    apiKey,
  };
}

function entriesOf({ house, made }: Stage): GuideEntry[] {
  return plays[house.cast.key].shown.flatMap(({ what, bill }) => {
    const found = made.get(bill);
    if (found === undefined) return [];
    const { kind, documentId: document, number, link } = found;
    return [{ ...(kind && { kind }), what, slug: house.cast.slug, business: house.business, document, number, link }];
  });
}

/** The owner's password, set as any is: typed once, proven by a code. One identity owns all four businesses. */
async function setPassword({ database, keys, password }: DemoTools, house: DemoHouse): Promise<void> {
  const asker = { address: '127.0.0.1', device: '', token: null };
  const passwordHash = await preparePassword(database, { password, known: [owner.email, owner.name], asker });
  const code = await askConfirmation(database, keys, house.business, house.identityId, passwordHash);
  const { session } = await confirmByCode(database, keys, { nonce: code.nonce, code: keys.signInCode(code.codeId), asker }, async () => {});
  await signOut(database, session.token);
}

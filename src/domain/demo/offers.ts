import type { Choice, DepositRule, PlanStage, QuantityBounds } from '../../core/choices.ts';
import { maskEmail } from '../../core/text.ts';
import { href } from '../../routes.ts';
import { approveEstimate } from '../approvals/approvals.ts';
import { createDraft, readDraft } from '../estimates/estimates.ts';
import { sendEstimate } from '../links/links.ts';
import { lineOf } from './history.ts';
import { type Scene, type Shown, scene } from './scenes.ts';
import type { Stage } from './stage.ts';
import { type DemoLine, hours, one } from './work.ts';

type OfferLine = DemoLine & Readonly<{ choice?: Choice; bounds?: QuantityBounds }>;

/** An estimate told one by one. `customer` and `to` are names of the cast. */
export type Offer = Readonly<{
  customer: string;
  to: readonly string[];
  property?: string;
  lines: readonly OfferLine[];
  scope?: string;
  exclusions?: string;
  terms?: string;
  message?: string;
  validDays?: number;
  deposit?: DepositRule;
  plan?: readonly PlanStage[];
}>;

const packed = (name: string, chosen = false): Pick<OfferLine, 'choice'> => ({ choice: { kind: 'package', group: 'Water heater', package: name, chosen } });
const maybe = (chosen: boolean): Pick<OfferLine, 'choice'> => ({ choice: { kind: 'optional', chosen } });

const offered = (name: string, cents: number, more: Partial<OfferLine>): OfferLine => ({ ...one(name, cents), ...more });

/** Writes, sends and delivers an estimate. */
async function offer(stage: Stage, at: Temporal.Instant, key: string, told: Offer): Promise<void> {
  const { house, tools } = stage;
  const { customer, to, property, lines, ...body } = told;
  const { id, totalMinor, mails } = await house.office(at, async (scope) => {
    const draft = await createDraft(scope, {
      ...body,
      customerId: house.customers.get(customer),
      propertyId: property === undefined ? null : house.properties.get(property),
      lines: lines.map((line) => ({ ...lineOf(house, line), choice: line.choice ?? null, bounds: line.bounds ?? null })),
    });
    const { totals } = await readDraft(scope, draft.id);
    return {
      id: draft.id,
      totalMinor: totals.totalMinor,
      ...(await sendEstimate(scope, tools.keys, { documentId: draft.id, personIds: to.map((person) => stage.person(person).id) })),
    };
  });
  const [first] = mails;
  const link = first?.linkId ? href('link', { business: house.cast.slug, token: tools.keys.linkToken(house.business, first.linkId) }) : null;
  stage.made.set(key, { kind: 'estimate', documentId: id, number: null, totalMinor, customerId: house.customers.get(customer) ?? '', link });
  await stage.deliver(at, mails);
}

/** Signs it as suggested, by a code; above the limit of whoever signs it waits for the next person. */
async function approve(stage: Stage, at: Temporal.Instant, key: string, person: string, reason = ''): Promise<void> {
  const { house } = stage;
  const { id: personId, name, email } = stage.person(person);
  const { documentId, customerId, totalMinor } = stage.of(key);
  const by = {
    personId,
    identifiedBy: 'code',
    identifiedAs: maskEmail(email),
    typedName: name,
    acceptTerms: true,
    address: '198.51.100.7',
    browser: 'Firefox',
  } as const;
  await house.portal(at, [personId], [customerId], (scope) =>
    approveEstimate({ ...scope, actor: { kind: 'person', id: personId, name } }, { ...by, documentId, totalMinor, reason }),
  );
}

/** An estimate with options that waits, one above Sam's limit, one that was approved, and one nobody answered. */
export const otterOffers: readonly Scene[] = [
  scene(45, 19, (stage, at) =>
    offer(stage, at, 'estimate-expired', {
      ...{ customer: 'hobbs', to: ['hobbs'], validDays: 14 },
      lines: [one('Water softener, installed', 128_000, { taxed: true }), hours('Plumber labor', 12, 12_500)],
    }),
  ),
  scene(6, 21, (stage, at) =>
    offer(stage, at, 'estimate-approved', {
      ...{ customer: 'harris', to: ['harris'], terms: 'Half when you approve, the rest when it works. One year on labor.' },
      ...{ scope: 'Take out the old heater, set the new one, test for leaks.', exclusions: 'Drywall and paint.' },
      lines: [one('Water heater, 50 gallon gas, installed', 189_500, { taxed: true }), one('City permit, at cost', 4_180)],
    }),
  ),
  scene(5, 20, (stage, at) => approve(stage, at, 'estimate-approved', 'harris')),
  scene(4, 20, (stage, at) =>
    offer(stage, at, 'estimate-above', {
      ...{ customer: 'larkspur', to: ['sam', 'edgar'], property: 'LK-04', terms: 'Price holds while the wall is open.' },
      lines: [one('Replace galvanized riser with copper', 96_000), hours('Plumber labor', 8, 12_500), offered('Second shutoff', 18_500, maybe(false))],
    }),
  ),
  scene(3, 20, (stage, at) => approve(stage, at, 'estimate-above', 'sam', 'The third leak in this riser within a year.')),
  scene(2, 21, (stage, at) =>
    offer(stage, at, 'estimate-options', {
      ...{ customer: 'larkspur', to: ['dana'], property: 'LK-07', message: 'As we saw on Tuesday: the heater is at its end.' },
      ...{ scope: 'Remove and haul away the old heater, new pan and drain, permit and inspection.', exclusions: 'Electrical work beyond the cut-off.' },
      ...{ terms: 'Two years on labor. The deposit is applied to the invoice.', deposit: { kind: 'percent', ratePpm: 300_000n } },
      lines: [
        one('Remove and haul away', 12_000),
        offered('50 gallon, standard', 168_000, { taxed: true, ...packed('Good', true) }),
        offered('50 gallon, high efficiency', 229_000, { taxed: true, ...packed('Better') }),
        offered('Heat pump, 65 gallon', 318_000, { taxed: true, ...packed('Best') }),
        offered('Leak sensor with shutoff', 24_500, { taxed: true, ...maybe(true) }),
        offered('Expansion tank', 15_900, { taxed: true, ...maybe(false) }),
        offered('Shutoff valves', 6_500, { bounds: { minMilli: 1_000n, maxMilli: 6_000n, stepMilli: 1_000n } }),
      ],
    }),
  ),
];

export const otterOffersShown: readonly Shown[] = [
  { what: 'Estimate with options, waiting', bill: 'estimate-options' },
  { what: 'Estimate above a limit, waiting for the owner', bill: 'estimate-above' },
  { what: 'Estimate approved, with its record', bill: 'estimate-approved' },
  { what: 'Estimate that has expired', bill: 'estimate-expired' },
];

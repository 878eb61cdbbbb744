import type { KeptMethod } from '../../src/core/gateways.ts';
import { stripeGateway, stripePlace } from '../../src/outside/cards/stripe-gateway.ts';
import { startStandIn } from '../../test/fakes/stripe/stand-in.ts';
import { connectStripe, stripeOfBench } from '../connect-stripe.ts';
import { type Filled, fill } from '../fill.ts';
import { type Result, short } from '../result.ts';
import { openStand, type Stand } from '../stand.ts';

const charges = 1_000;
const progressEach = 250;
const longestMs = 300_000;

/** A thousand bills of as many as five hundred customers, each with a card kept at the stand-in for Stripe, are due at once and pay by themselves. */
export async function autopay(): Promise<Result[]> {
  const standIn = await startStandIn();
  const stand = await openStand([], { STRIPE_API_BASE: standIn.url });
  try {
    // One invoice in twenty is unpaid; 501 customers have no factor in common with twenty, so that the unpaid ones are of all of them.
    const business = await fill(stand.client, 'autopay', 20_040);
    await connectStripe(stand, business);
    await keepCards(stand, business, await cardsAt(standIn, business));
    await plan(stand, business);
    const seconds = await chargeAll(stand, business);
    await mustBePaidOnce(stand, business, (await standIn.things('payment_intent')).filter(({ status }) => status === 'succeeded').length);
    return [
      {
        ...{ name: `${charges.toLocaleString('en')} autopay charges at the stand-in`, value: charges / seconds, unit: 'charges/s', limit: null, atMost: false },
        spread: `${short(seconds)} s in all`,
      },
    ];
  } finally {
    await stand.stop();
    await standIn.close();
  }
}

/** One card for each customer, kept there as a payer keeps it. */
async function cardsAt({ url, pay }: Awaited<ReturnType<typeof startStandIn>>, { slug, customers }: Filled): Promise<KeptMethod[]> {
  const { account, key, secret } = stripeOfBench;
  const gateway = stripeGateway({ ...stripePlace(url), timeoutMs: 10_000, accountOf: async () => ({ key, account, live: false, secrets: [secret] }) });
  const page = { payee: 'Bench Plumbing', returnUrl: 'http://127.0.0.1:9/', cancelUrl: 'http://127.0.0.1:9/', locale: 'en', payerEmail: null } as const;
  const cards: KeptMethod[] = [];
  for (let n = 1; n <= customers; n += 1) {
    const setup = crypto.randomUUID();
    const of = { setup, business: slug, payerRef: `payer-${n}`, methods: ['card'], idempotencyKey: `setup-${setup}` } as const;
    const opened = await gateway.createSetup({ ...page, ...of });
    if (opened.kind !== 'open') throw new Error(`a setup at the stand-in is ${opened.kind}`);
    await pay(opened.session);
    const kept = await gateway.fetchSetup({ setup, business: slug, session: opened.session });
    if (kept.kind !== 'saved') throw new Error(`a card at the stand-in is ${kept.kind}`);
    cards.push(kept);
  }
  return cards;
}

const idOf = (kind: string, n: string): string => `md5('autopay:${kind}:' || ${n})::uuid`;

/** Each customer's card, and the agreement to pay with it whatever is due. */
async function keepCards({ client }: Stand, { id }: Filled, cards: readonly KeptMethod[]): Promise<void> {
  const references = cards.map(({ reference }) => reference);
  const holders = cards.map(({ holder }) => holder);
  await client.query(`update business_profiles set gateway = 'stripe' where business_id = $1`, [id]);
  await client.query(
    `insert into saved_methods (business_id, id, customer_id, person_id, person_name, gateway, state, method, reference, holder, label, created_at, saved_at)
     select $1, ${idOf('method', 'n')}, ${idOf('customer', 'n')}, ${idOf('person', 'n')}, 'Person ' || n, 'stripe', 'saved', 'card', r, h, 'Visa •••• 4242', now(), now()
     from unnest($2::text[], $3::text[]) with ordinality as c (r, h, n)`,
    [id, references, holders],
  );
  await client.query(
    `insert into autopay_mandates (business_id, id, version, customer_id, person_id, person_name, person_email, method_id, method_label, cap_minor, currency, notice_days, language,
       wording, remote_address, given_at)
     select $1, ${idOf('mandate', 'n')}, 1, ${idOf('customer', 'n')}, ${idOf('person', 'n')}, 'Person ' || n, 'person@example.com', ${idOf('method', 'n')}, 'Visa •••• 4242', 99999999,
       'USD', 3, 'en', 'Everything that is due', '127.0.0.1', now() from generate_series(1, $2::int) n`,
    [id, cards.length],
  );
}

/** Told of before, and their day is today where the business is. */
async function plan({ client }: Stand, { id, customers }: Filled): Promise<void> {
  await client.query(
    `insert into autopay_charges (business_id, id, mandate_id, customer_id, document_id, person_id, state, planned_on, next_on, amount_minor, currency, created_at)
     select $1, ${idOf('charge', 'n')}, ${idOf('mandate', 'c')}, ${idOf('customer', 'c')}, ${idOf('document', 'n')}, ${idOf('person', 'c')}, 'planned', d, d, 54125, 'USD', now()
     from generate_series(20, 20 * $2::int, 20) n, lateral (select 1 + n % $3::int) x (c), (select (now() at time zone 'America/Chicago')::date) y (d)`,
    [id, charges, customers],
  );
}

/** All are handed to the server's own queue at one moment. Answers the seconds until the last one was charged. */
async function chargeAll({ client }: Stand, { id }: Filled): Promise<number> {
  await client.query(`select set_config('app.business', $1, false)`, [id]);
  const started = performance.now();
  await client.query(
    `select enqueue_task('charge-autopay', jsonb_build_object('chargeId', id), null, 'charge:' || id, 3, 5) from autopay_charges where business_id = $1`,
    [id],
  );
  let told = 0;
  for (;;) {
    const { rows } = await client.query<{ charged: number; open: number }>(
      `select (count(*) filter (where state = 'charged'))::int as charged, (count(*) filter (where state in ('planned', 'charging')))::int as open
       from autopay_charges where business_id = $1`,
      [id],
    );
    const { charged = 0, open = 0 } = rows[0] ?? {};
    const seconds = (performance.now() - started) / 1000;
    if (charged - told >= progressEach || (charged > told && open === 0)) {
      process.stdout.write(`    ${charged} of ${charges} charged, ${short(charged / seconds)} a second\n`);
      told = charged;
    }
    if (open === 0) return seconds;
    if (seconds * 1000 > longestMs) throw new Error(`${open} of ${charges} charges did not come to an end`);
    await new Promise((later) => setTimeout(later, 200));
  }
}

/** A pace at which something was charged twice, or not at all, is no pace. */
async function mustBePaidOnce({ client }: Stand, { id }: Filled, atStripe: number): Promise<void> {
  const { rows } = await client.query<{ charged: number; cleared: number; paid: number }>(
    `select (select count(*) from autopay_charges where business_id = $1 and state = 'charged')::int as charged,
       (select count(*) from payments where business_id = $1 and state = 'cleared')::int as cleared,
       (select count(*) from invoice_standings s join autopay_charges c on c.business_id = $1 and c.document_id = s.document_id
         where s.business_id = $1 and s.balance_minor = 0 and s.processing_minor = 0 and s.unknown_minor = 0)::int as paid`,
    [id],
  );
  const found = { ...rows[0], atStripe };
  if (Object.values(found).some((count) => count !== charges)) throw new Error(`of ${charges} charges: ${JSON.stringify(found)}`);
}

import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { EstimateNow } from '../../core/estimate-state.ts';
import { publicId } from '../../core/ids.ts';
import { formatMoney } from '../../core/money-format.ts';
import type { InvoiceStatus } from '../../core/settlement.ts';
import { words } from '../../core/words/words.ts';
import type { GuideEntry } from '../../domain/demo/demo.ts';
import type { Steps, Underway } from '../../domain/demo/progress.ts';
import { guideStyle } from './guide-style.ts';
import { roles } from './sign-in.ts';

export type GuideFacts = Readonly<{
  steps: Steps;
  entries: readonly GuideEntry[];
  standings: ReadonlyMap<string, InvoiceStatus | EstimateNow>;
  payments: readonly Underway[];
  names: ReadonlyMap<string, string>;
  /** What was just done: 'bank', 'reset' or ''. */
  done: string;
}>;

const story: readonly Readonly<{ title: string; text: string }>[] = [
  {
    title: 'Pay a bill as a homeowner',
    text: 'Rosa Quill has a bill for a kitchen drain, $186.00. Press Customer above, then pay with a test card. Try it on a phone.',
  },
  {
    title: 'Watch it arrive in the office',
    text: 'Press Office in a second window. Opened, paying and paid appear without a reload; Needs you holds what waits.',
  },
  {
    title: 'Send an invoice',
    text: 'New invoice for Larkspur, LK-07, from the price book. Send it to Dana and to accounts payable; each mail has a link of its own. Then send a mail scanner to one of them.',
  },
  {
    title: 'Pay several as a property manager',
    text: 'Dana sees 12 properties and what is due. Open the bill over five of them, pay for three at once, and see what it pays.',
  },
  { title: 'Decide what the bank does', text: 'Let the payment that is processing clear, or come back. Both sides say the same, and the books still add up.' },
];

function Frame({ nonce, children }: Readonly<{ nonce: string; children: ReactNode }>) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Guide to the demo</title>
        <style nonce={nonce}>{guideStyle}</style>
      </head>
      <body>
        <main>{children}</main>
      </body>
    </html>
  );
}

const page = (node: ReactNode): string => `<!doctype html>${renderToStaticMarkup(node)}`;

/** While the demo is being told anew. */
export function preparingPage(nonce: string): string {
  return page(
    <Frame nonce={nonce}>
      <h1>The demo is being prepared</h1>
      <p>Reload this page in a few seconds.</p>
    </Frame>,
  );
}

/** Where everything of the demo is. */
export function guidePage(nonce: string, facts: GuideFacts): string {
  return page(
    <Frame nonce={nonce}>
      <h1>Guide to the demo</h1>
      <p className="quiet">Four invented businesses in Sampleton, two years old today. Nothing here is real: no mail leaves, no card is charged.</p>
      {facts.done === 'reset' && <p role="status">The demo starts anew, with today’s dates.</p>}
      {facts.done === 'bank' && <p role="status">The bank has decided. Office and customer both see it.</p>}
      <Story steps={facts.steps} />
      <SignIn />
      <Bank payments={facts.payments} />
      <OneOfEach facts={facts} />
      <Reset />
    </Frame>,
  );
}

function Story({ steps }: Readonly<{ steps: Steps }>) {
  return (
    <section aria-labelledby="story">
      <h2 id="story">Five minutes</h2>
      <ol className="steps">
        {story.map(({ title, text }, at) => (
          <li key={title} className={steps[at] === true ? 'done' : undefined}>
            <span className="tick" role="img" aria-label={steps[at] === true ? 'Done' : 'Not done yet'}>
              {steps[at] === true ? '✓' : at + 1}
            </span>
            <div>
              <b>{title}</b>
              <p>{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function SignIn() {
  return (
    <section aria-labelledby="people">
      <h2 id="people">Sign in as</h2>
      <form method="post" action="/demo/sign-in" className="people">
        {roles.map(({ key, name, who }) => (
          <button key={key} type="submit" name="as" value={key}>
            <b>{name}</b>
            <span>{who}</span>
          </button>
        ))}
      </form>
    </section>
  );
}

function Bank({ payments }: Readonly<{ payments: readonly Underway[] }>) {
  return (
    <section aria-labelledby="bank">
      <h2 id="bank">The bank is working on</h2>
      {payments.length === 0 && <p className="quiet">Nothing right now. Pay any bill by bank account, and it appears here.</p>}
      <ul className="rows">
        {payments.map(({ business, payment, customerName, amountMinor, number }) => (
          <li key={payment}>
            <div>
              <b>{formatMoney(amountMinor, 'USD', 'en')}</b> <span className="quiet">{`${customerName} · invoice ${number}`}</span>
            </div>
            <form method="post" action="/demo/bank" className="acts">
              <input type="hidden" name="business" value={business} />
              <input type="hidden" name="payment" value={payment} />
              <button type="submit" name="decision" value="clear">
                Let it clear
              </button>
              <button type="submit" name="decision" value="return">
                Let it come back
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

function OneOfEach({ facts }: Readonly<{ facts: GuideFacts }>) {
  return (
    <section aria-labelledby="each">
      <h2 id="each">One of each</h2>
      <ul className="rows">
        {facts.entries.map((entry) => (
          <Entry
            key={`${entry.slug} ${entry.what}`}
            entry={entry}
            status={facts.standings.get(entry.document ?? '')}
            house={facts.names.get(entry.slug) ?? ''}
          />
        ))}
      </ul>
    </section>
  );
}

type Status = InvoiceStatus | EstimateNow;

function statusWord({ kind }: GuideEntry, status: Status | undefined): string {
  const { status: ofInvoice, estimate } = words('en');
  if (status === undefined) return 'gone';
  if (kind !== 'estimate') return ofInvoice.word[status as InvoiceStatus];
  return status === 'sent' ? 'Waiting' : estimate.status[status as Exclude<EstimateNow, 'sent'>];
}

function Entry({ entry, status, house }: Readonly<{ entry: GuideEntry; status: Status | undefined; house: string }>) {
  const { kind = 'invoice', what, number, link, document, slug } = entry;
  const told = [house.replace(' (demo)', ''), number === null ? null : `invoice ${number}`, statusWord(entry, status)];
  return (
    <li>
      <div>
        <b>{what}</b> <span className="quiet">{told.filter((each) => each !== null).join(' · ')}</span>
      </div>
      <div className="acts">
        {link !== null && (
          <a href={link} aria-label={`${what}: the customer’s page`}>
            Customer’s page
          </a>
        )}
        {document !== null && status !== undefined && (
          <form method="post" action="/demo/sign-in">
            <input type="hidden" name="business" value={slug} />
            <input type="hidden" name="document" value={publicId(kind, document)} />
            <button type="submit" name="as" value="ida" aria-label={`${what}: in the office`}>
              In the office
            </button>
          </form>
        )}
      </div>
    </li>
  );
}

function Reset() {
  return (
    <section aria-labelledby="reset">
      <h2 id="reset">Start over</h2>
      <details>
        <summary>Reset demo</summary>
        <form method="post" action="/demo/reset">
          <p>
            Everything that was done in the four businesses is thrown away, and their two years are told anew up to today. This takes some seconds. Links and
            keys from before end.
          </p>
          <button type="submit" name="sure" value="yes">
            Reset the demo now
          </button>
        </form>
      </details>
    </section>
  );
}

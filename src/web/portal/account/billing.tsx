import { type Address, addressLines } from '../../../core/address.ts';
import { type BillingDetails, detailFields } from '../../../core/billing-details.ts';
import { publicId, readId } from '../../../core/ids.ts';
import { textLimits } from '../../../core/limits.ts';
import { isLocale, locales } from '../../../core/locale.ts';
import { Refusal } from '../../../core/refusal.ts';
import { words } from '../../../core/words/words.ts';
import { newId } from '../../../db/fresh.ts';
import { once } from '../../../domain/acts/acts.ts';
import { noPage, readAround } from '../../../domain/front/front.ts';
import { askDetailsChange, type OwnAccount, readOwnAccounts } from '../../../domain/messages/details.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { ActId, Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { type Page, type PageLook, renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { answerPage, seeOther } from '../answer.ts';
import { type Given, givenForm, problemOf } from '../given.ts';
import { Note } from '../invoice/banner.tsx';
import { lookAt } from '../look.ts';
import { actInSession } from '../visit.ts';
import { accountsElsewhere } from './elsewhere.ts';
import { AccountNav, type Framed, visitAccount, Whose } from './frame.tsx';

type Typed = Readonly<{ details: BillingDetails; problem: NonNullable<FormProblem> }>;
type Drawing = Readonly<{ visit: Framed; accounts: readonly OwnAccount[]; at: OwnAccount | undefined; typed: Typed | null; saved: string }>;

/** What stands on new invoices of an account, to be changed by whoever pays for it or manages its people. */
export function showBilling(c: WebContext, deps: Deps): Promise<Response> {
  return drawBilling(c, deps, readId('customer', c.req.query('account') ?? ''), null);
}

async function drawBilling(c: WebContext, deps: Deps, account: string | null, typed: Typed | null): Promise<Response> {
  const own = await actInSession(c, deps, null, async (scope) => ({
    accounts: await readOwnAccounts(scope),
    around: await readAround(scope),
    business: scope.business,
  }));
  if (own === null) {
    const away = await visitAccount(c, deps, () => noPage);
    return away instanceof Response ? away : seeOther(c, href('frontDoor', { business: away.slug }));
  }
  const { look, reader } = await lookAt(c, deps, own.visitor.language);
  const { accounts, around, business } = own.result;
  const others = await accountsElsewhere(deps, { identity: own.visitor.identity ?? '', session: own.visitor.caller, business });
  const at = accounts.find(({ id }) => id === account) ?? accounts[0];
  const visit = { slug: look.slug, name: own.visitor.name, around, others };
  return answerPage(c, deps, billingPage(look, reader, { visit, accounts, at, typed, saved: c.req.query('saved') ?? '' }), typed === null ? 200 : 422);
}

function billingPage(look: PageLook, reader: Reader, drawing: Drawing): Page {
  const { billing } = reader.w;
  const { visit, at, saved } = drawing;
  return renderPage(
    {
      ...{ look, locale: reader.locale, title: billing.title, path: href('billing', { business: look.slug }), wide: true },
      nav: <AccountNav reader={reader} visit={visit} at="billing" />,
    },
    <>
      <Whose reader={reader} visit={visit} />
      <div className="narrow">
        <h1>{billing.title}</h1>
        <p className="lead">{at === undefined ? billing.none : billing.lead}</p>
        {(saved === 'taken' || saved === 'asked' || saved === 'same') && (
          <Note icon="check">{saved === 'taken' ? billing.saved : saved === 'asked' ? billing.asked : billing.unchanged}</Note>
        )}
        <Choose reader={reader} slug={look.slug} drawing={drawing} />
        {at?.waiting && <Waiting reader={reader} account={at} />}
        {at?.waiting === null && at.refused !== null && <Note icon="alert">{billing.refused(at.refused)}</Note>}
        {at !== undefined && <Details reader={reader} slug={look.slug} account={at} typed={drawing.typed} />}
      </div>
    </>,
  );
}

const nameOf = ({ name, company }: BillingDetails): string => company || name;

/** Which account, where somebody has several. */
function Choose({ reader, slug, drawing }: Readonly<{ reader: Reader; slug: string; drawing: Drawing }>) {
  const { accounts, at } = drawing;
  if (accounts.length < 2 || at === undefined) return null;
  return (
    <nav className="nav tabs" aria-label={reader.w.billing.account}>
      {accounts.map((each) => (
        <a
          key={each.id}
          href={href('billing', { business: slug }, { account: publicId('customer', each.id) })}
          aria-current={each.id === at.id ? 'page' : undefined}
        >
          {nameOf(each)}
        </a>
      ))}
    </nav>
  );
}

/** What was asked for and does not count yet. */
function Waiting({ reader, account }: Readonly<{ reader: Reader; account: OwnAccount }>) {
  const { billing } = reader.w;
  const asked = account.waiting ?? {};
  const labels = { ...billing, billingAddress: reader.w.common.address };
  return (
    <section>
      <p>{billing.waiting}</p>
      <dl className="kv">
        {detailFields
          .filter((field) => Object.hasOwn(asked, field))
          .map((field) => (
            <div key={field}>
              <dt>{labels[field]}</dt>
              <dd>{detailText(reader, asked[field])}</dd>
            </div>
          ))}
      </dl>
      <p className="s dim gap">{billing.waitingAgain}</p>
    </section>
  );
}

function detailText({ w }: Reader, value: BillingDetails[keyof BillingDetails] | undefined): string {
  if (typeof value === 'boolean') return value ? w.billing.yes : w.billing.no;
  if (typeof value === 'object') return [...addressLines(value), value.country].filter(Boolean).join(', ') || w.billing.cleared;
  return value || w.billing.cleared;
}

type Form = Readonly<{ reader: Reader; slug: string; account: OwnAccount; typed: Typed | null }>;

/** The values as they stand, or as they were asked to be where that waits. */
function Details({ reader, slug, account, typed }: Form) {
  const { billing } = reader.w;
  const problem = typed?.problem ?? null;
  const value: BillingDetails = typed?.details ?? { ...account, ...account.waiting };
  return (
    <form method="post" action={href('billing', { business: slug })}>
      <ActId id={newId()} />
      <input type="hidden" name="account" value={publicId('customer', account.id)} />
      <FormAlert w={reader.w} problem={problem} />
      <Field label={billing.name} name="name" required maxLength={textLimits.name} value={value.name} problem={problem} autoComplete="name" />
      <Field label={billing.company} name="company" maxLength={textLimits.name} value={value.company} problem={problem} autoComplete="organization" />
      <AddressFields reader={reader} address={value.billingAddress} problem={problem} />
      <small>{billing.reviewHint}</small>
      <LanguageField reader={reader} chosen={value.language} />
      <Tick name="poRequired" label={billing.poRequired} on={value.poRequired} />
      <Tick name="taxExempt" label={billing.taxExempt} on={value.taxExempt} />
      <Field
        label={billing.taxExemptNote}
        name="taxExemptNote"
        maxLength={textLimits.title}
        value={value.taxExemptNote}
        hint={billing.taxHint}
        problem={problem}
      />
      <button className="btn" type="submit">
        {billing.save}
      </button>
    </form>
  );
}

const parts = [
  ['street', 'address-line1', textLimits.addressLine],
  ['unit', 'address-line2', textLimits.addressLine],
  ['city', 'address-level2', textLimits.addressLine],
  ['region', 'address-level1', textLimits.addressLine],
  ['postalCode', 'postal-code', textLimits.postalCode],
  ['country', 'country', 2],
] as const satisfies readonly (readonly [keyof Address, string, number])[];

function AddressFields({ reader, address, problem }: Readonly<{ reader: Reader; address: Address; problem: FormProblem }>) {
  return (
    <div className="two-up">
      {parts.map(([part, autoComplete, most]) => (
        <Field
          key={part}
          label={reader.w.billing[part]}
          name={`billingAddress.${part}`}
          value={address[part] ?? ''}
          maxLength={most}
          autoComplete={autoComplete}
          problem={problem}
        />
      ))}
    </div>
  );
}

function LanguageField({ reader, chosen }: Readonly<{ reader: Reader; chosen: string }>) {
  return (
    <div className="field">
      <label htmlFor="language">
        <b>{reader.w.billing.language}</b>
      </label>
      <select id="language" name="language" defaultValue={chosen}>
        {locales.map((locale) => (
          <option key={locale} value={locale}>
            {words(locale).common.languageName}
          </option>
        ))}
      </select>
    </div>
  );
}

function Tick({ name, label, on }: Readonly<{ name: string; label: string; on: boolean }>) {
  return (
    <div className="pick">
      <label>
        <input type="checkbox" name={name} value="1" defaultChecked={on} />
        <span>{label}</span>
      </label>
    </div>
  );
}

/** Saves once, however often the form comes, and says whether it counts or is looked at first. */
export async function saveBilling(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  const account = readId('customer', given.text('account'));
  if (account === null) throw new Refusal('not_found');
  const details = detailsOf(given);
  try {
    const done = await actInSession(c, deps, null, (scope, visitor) =>
      once(scope, { caller: visitor.caller, id: given.act || newId(), route: 'billing', body: given.raw }, () => askDetailsChange(scope, account, details)),
    );
    if (done === null) return drawBilling(c, deps, account, null);
    const saved = done.result.waits ? 'asked' : done.result.taken ? 'taken' : 'same';
    return seeOther(c, href('billing', { business: c.req.param('business') ?? '' }, { account: given.text('account'), saved }));
  } catch (error) {
    const { code, field } = problemOf(error);
    if (code === 'not_found') throw error;
    return drawBilling(c, deps, account, { details, problem: { code, field } });
  }
}

function detailsOf(given: Given): BillingDetails {
  const address = Object.fromEntries(parts.map(([part]) => [part, given.text(`billingAddress.${part}`)])) as unknown as Address;
  const language = given.text('language');
  return {
    ...{ name: given.text('name'), company: given.text('company'), billingAddress: address, language: isLocale(language) ? language : 'en' },
    ...{ poRequired: given.text('poRequired') === '1', taxExempt: given.text('taxExempt') === '1', taxExemptNote: given.text('taxExemptNote') },
  };
}

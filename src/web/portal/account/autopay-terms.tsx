import { publicId, readId } from '../../../core/ids.ts';
import { parseMoney } from '../../../core/money-parse.ts';
import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import { once } from '../../../domain/acts/acts.ts';
import { type AutopayPage, giveMandate, mandateWording } from '../../../domain/payments/payments.ts';
import { href } from '../../../routes.ts';
import { callerAddress, type Deps, type WebContext } from '../../context.ts';
import { ActId, Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import type { Reader } from '../../ui/reader.ts';
import { answerPage, seeOther } from '../answer.ts';
import { givenForm, problemOf } from '../given.ts';
import { actInSession } from '../visit.ts';
import { type Opened, openMethods } from './methods.tsx';

/** What was chosen: texts as the form sent them. */
type Chosen = Readonly<{ place: string; method: string; cap: string; days: string }>;
type Terms = Readonly<{ customerId: string; propertyId: string | null; methodId: string; label: string; what: string; capMinor: bigint; noticeDays: number }>;

/** GET: choose which bills, with what, up to how much; with `review=1` the very words one agrees to. Nothing is written. */
export async function showTerms(c: WebContext, deps: Deps): Promise<Response> {
  const opened = await openMethods(c, deps);
  if (opened instanceof Response) return opened;
  // Nothing to pay with yet: that comes first.
  if (opened.page.methods.length === 0) return seeOther(c, href('methods', { business: opened.look.slug }));
  const chosen = chosenIn(opened.page, (name) => c.req.query(name));
  if (c.req.query('review') !== '1') return drawChoice(c, deps, opened, chosen, null);
  try {
    return await drawReview(c, deps, opened, chosen);
  } catch (error) {
    return drawChoice(c, deps, opened, chosen, problemOf(error));
  }
}

/** What stands for a place now, else what is usual. */
function chosenIn(page: AutopayPage, of: (name: string) => string | undefined): Chosen {
  const place = of('for') ?? '';
  const standing = page.mandates.find((each) => each.own && each.endedAt === null && placeId(each) === place);
  const usual = page.methods[0];
  return {
    place,
    method: of('method') ?? publicId('method', standing?.methodId ?? usual?.id ?? newId()),
    cap: of('cap') ?? '',
    days: of('days') ?? String(standing?.noticeDays ?? page.noticeDays),
  };
}

const placeId = ({ customerId, propertyId }: Readonly<{ customerId: string; propertyId: string | null }>): string =>
  propertyId === null ? publicId('customer', customerId) : publicId('property', propertyId);

function termsOf(page: AutopayPage, reader: Reader, chosen: Chosen): Terms {
  const place = page.places.find((each) => placeId(each) === chosen.place) ?? (chosen.place === '' ? page.places[0] : undefined);
  const method = page.methods.find(({ id }) => id === readId('method', chosen.method));
  if (place === undefined) throw new Refusal('not_found', { field: 'for' });
  if (method === undefined) throw new Refusal('not_found', { field: 'method' });
  const capMinor = parseMoney(chosen.cap, page.currency, reader.locale);
  if (capMinor < 1n) throw new Refusal('amount_too_small', { field: 'cap' });
  const what = place.propertyName === '' ? place.customerName : `${place.propertyName} (${place.customerName})`;
  const { customerId, propertyId } = place;
  return { customerId, propertyId, methodId: method.id, label: method.label, what, capMinor, noticeDays: Number(chosen.days) };
}

function drawChoice(c: WebContext, deps: Deps, { page, look, reader, frame }: Opened, chosen: Chosen, problem: FormProblem): Promise<Response> {
  const { autopay } = reader.w;
  const oneAccount = new Set(page.places.map(({ customerId }) => customerId)).size === 1;
  const body = (
    <form method="get" action={href('autopayTerms', { business: look.slug })}>
      <h1>{autopay.turnOn}</h1>
      <p className="lead">{autopay.offLead(page.noticeDays)}</p>
      <FormAlert w={reader.w} problem={problem} />
      <input type="hidden" name="review" value="1" />
      <Select
        label={autopay.forWhat}
        name="for"
        chosen={chosen.place}
        options={page.places.map((each) => [
          placeId(each),
          each.propertyName || (oneAccount ? autopay.wholeAccount : `${autopay.wholeAccount}: ${each.customerName}`),
        ])}
      />
      <Select
        label={autopay.payWith}
        name="method"
        chosen={chosen.method}
        options={page.methods.map((each) => [publicId('method', each.id), each.own ? each.label : autopay.addedBy(each.label, each.addedBy)])}
      />
      <Field label={autopay.cap} name="cap" inputMode="decimal" maxLength={20} required value={chosen.cap} hint={autopay.capHint} problem={problem} />
      <Select label={autopay.notice} name="days" chosen={chosen.days} options={[1, 2, 3, 5, 7, 14].map((days) => [String(days), autopay.noticeDays(days)])} />
      <button className="btn" type="submit">
        {autopay.review}
      </button>
      <p className="gap">
        <a href={href('methods', { business: look.slug })}>{autopay.notNow}</a>
      </p>
    </form>
  );
  return answerPage(c, deps, frame(autopay.turnOn, body), problem === null ? 200 : 422);
}

function Select({ label, name, chosen, options }: Readonly<{ label: string; name: string; chosen: string; options: readonly (readonly [string, string])[] }>) {
  return (
    <div className="field">
      <label htmlFor={name}>
        <b>{label}</b>
      </label>
      <select id={name} name={name} defaultValue={chosen}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

async function drawReview(c: WebContext, deps: Deps, { page, look, reader, frame }: Opened, chosen: Chosen): Promise<Response> {
  const { autopay } = reader.w;
  const terms = termsOf(page, reader, chosen);
  const place = { business: look.slug };
  const body = (
    <form method="post" action={href('autopayTerms', place)}>
      <ActId id={newId()} />
      <h1>{autopay.reviewTitle}</h1>
      <p className="gap">{mandateWording({ ...terms, payee: page.payee, currency: page.currency, locale: reader.locale })}</p>
      <input type="hidden" name="for" value={placeId(terms)} />
      <input type="hidden" name="method" value={chosen.method} />
      <input type="hidden" name="cap" value={chosen.cap} />
      <input type="hidden" name="days" value={chosen.days} />
      <input type="hidden" name="lang" value={reader.locale} />
      <div className="gap">
        <button className="btn" type="submit">
          {autopay.agree}
        </button>
      </div>
      <p className="gap">
        <a href={href('autopayTerms', place, { for: placeId(terms), method: chosen.method, cap: chosen.cap, days: chosen.days })}>{autopay.change}</a>
      </p>
      <p className="gap">
        <a href={href('methods', place)}>{autopay.notNow}</a>
      </p>
    </form>
  );
  return answerPage(c, deps, frame(autopay.reviewTitle, body));
}

/** POST: the person agrees to the words they read, in the language they read them in. */
export async function agreeToTerms(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  const opened = await openMethods(c, deps);
  if (opened instanceof Response) return opened;
  const { page, look, reader } = opened;
  const chosen = { place: given.text('for'), method: given.text('method'), cap: given.text('cap'), days: given.text('days') };
  try {
    const { label: _label, ...terms } = termsOf(page, reader, chosen);
    const input = { ...terms, id: given.act || newId(), locale: reader.locale, remoteAddress: callerAddress(c) };
    await actInSession(c, deps, null, (scope, visitor) =>
      once(scope, { caller: visitor.caller, id: input.id, route: 'autopay', body: given.raw }, async () => {
        await giveMandate(scope, input);
        return true;
      }),
    );
  } catch (error) {
    return drawChoice(c, deps, opened, chosen, problemOf(error));
  }
  return seeOther(c, href('methods', { business: look.slug }, { told: 'on' }));
}

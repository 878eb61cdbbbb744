import { todayIn } from '../../../core/calendar.ts';
import { publicId } from '../../../core/ids.ts';
import type { AutopayPage, MandateView, SavedMethod } from '../../../domain/payments/payments.ts';
import { href } from '../../../routes.ts';
import { Icon } from '../../ui/icon.tsx';
import { type Reader, readerOf } from '../../ui/reader.ts';

type Around = Readonly<{ reader: Reader; slug: string }>;

/** The kept methods: one's own with what can be done to each, then what others offer. */
export function Methods({ reader, slug, page }: Around & Readonly<{ page: AutopayPage }>) {
  const { autopay } = reader.w;
  return (
    <section>
      <h2>{autopay.methods}</h2>
      {page.methods.length === 0 && <p className="lead">{autopay.noMethods}</p>}
      {page.methods.map((method) => (
        <MethodCard key={method.id} reader={reader} slug={slug} method={method} />
      ))}
    </section>
  );
}

function MethodCard({ reader, slug, method }: Around & Readonly<{ method: SavedMethod }>) {
  const { autopay, pay } = reader.w;
  const notes = [
    method.expiresOn && autopay.expires(reader.day(method.expiresOn)),
    method.own && (method.offered ? autopay.offered : autopay.privateNote),
  ].filter(Boolean);
  return (
    <article className="sec">
      <p>
        <b>{method.own ? method.label : autopay.addedBy(method.label, method.addedBy)}</b> <span className="dim">{pay[method.method]}</span>{' '}
        {method.isDefault && method.own && <span className="tag">{autopay.usual}</span>}
      </p>
      <p className="s dim">{notes.join(' · ')}</p>
      {method.own && (
        <form className="quiet" method="post" action={href('methods', { business: slug })}>
          <input type="hidden" name="method" value={publicId('method', method.id)} />
          {!method.isDefault && <Press name="usual" label={autopay.makeUsual} of={method.label} />}
          <Press name={method.offered ? 'take_back' : 'offer'} label={method.offered ? autopay.takeBack : autopay.offer} of={method.label} />
          <a href={href('method', { business: slug, method: publicId('method', method.id) })}>{autopay.remove}</a>
        </form>
      )}
    </article>
  );
}

function Press({ name, label, of }: Readonly<{ name: string; label: string; of: string }>) {
  return (
    <button className="q" type="submit" name="do" value={name} aria-label={`${label}: ${of}`}>
      {label}
    </button>
  );
}

/** What pays by itself: who, with what, up to how much, what comes next, what was. */
export function Mandates({ reader, slug, page }: Around & Readonly<{ page: AutopayPage }>) {
  const { autopay } = reader.w;
  const standing = page.mandates.filter(({ endedAt }) => endedAt === null);
  const past = page.mandates.filter(({ endedAt }) => endedAt !== null).flatMap(({ charges }) => charges);
  return (
    <section>
      <h2>{autopay.autopay}</h2>
      {standing.length === 0 && <p className="lead">{page.allowed ? `${autopay.off} ${autopay.offLead(page.noticeDays)}` : autopay.notOffered}</p>}
      {standing.map((mandate) => (
        <MandateCard key={mandate.id} reader={reader} slug={slug} mandate={mandate} timeZone={page.timeZone} />
      ))}
      {past.length > 0 && (
        <details className="sec">
          <summary>{autopay.history}</summary>
          <Charges reader={reader} charges={past} />
        </details>
      )}
    </section>
  );
}

function MandateCard({ reader, slug, mandate, timeZone }: Around & Readonly<{ mandate: MandateView; timeZone: string }>) {
  const { autopay } = reader.w;
  const money = readerOf(reader.locale, mandate.currency).money;
  const open = mandate.charges.filter(({ state }) => state === 'planned' || state === 'charging');
  const over = mandate.charges.filter(({ state }) => state !== 'planned' && state !== 'charging');
  return (
    <article className="sec">
      <p>
        <Icon name="check" /> <b>{mandate.propertyName || autopay.wholeAccount}</b>
      </p>
      <p className="s dim">
        {[mandate.methodLabel, autopay.upTo(money(mandate.capMinor)), mandate.own ? '' : autopay.givenBy(mandate.personName)].filter(Boolean).join(' · ')}
      </p>
      <h3>{autopay.next}</h3>
      {open.length === 0 && <p className="s dim">{autopay.noNext}</p>}
      {open.map((charge) => (
        <form key={charge.id} className="sec" method="post" action={href('methods', { business: slug })}>
          <p>
            <b className="n">{money(charge.amountMinor)}</b>{' '}
            <a href={href('document', { business: slug, document: publicId('invoice', charge.documentId) })}>{reader.w.invoice.title(charge.number)}</a>
          </p>
          <p className="s dim">{charge.tries > 0 ? autopay.again(reader.day(charge.nextOn)) : reader.day(charge.nextOn)}</p>
          <input type="hidden" name="charge" value={publicId('charge', charge.id)} />
          {mandate.own && charge.state === 'planned' && <Press name="skip" label={autopay.skip} of={charge.number} />}
        </form>
      ))}
      <details className="sec">
        <summary>{autopay.agreedTitle}</summary>
        <p>{mandate.wording}</p>
        <p className="s dim">{autopay.agreedOn(reader.day(todayIn(timeZone, mandate.givenAt)), mandate.personName)}</p>
      </details>
      {over.length > 0 && (
        <details className="sec">
          <summary>{autopay.history}</summary>
          <Charges reader={reader} charges={over} />
        </details>
      )}
      {mandate.own && (
        <form className="quiet" method="post" action={href('methods', { business: slug })}>
          <input type="hidden" name="mandate" value={publicId('mandate', mandate.id)} />
          <a
            href={href(
              'autopayTerms',
              { business: slug },
              { for: mandate.propertyId ? publicId('property', mandate.propertyId) : publicId('customer', mandate.customerId) },
            )}
          >
            {autopay.change}
          </a>
          <Press name="stop" label={autopay.stop} of={mandate.propertyName || autopay.wholeAccount} />
        </form>
      )}
    </article>
  );
}

function Charges({ reader, charges }: Readonly<{ reader: Reader; charges: MandateView['charges'] }>) {
  const { autopay } = reader.w;
  return (
    <ul className="rows">
      {charges.slice(0, 24).map((charge) => (
        <li key={charge.id}>
          <span className="n">{readerOf(reader.locale, charge.currency).money(charge.amountMinor)}</span> · {reader.w.invoice.title(charge.number)} ·{' '}
          {reader.day(charge.plannedOn)}
          <br />
          <small>{autopay.states[charge.state]}</small>
        </li>
      ))}
    </ul>
  );
}

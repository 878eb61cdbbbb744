import { publicId } from '../../../core/ids.ts';
import type { DocumentHead, InvoiceFacts } from '../../../outgoing/invoice-facts.ts';
import { href } from '../../../routes.ts';
import type { Reader } from '../../ui/reader.ts';

/** Numbers, days and names, for whoever has to file the invoice. */
export function Details({ reader, facts }: Readonly<{ reader: Reader; facts: DocumentHead }>) {
  const { w, day } = reader;
  const { document, billTo } = facts;
  const rows: readonly [string, string | null][] = [
    [w.invoice.number, document.number],
    [w.invoice.issuedOn, day(document.issuedOn)],
    [w.invoice.due, day(document.dueOn)],
    [w.invoice.poNumber, document.poNumber],
    [w.invoice.workOrderNumber, document.workOrderNumber],
    [w.invoice.billTo, [billTo.company, billTo.name, ...billTo.addressLines].filter((line, at, all) => line && all.indexOf(line) === at).join('\n')],
  ];
  return (
    <section>
      <h2>{w.invoice.invoice}</h2>
      <dl className="kv s">
        {rows
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="ps">{value}</dd>
            </div>
          ))}
      </dl>
      <Attachments reader={reader} facts={facts} />
    </section>
  );
}

function Attachments({ reader, facts }: Readonly<{ reader: Reader; facts: DocumentHead }>) {
  const { document, business } = facts;
  if (document.attachments.length === 0) return null;
  return (
    <>
      <h3 className="sec">{reader.w.invoice.attachments}</h3>
      <ul>
        {document.attachments.map((file) => (
          <li key={file.id}>
            <a href={href('documentFile', { business: business.slug, document: publicId('invoice', document.id), file: publicId('file', file.id) })}>
              {file.name}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the business wrote above the lines. */
export function Words({ reader, facts }: Readonly<{ reader: Reader; facts: DocumentHead }>) {
  if (!facts.document.message) return null;
  return (
    <section>
      <h2>{reader.w.invoice.messageFrom(facts.business.name)}</h2>
      <p className="ps lead">{facts.document.message}</p>
    </section>
  );
}

/** The business's own words on paying without the portal. */
export function HowToPay({ reader, facts }: Readonly<{ reader: Reader; facts: InvoiceFacts }>) {
  if (!facts.business.howToPay) return null;
  return (
    <section id="how-to-pay">
      <h2>{reader.w.invoice.howToPay}</h2>
      <p className="ps lead">{facts.business.howToPay}</p>
      <p className="lead">{reader.w.invoice.howToPayLead(facts.document.number)}</p>
    </section>
  );
}

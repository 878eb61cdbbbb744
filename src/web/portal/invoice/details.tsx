import { publicId } from '../../../core/ids.ts';
import type { AttachmentFact, DocumentHead, InvoiceFacts } from '../../../outgoing/invoice-facts.ts';
import { href, type Params } from '../../../routes.ts';
import type { Reader } from '../../ui/reader.ts';
import { isPhoto } from './photos.ts';

/** Numbers, days and names, for whoever has to file the invoice. */
export function Details({ reader, facts }: Readonly<{ reader: Reader; facts: DocumentHead }>) {
  const { w, day } = reader;
  const { document, billTo } = facts;
  const bill = (document.purpose ?? 'bill') === 'bill';
  const rows: readonly [string, string | null][] = [
    [bill ? w.invoice.number : w.charges.number, document.number],
    [document.purpose === 'deposit' ? w.charges.day : w.invoice.issuedOn, day(document.issuedOn)],
    [w.invoice.due, day(document.dueOn)],
    [w.invoice.poNumber, document.poNumber],
    [w.invoice.workOrderNumber, document.workOrderNumber],
    [w.invoice.billTo, [billTo.company, billTo.name, ...billTo.addressLines].filter((line, at, all) => line && all.indexOf(line) === at).join('\n')],
  ];
  return (
    <section>
      <h2>{bill ? w.invoice.invoice : document.purpose === 'deposit' ? w.charges.deposit : w.charges.lateFee}</h2>
      <DetailRows rows={rows} />
      <Attachments reader={reader} attachments={document.attachments} at={{ business: facts.business.slug, document: publicId('invoice', document.id) }} />
    </section>
  );
}

/** Rows of a name and what it is; those without are left out. */
export function DetailRows({ rows }: Readonly<{ rows: readonly (readonly [string, string | null])[] }>) {
  return (
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
  );
}

/** Photos as small pictures in squares of their own size, so that nothing moves when they come; other files by name. */
export function Attachments({ reader, attachments, at }: Readonly<{ reader: Reader; attachments: readonly AttachmentFact[]; at: Params<'document'> }>) {
  if (attachments.length === 0) return null;
  const photos = attachments.filter(({ mediaType }) => isPhoto(mediaType));
  const others = attachments.filter(({ mediaType }) => !isPhoto(mediaType));
  return (
    <>
      <h3 className="sec">{reader.w.invoice.attachments}</h3>
      {photos.length > 0 && (
        <ul className="pics">
          {photos.map((file) => (
            <Photo key={file.id} at={at} file={file} />
          ))}
        </ul>
      )}
      <ul>
        {others.map((file) => (
          <li key={file.id}>
            <a href={href('documentFile', { ...at, file: publicId('file', file.id) })}>{file.name}</a>
          </li>
        ))}
      </ul>
    </>
  );
}

export function Photo({ at, file }: Readonly<{ at: { business: string; document: string }; file: Pick<AttachmentFact, 'id' | 'name'> }>) {
  const place = { ...at, file: publicId('file', file.id) };
  return (
    <li>
      <a href={href('documentFile', place)}>
        <img src={href('documentFile', place, { small: '1' })} alt={file.name} width={112} height={112} loading="lazy" decoding="async" />
      </a>
    </li>
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
      <p className="lead">{(facts.document.purpose === 'deposit' ? reader.w.charges : reader.w.invoice).howToPayLead(facts.document.number)}</p>
    </section>
  );
}

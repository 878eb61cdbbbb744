import { publicId } from '../../../core/ids.ts';
import { href } from '../../../routes.ts';
import type { Reader } from '../../ui/reader.ts';
import { Row } from './lines.tsx';
import type { PageExtras } from './page-data.ts';

/** What was taken back of the invoice, each with its paper, oldest first. */
export function CreditNotes({ reader, extras, slug, documentId }: Readonly<{ reader: Reader; extras: PageExtras; slug: string; documentId: string }>) {
  const { back } = reader.w;
  const notes = extras.history.flatMap(({ kind, data }) => {
    const { creditNoteId: id, creditNumber: number, amountMinor } = data;
    return kind === 'invoice.credited' && typeof id === 'string' && typeof number === 'string' && typeof amountMinor === 'bigint'
      ? [{ id, number, amountMinor }]
      : [];
  });
  if (notes.length === 0) return null;
  const at = { business: slug, document: publicId('invoice', documentId) };
  return (
    <section>
      <h2>{back.creditNotes}</h2>
      <dl className="tot">
        {notes.reverse().map(({ id, number, amountMinor }) => (
          <Row
            key={id}
            label={<a href={href('creditNotePdf', { ...at, note: publicId('creditNote', id) })}>{back.creditNoteTitle(number)}</a>}
            value={`−${reader.money(amountMinor)}`}
          />
        ))}
      </dl>
    </section>
  );
}

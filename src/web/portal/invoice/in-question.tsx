import { publicId } from '../../../core/ids.ts';
import { href } from '../../../routes.ts';
import type { Reader } from '../../ui/reader.ts';
import type { AskedCharge, PageExtras, ReaderGrant } from './page-data.ts';

type Props = Readonly<{ reader: Reader; extras: PageExtras; grant: ReaderGrant; at: Readonly<{ business: string; document: string }>; number: string }>;

/** Every charge that was questioned, and what became of it; what is open can be taken back. */
export function InQuestion({ reader, extras, grant, at, number }: Props) {
  if (extras.asked.length === 0) return null;
  const { questioned } = reader.w;
  return (
    <section id="in-question" data-live="in-question">
      <h2>{questioned.yours}</h2>
      <ul className="rows">
        {extras.asked.map((asked) => (
          <li key={asked.id}>
            <span>{asked.line || questioned.whole(number)}</span>
            <span className="n">{reader.money(asked.amountMinor)}</span>
            <small>{saying(asked, reader)}</small>
            {asked.ending === null && grant.canAsk && !grant.preview && <Withdraw reader={reader} asked={asked} at={at} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Withdraw({ reader, asked, at }: Pick<Props, 'reader' | 'at'> & { asked: AskedCharge }) {
  const { questioned } = reader.w;
  return (
    <form method="post" action={href('withdrawQuestion', { ...at, question: publicId('question', asked.id) })}>
      <button className="q" type="submit" aria-label={`${questioned.withdraw}: ${reader.money(asked.amountMinor)}`}>
        {questioned.withdraw}
      </button>
    </form>
  );
}

function saying(asked: AskedCharge, reader: Reader): string {
  const { questioned, invoice, question } = reader.w;
  if (asked.ending === null) return `${invoice.inQuestion} · ${question.waiting}`;
  const rest = asked.remindersFrom ? questioned.restUntil(reader.day(asked.remindersFrom)) : '';
  return [questioned.ending[asked.ending], rest].filter(Boolean).join(' · ');
}

import { publicId } from '../../../core/ids.ts';
import { leftOutOf } from '../../../domain/payments/payments.ts';
import { href } from '../../../routes.ts';
import { Field } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type Reader, readerOf } from '../../ui/reader.ts';
import { alsoValue, pairsOf } from './choice.ts';
import { Hidden, type ManyPage, titleOf } from './many-page.tsx';

/** An amount of their own, what would be left out, and what becomes of the rest: the page comes back with what that pays. */
export function Change({ page, open }: Readonly<{ page: ManyPage; open: boolean }>) {
  const { found, asked, fullMinor, look } = page;
  const [first] = found.bills.filter((bill) => bill.mayPay);
  if (first === undefined) return null;
  const reader = readerOf(page.reader.locale, first.currency, page.home);
  const { w, money } = reader;
  const named = new Set(asked.invoices);
  const bills = found.bills.filter((bill) => bill.mayPay && (named.size === 0 || named.has(publicId('invoice', bill.documentId))));
  const out = bills.flatMap((bill) => leftOutOf(bill).map((each) => ({ ...each, bill })));
  const least = found.house.floorMinor < fullMinor ? found.house.floorMinor : fullMinor;
  if (!found.house.partPayment && out.length === 0) return null;
  return (
    <details className="sec" open={open || undefined}>
      <summary>{w.pay.changeWhat}</summary>
      <form method="get" action={href('payMany', { business: look.slug })} className="narrow">
        <Hidden pairs={pairsOf({ ...asked, also: [], amount: '', keep: false })} />
        {out.length > 0 && (
          <fieldset className="pick">
            <legend className="v">{w.pay.changeWhat}</legend>
            {out.map(({ bill, what, amountMinor }) => (
              <label key={alsoValue(bill.documentId, what)}>
                <input
                  type="checkbox"
                  name="also"
                  value={alsoValue(bill.documentId, what)}
                  defaultChecked={asked.also.includes(alsoValue(bill.documentId, what))}
                />
                <span>
                  {w.pay.also[what](money(amountMinor))}
                  <small>{titleOf(reader, bill)}</small>
                </span>
              </label>
            ))}
          </fieldset>
        )}
        {found.house.partPayment && (
          <Field
            label={w.pay.ownAmount}
            name="amount"
            inputMode="decimal"
            maxLength={20}
            value={asked.amount}
            hint={w.pay.ownAmountHint(money(least), money(fullMinor))}
            problem={page.problem}
          />
        )}
        {(page.overMinor > 0n || asked.keep) && <Keep reader={reader} overMinor={page.overMinor} checked={asked.keep} />}
        <button className="btn two" type="submit">
          {w.pay.showAmount}
          <Icon name="next" />
        </button>
      </form>
    </details>
  );
}

/** More than is owed is paid on purpose only (rule 22). */
function Keep({ reader, overMinor, checked }: Readonly<{ reader: Reader; overMinor: bigint; checked: boolean }>) {
  const { pay } = reader.w;
  const text = overMinor > 0n ? pay.keepCredit(reader.money(overMinor)) : pay.keepRest;
  return (
    <div>
      {overMinor > 0n && (
        <p role="alert" id="problem" className="gap">
          <b>{pay.overBy(reader.money(overMinor))}</b>
        </p>
      )}
      <div className="pick">
        <label>
          <input type="checkbox" name="keep" value="1" defaultChecked={checked} />
          <span>{text}</span>
        </label>
      </div>
    </div>
  );
}

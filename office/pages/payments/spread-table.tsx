import { Checkbox } from '@mantine/core';
import type { Spread } from '../../api/types.ts';
import { Day } from '../../parts/days.tsx';
import { useMoney } from '../../parts/money.tsx';
import { SkeletonRows } from '../../parts/notes.tsx';

type Props = {
  spread: Spread | undefined /** An amount is given, so what each gets can be told. */;
  preview: boolean;
  chosen: string[] | undefined;
  onChoose: (ids: string[] | null) => void;
};

/** What the payment will pay, before it is recorded: oldest due first, or only what is ticked. */
export function SpreadTable({ spread, preview, chosen, onChoose }: Props) {
  const money = useMoney();
  if (spread === undefined) return <SkeletonRows rows={3} />;
  if (spread.shares.length === 0) return <p className="dim small">This customer owes nothing right now. The whole amount can be kept as credit.</p>;
  const on = (id: string): boolean => chosen === undefined || chosen.includes(id);
  const toggle = (id: string): void => {
    const now = spread.shares.map((share) => share.invoiceId).filter(on);
    const next = now.includes(id) ? now.filter((each) => each !== id) : [...now, id];
    onChoose(next.length === spread.shares.length || next.length === 0 ? null : next);
  };
  return (
    <fieldset className="fieldset">
      <legend>What it pays</legend>
      <div className="spread-table">
        {spread.shares.map((share) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is the control
          <label key={share.invoiceId} className="spread-row">
            <Checkbox
              size="xs"
              checked={on(share.invoiceId) && share.payableMinor > 0}
              disabled={share.payableMinor === 0}
              onChange={() => toggle(share.invoiceId)}
              aria-label={`Pay ${share.number}`}
            />
            <span className="num">
              <span className="strong">{share.number}</span>
              {share.dueOn && (
                <span className="dim small">
                  {' '}
                  due <Day day={share.dueOn} />
                </span>
              )}
              <span className="dim small" style={{ display: 'block' }}>
                {money(share.balanceMinor, spread.currency)} {share.payableMinor === 0 ? 'on its way already' : 'open'}
              </span>
            </span>
            {preview && (
              <span className="num end">
                <span className={share.amountMinor > 0 ? 'strong' : 'dim'}>{money(share.amountMinor, spread.currency)}</span>
                {share.amountMinor > 0 && (
                  <span className="dim small" style={{ display: 'block' }}>
                    leaves {money(share.leftMinor, spread.currency)}
                  </span>
                )}
              </span>
            )}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

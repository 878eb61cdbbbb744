import { Radio, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { processorQuery } from '../../api/queries.ts';
import type { Processor } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { MoneyField } from '../../parts/money-field.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { keep, StripeAccount } from './stripe-account.tsx';

/** By which processor customers pay, in which ways, and the account it goes to. */
export function CardPayments({ currency }: { currency: string }) {
  const query = useQuery(processorQuery);
  return (
    <Section title="Cards and bank payments" id="card-payments">
      {query.data ? (
        <div className="stack">
          <Choice processor={query.data} currency={currency} />
          <StripeAccount processor={query.data} />
        </div>
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows rows={4} />
      )}
    </Section>
  );
}

function Choice({ processor, currency }: { processor: Processor; currency: string }) {
  const change = useAct('changeProcessor', { done: keep });
  const ready = processor.connected !== null && processor.connected.secretHint !== null;
  const floors = [
    ['card', 'cardFloorMinor', 'Smallest card payment'],
    ['bank', 'bankFloorMinor', 'Smallest bank payment'],
  ] as const;
  return (
    <>
      <Radio.Group
        label="Customers pay through"
        value={processor.gateway ?? 'none'}
        onChange={(value) => change.mutate({ body: { gateway: value === 'stripe' || value === 'sandbox' ? value : null } })}
      >
        <div className="stack" style={{ gap: '.5rem', marginTop: '.5rem' }}>
          <Radio value="none" label="Not online" description="They read how to pay by check or transfer" disabled={change.isPending} />
          <Radio
            value="stripe"
            label="Stripe"
            description={ready ? 'Cards, wallets and US bank accounts' : 'Connect your account below first'}
            disabled={change.isPending || (!ready && processor.gateway !== 'stripe')}
          />
          {processor.sandboxAvailable && (
            <Radio value="sandbox" label="Test payments" description="Cards and bank debits that move no money" disabled={change.isPending} />
          )}
        </div>
      </Radio.Group>
      {processor.gateway !== null && (
        <div className="row wrap" style={{ alignItems: 'flex-start', gap: '2rem' }}>
          {floors.map(([method, floor, label]) => (
            <div key={method} className="stack" style={{ gap: '.5rem' }}>
              <Switch
                label={method === 'card' ? 'Cards and wallets' : 'Bank account (US)'}
                checked={processor[method]}
                disabled={change.isPending}
                onChange={(event) => change.mutate({ body: { [method]: event.currentTarget.checked } })}
              />
              {processor[method] && (
                <MoneyField
                  label={label}
                  maw={200}
                  currency={currency}
                  minor={processor[floor]}
                  onMinor={(minor) => minor !== null && minor > 0 && minor !== processor[floor] && change.mutate({ body: { [floor]: minor } })}
                />
              )}
            </div>
          ))}
        </div>
      )}
    </>
  );
}

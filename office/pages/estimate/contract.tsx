import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { estimateQuery } from '../../api/estimate-queries.ts';
import { freshId } from '../../api/fresh-id.ts';
import type { Estimate } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { EstimateMark } from '../../parts/estimate-mark.tsx';
import { useMoney } from '../../parts/money.tsx';
import { Section } from '../../parts/page.tsx';
import { rememberFresh } from '../editor/fresh-draft.ts';
import { estimateLink } from '../estimates/estimate-table.tsx';

/** Contract to date: what was agreed first, the changes approved since, and every change order with where it stands. */
export function ContractPart({ estimate }: { estimate: Estimate }) {
  const money = useMoney();
  const { contract, changeOrders, billing } = estimate;
  if (contract === null) return null;
  const { originalMinor, changesMinor, changeCount, contractMinor, currency } = contract;
  const rows: readonly (readonly [string, number])[] = [
    ['Agreed first', originalMinor],
    [changeCount === 1 ? '1 approved change' : `${changeCount} approved changes`, changesMinor],
  ];
  const billed: readonly (readonly [string, number])[] = [
    ['Billed to date', contract.billedMinor],
    ...(billing.draftedMinor === 0 ? [] : [['In drafts', billing.draftedMinor] as const]),
    ['Left to bill', billing.openMinor],
  ];
  return (
    <Section title="Contract" id="contract" {...(estimate.acts.includes('amend') ? { actions: <NewChangeOrder estimate={estimate} /> } : {})}>
      {contract.stands ? (
        <dl className="contract">
          {rows.map(([label, minor]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="num">{money(minor, currency)}</dd>
            </div>
          ))}
          <div className="strong">
            <dt>Contract to date</dt>
            <dd className="num">{money(contractMinor, currency)}</dd>
          </div>
          {billed.map(([label, minor]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="num">{money(minor, currency)}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="dim small">
          The approval of{' '}
          <Link to="/estimates/$estimateId" params={{ estimateId: contract.estimateId }} className="link num">
            {contract.number}
          </Link>{' '}
          was taken back. Its change orders wait until it is approved again.
        </p>
      )}
      {changeOrders.length > 0 && (
        <ol className="versions">
          {changeOrders.map((each) => (
            <li key={each.id} aria-current={each.id === estimate.id ? 'true' : undefined}>
              <div className="row wrap">
                <Link {...estimateLink(each)} className="link strong num">
                  {each.number === null ? 'Draft' : each.revision > 1 ? `${each.number} R${each.revision}` : each.number}
                </Link>
                <EstimateMark status={each.status} />
                <span className="grow" />
                <span className="num">{money(each.chosenMinor ?? each.totalMinor, currency)}</span>
              </div>
            </li>
          ))}
        </ol>
      )}
      <Billed estimate={estimate} />
    </Section>
  );
}

/** Every invoice of the contract, with what of it it bills. */
function Billed({ estimate }: { estimate: Estimate }) {
  const money = useMoney();
  const { billing, currency } = estimate;
  if (billing.invoices.length === 0) return null;
  return (
    <>
      <h3 className="small dim">Invoices</h3>
      <ol className="versions">
        {billing.invoices.map((each) => (
          <li key={each.id}>
            <div className="row wrap">
              <Link to="/invoices/$invoiceId" params={{ invoiceId: each.id }} className="link strong num">
                {each.number ?? 'Draft'}
              </Link>
              <span className="dim small">
                {[
                  billText(each, billing.stages),
                  each.status === 'canceled' && 'canceled',
                  each.heldBackMinor > 0 && `${money(each.heldBackMinor, currency)} held back`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <span className="grow" />
              <span className="num">{money(each.totalMinor, currency)}</span>
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}

type Billing = Estimate['billing'];
const bills: Readonly<Record<Billing['invoices'][number]['bill'], string>> = {
  whole: 'whole',
  stage: 'stage',
  percent: 'a percent',
  amount: 'an amount',
  rest: 'the rest',
};

function billText({ bill, stage }: Billing['invoices'][number], stages: Billing['stages']): string {
  return stage === null ? bills[bill] : (stages[stage]?.label ?? bills[bill]);
}

function NewChangeOrder({ estimate }: { estimate: Estimate }) {
  const navigate = useNavigate();
  const id = useRef(freshId('estimate'));
  const create = useAct('createChangeOrder', {
    renew: ['estimates'],
    done: (draft, _, client) => {
      client.setQueryData(estimateQuery(draft.id).queryKey, draft);
      rememberFresh(draft.id);
      return navigate({ to: '/estimates/$estimateId/edit', params: { estimateId: draft.id } });
    },
  });
  return (
    <Button
      variant="default"
      size="compact-sm"
      loading={create.isPending}
      onClick={() => create.mutate({ body: { id: id.current, estimateId: estimate.id }, key: id.current })}
    >
      New change order
    </Button>
  );
}

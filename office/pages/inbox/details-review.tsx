import { Button, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { detailChangesQuery, detailRulesQuery } from '../../api/detail-queries.ts';
import type { BillingDetails, DetailChange } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { addressText } from '../../parts/address-fields.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Moment } from '../../parts/days.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { toast } from '../../parts/toast.ts';

const labels: Readonly<Record<keyof BillingDetails, string>> = {
  ...{ name: 'Name', company: 'Company', billingAddress: 'Address', language: 'Language', poRequired: 'PO number asked for' },
  ...{ taxExempt: 'Exempt from tax', taxExemptNote: 'Number of the exemption' },
};
const renew = ['detail-changes', 'customers', 'home'];

/** What customers want changed of their billing details: taken as asked, corrected first, or refused with words. */
export function DetailsReview() {
  const query = useQuery(detailChangesQuery({ state: 'waiting' }));
  const rows = query.data?.items ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="review" aria-labelledby="review">
      <h2 id="review">
        Details to review <span className="dim num">{rows.length}</span>
      </h2>
      <ul className="review-list">
        {rows.map((row) => (
          <li key={row.id} className="card pad">
            <Change change={row} />
          </li>
        ))}
      </ul>
      <ReviewSwitch />
    </section>
  );
}

function Change({ change }: { change: DetailChange }) {
  const { rights } = useOffice();
  const [asked, setAsked] = useState<BillingDetails>(change.asked);
  const [refusing, setRefusing] = useState(false);
  const params = { changeId: change.id };
  const accept = useAct('acceptDetailChange', { renew, done: () => toast(`${change.customer.name} is changed; they are told by mail`) });
  const refuse = useAct('refuseDetailChange', { renew, done: () => toast('Left as it was; they are told by mail') });
  const names = (Object.keys(labels) as (keyof BillingDetails)[]).filter((name) => Object.hasOwn(change.asked, name));
  const mayAct = rights.includes('customers:write');
  return (
    <>
      <p className="spread wrap">
        <Link to="/customers/$customerId" params={{ customerId: change.customer.id }} className="strong">
          {change.customer.name}
        </Link>
        <span className="dim small">
          {change.person?.name} · <Moment at={change.askedAt} />
        </span>
      </p>
      <dl className="facts">
        {names.map((name) => (
          <div key={name} className="fact">
            <dt>{labels[name]}</dt>
            <dd>
              <del className="dim">{textOf(change.before[name]) || 'nothing'}</del>
              {mayAct && (name === 'name' || name === 'company' || name === 'taxExemptNote') ? (
                <TextInput
                  aria-label={`${labels[name]} from now on`}
                  size="xs"
                  maxLength={120}
                  value={asked[name] ?? ''}
                  onChange={(event) => setAsked({ ...asked, [name]: event.currentTarget.value })}
                />
              ) : mayAct && name === 'billingAddress' && asked.billingAddress ? (
                <AddressLine address={asked.billingAddress} onChange={(billingAddress) => setAsked({ ...asked, billingAddress })} />
              ) : (
                <ins>{textOf(asked[name]) || 'nothing'}</ins>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {mayAct && (
        <div className="row wrap">
          <Button size="xs" loading={accept.isPending} onClick={() => accept.mutate({ params, body: { changes: asked } })}>
            Accept changes
          </Button>
          <Button size="xs" variant="default" onClick={() => setRefusing(true)}>
            Refuse
          </Button>
        </div>
      )}
      {refusing && (
        <Confirm
          title={`Leave ${change.customer.name} as it is?`}
          act="Refuse changes"
          busy={refuse.isPending}
          reason={{ label: 'Why; your customer reads this' }}
          onAct={(words) => refuse.mutate({ params, body: { words } }, { onSuccess: () => setRefusing(false) })}
          onClose={() => setRefusing(false)}
        >
          <p>Nothing is changed. {change.person?.name ?? 'They'} can ask for something else.</p>
        </Confirm>
      )}
    </>
  );
}

type AddressValue = NonNullable<BillingDetails['billingAddress']>;
const parts: readonly (readonly [keyof AddressValue, string])[] = [
  ...([
    ['street', 'Street'],
    ['unit', 'Apartment, suite'],
    ['city', 'City'],
  ] as const),
  ...([
    ['region', 'State'],
    ['postalCode', 'ZIP'],
    ['country', 'Country'],
  ] as const),
];

function AddressLine({ address, onChange }: { address: AddressValue; onChange: (address: AddressValue) => void }) {
  return (
    <div className="review-address">
      {parts.map(([part, label]) => (
        <TextInput
          key={part}
          size="xs"
          aria-label={`${label} from now on`}
          placeholder={label}
          maxLength={part === 'country' ? 2 : 120}
          value={address[part]}
          onChange={(event) => onChange({ ...address, [part]: event.currentTarget.value })}
        />
      ))}
    </div>
  );
}

function textOf(value: BillingDetails[keyof BillingDetails]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object') return [addressText(value), value.country].filter(Boolean).join(', ');
  return value ?? '';
}

function ReviewSwitch() {
  const { rights } = useOffice();
  const may = rights.includes('settings:read');
  const rules = useQuery({ ...detailRulesQuery, enabled: may });
  const change = useAct('changeDetailRules', { renew: ['detail-rules'] });
  if (!may || rules.data === undefined) return null;
  return (
    <Switch
      label="Names and addresses that customers change wait for a look"
      description="An exemption of tax always does; the language and the PO rule never."
      checked={rules.data.review}
      disabled={!rights.includes('settings:write') || change.isPending}
      onChange={(event) => change.mutate({ body: { review: event.currentTarget.checked } })}
    />
  );
}

import { Button, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { divideHalfUp } from '../../../src/core/money.ts';
import { formatRate } from '../../../src/core/money-format.ts';
import { parseRate } from '../../../src/core/money-parse.ts';
import { freshId } from '../../api/fresh-id.ts';
import { ApiProblem } from '../../api/problem.ts';
import { propertiesQuery } from '../../api/queries.ts';
import type { AskedDeposit } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { DayField } from '../../parts/day-field.tsx';
import { DecimalField } from '../../parts/decimal-field.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { useMoney } from '../../parts/money.tsx';
import { MoneyField } from '../../parts/money-field.tsx';
import { useOffice } from '../../parts/office-context.ts';

const million = 1_000_000n;

/** Money asked for ahead, with no estimate before it: a draft to review and send. */
export function DepositRequest({ customerId }: { customerId: string }) {
  const { business, today } = useOffice();
  const navigate = useNavigate();
  const id = useRef(freshId('invoice'));
  const properties = useQuery(propertiesQuery(customerId)).data?.items ?? [];
  const [asked, setAsked] = useState<AskedDeposit | null>(null);
  const [title, setTitle] = useState('');
  const [description, setDescription] = useState('');
  const [propertyId, setProperty] = useState<string | null>(null);
  const [dueOn, setDue] = useState<string | null>(null);
  const ask = useAct('requestDeposit', {
    renew: ['invoices', 'customers'],
    done: (draft) => navigate({ to: '/invoices/$invoiceId/send', params: { invoiceId: draft.id } }),
    failed: (error) => error instanceof ApiProblem,
  });
  const submit = (): void => {
    if (asked !== null) ask.mutate({ body: { id: id.current, customerId, propertyId, title: title.trim(), description, asked, dueOn }, key: id.current });
  };
  return (
    <Form onSubmit={submit}>
      <p className="dim small">You hold this money; it is no sale yet and carries no tax. It comes off the first invoice it fits by itself.</p>
      <TextInput
        label="What for"
        placeholder="New kitchen"
        data-autofocus
        maxLength={120}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <AskedFields currency={business.currency} onAsked={setAsked} />
      {properties.length > 0 && (
        <Select
          label="For a property"
          description="Then only an invoice for this property takes it off"
          placeholder="Any"
          clearable
          searchable
          data={properties.filter((property) => !property.archived).map((property) => ({ value: property.id, label: property.title }))}
          value={propertyId}
          onChange={setProperty}
        />
      )}
      <DayField label="Due" placeholder="As usual" clearable minDate={today} day={dueOn} onDay={setDue} />
      <Textarea
        label="A few words"
        description="Stand on the request"
        autosize
        minRows={2}
        maxLength={1800}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <FormProblem error={ask.error} />
      <div className="form-foot">
        <Button type="submit" loading={ask.isPending} disabled={asked === null}>
          Review and send
        </Button>
      </div>
    </Form>
  );
}

type Typed = Readonly<{ kind: 'amount' | 'percent'; amountMinor: number | null; ratePpm: number | null; ofMinor: number | null }>;

const shareOf = ({ ratePpm, ofMinor }: Typed): number | null =>
  ratePpm === null || ofMinor === null ? null : Number(divideHalfUp(BigInt(ofMinor) * BigInt(ratePpm), million));

/** null while it is nothing yet. */
function askedOf(typed: Typed): AskedDeposit | null {
  const { kind, amountMinor, ratePpm, ofMinor } = typed;
  if (kind === 'amount') return amountMinor !== null && amountMinor > 0 ? { kind, amountMinor } : null;
  return ratePpm !== null && ofMinor !== null && (shareOf(typed) ?? 0) > 0 ? { kind, ratePpm, ofMinor } : null;
}

function AskedFields({ currency, onAsked }: { currency: string; onAsked: (asked: AskedDeposit | null) => void }) {
  const money = useMoney();
  const [typed, setTyped] = useState<Typed>({ kind: 'amount', amountMinor: null, ratePpm: 300_000, ofMinor: null });
  const share = shareOf(typed);
  const tell = (next: Typed): void => {
    setTyped(next);
    onAsked(askedOf(next));
  };
  return (
    <>
      <SegmentedControl
        aria-label="Ask for"
        data={[
          { value: 'amount', label: 'An amount' },
          { value: 'percent', label: 'A share of the work' },
        ]}
        value={typed.kind}
        onChange={(value) => tell({ ...typed, kind: value === 'percent' ? 'percent' : 'amount' })}
      />
      {typed.kind === 'amount' ? (
        <MoneyField label="Amount" minor={typed.amountMinor} currency={currency} onMinor={(amountMinor) => tell({ ...typed, amountMinor })} />
      ) : (
        <div className="fields">
          <MoneyField label="The work comes to about" minor={typed.ofMinor} currency={currency} onMinor={(ofMinor) => tell({ ...typed, ofMinor })} />
          <DecimalField
            label="Share"
            value={typed.ratePpm}
            read={(text) => Number(parseRate(text))}
            write={(ppm) => formatRate(BigInt(ppm), 'en')}
            wrongWords="Between 0 and 100%"
            onValue={(ratePpm) => tell({ ...typed, ratePpm })}
          />
          {share !== null && share > 0 && <p className="full num">That is {money(share, currency)}.</p>}
        </div>
      )}
    </>
  );
}

import { Button, Checkbox, SegmentedControl, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { addressOf, call } from '../../api/client.ts';
import { freshId } from '../../api/fresh-id.ts';
import { creditNotesQuery } from '../../api/queries.ts';
import type { CreditChoice, Invoice } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Day } from '../../parts/days.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { Money, useMoney } from '../../parts/money.tsx';
import { MoneyField } from '../../parts/money-field.tsx';
import { Section } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';

const renew = ['invoices', 'home', 'customers', 'events', 'payments', 'credit-notes'];

/** Takes back all that is left, an amount, or lines of an invoice. What it comes to is shown before it is written. */
export function CreditNote({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const money = useMoney();
  const id = useRef(freshId('creditNote'));
  const [kind, setKind] = useState<CreditChoice['kind']>('rest');
  const [amountMinor, setAmount] = useState<number | null>(null);
  const [lineIds, setLines] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const choice = choiceOf(invoice, kind, amountMinor, lineIds);
  const preview = usePreview(invoice, choice);
  const total = preview.data ? money(preview.data.totalMinor, invoice.currency) : '';
  const act = useAct('writeCreditNote', {
    renew,
    done: (note) => {
      onClose();
      toast(`Credit note ${note.number} is written`);
    },
    failed: () => true,
  });
  const ready = choice !== null && preview.data !== undefined && reason.trim() !== '';
  const submit = (): void => {
    if (ready && choice !== null) act.mutate({ params: { invoiceId: invoice.id }, body: { id: id.current, choice, reason: reason.trim() } });
  };
  return (
    <SidePanel title={`Credit note for ${invoice.number}`} onClose={onClose}>
      <Form onSubmit={submit}>
        <SegmentedControl
          value={kind}
          onChange={(value) => setKind(value as CreditChoice['kind'])}
          data={[
            { value: 'rest', label: 'All of it' },
            { value: 'amount', label: 'An amount' },
            { value: 'lines', label: 'Lines' },
          ]}
          aria-label="What is credited"
        />
        {kind === 'amount' && <MoneyField label="Amount, tax included" currency={invoice.currency} minor={amountMinor} onMinor={setAmount} />}
        {kind === 'lines' && <Lines invoice={invoice} chosen={lineIds} onChosen={setLines} />}
        <Textarea
          label="Why"
          description="Your customer reads this"
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Outcome invoice={invoice} preview={preview.data} />
        <FormProblem error={act.error ?? preview.error} />
        <div className="row">
          <Button type="submit" disabled={!ready} loading={act.isPending}>
            Credit {total}
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            Not now
          </Button>
        </div>
      </Form>
    </SidePanel>
  );
}

function choiceOf(invoice: Invoice, kind: CreditChoice['kind'], amountMinor: number | null, lineIds: readonly string[]): CreditChoice | null {
  if (kind === 'rest') return { kind };
  if (kind === 'amount') return amountMinor === null || amountMinor <= 0 ? null : { kind, amountMinor };
  const lines = (invoice.paper?.lines ?? [])
    .filter((line) => lineIds.includes(line.id))
    .map((line) => ({ lineId: line.id, quantityMilli: line.quantityMilli }));
  return lines.length === 0 ? null : { kind, lines };
}

function usePreview(invoice: Invoice, choice: CreditChoice | null) {
  const [asked] = useDebouncedValue(choice, 250);
  return useQuery({
    queryKey: ['credit-notes', 'preview', invoice.id, JSON.stringify(asked)],
    queryFn: ({ signal }) => call('previewCreditNote', { params: { invoiceId: invoice.id }, body: { choice: asked ?? { kind: 'rest' } }, signal }),
    enabled: asked !== null,
    retry: false,
  });
}

function Outcome({
  invoice,
  preview,
}: {
  invoice: Invoice;
  preview: { totalMinor: number; taxMinor: number; loweredMinor: number; freedMinor: number } | undefined;
}) {
  const money = useMoney();
  if (preview === undefined) return null;
  const of = (minor: number): string => money(minor, invoice.currency);
  return (
    <p role="status">
      {of(preview.totalMinor)} is credited, {of(preview.taxMinor)} of it tax.
      {preview.loweredMinor > 0 && ` ${of(preview.loweredMinor)} less is owed.`}
      {preview.freedMinor > 0 && ` ${of(preview.freedMinor)} was paid and becomes your customer’s credit; refund it from the payment.`}
    </p>
  );
}

function Lines({ invoice, chosen, onChosen }: { invoice: Invoice; chosen: readonly string[]; onChosen: (ids: readonly string[]) => void }) {
  const money = useMoney();
  return (
    <div className="stack" style={{ gap: '0.5rem' }}>
      {(invoice.paper?.lines ?? []).map((line) => (
        <Checkbox
          key={line.id}
          label={`${line.name}, ${money(line.netMinor, invoice.currency)}`}
          checked={chosen.includes(line.id)}
          onChange={(event) => onChosen(event.currentTarget.checked ? [...chosen, line.id] : chosen.filter((each) => each !== line.id))}
        />
      ))}
    </div>
  );
}

export function CreditNotes({ invoice }: { invoice: Invoice }) {
  const notes = useQuery(creditNotesQuery(invoice.id)).data?.items ?? [];
  if (notes.length === 0) return null;
  return (
    <Section title="Credit notes" id="credit-notes">
      <table className="list">
        <tbody>
          {notes.map((note) => (
            <tr key={note.id}>
              <td>
                <a className="row-link num" href={addressOf('readCreditNotePdf', { params: { creditNoteId: note.id } })} target="_blank" rel="noreferrer">
                  {note.number}
                </a>
                <div className="small dim">{note.reason}</div>
              </td>
              <td className="dim end">
                <Day day={note.issuedOn} />
              </td>
              <td className="end">
                <Money minor={note.totalMinor} currency={note.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

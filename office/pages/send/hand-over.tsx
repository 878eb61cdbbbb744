import { Button, Select } from '@mantine/core';
import IconCopy from '@tabler/icons-react/dist/esm/icons/IconCopy.mjs';
import IconText from '@tabler/icons-react/dist/esm/icons/IconDeviceMobileMessage.mjs';
import IconQr from '@tabler/icons-react/dist/esm/icons/IconQrcode.mjs';
import IconShare from '@tabler/icons-react/dist/esm/icons/IconShare2.mjs';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import type { Invoice, Recipients } from '../../api/types.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useMoney } from '../../parts/money.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { toast, toastProblem } from '../../parts/toast.ts';
import { QrCode } from './qr-code.tsx';

type Way = 'copy' | 'share' | 'text' | 'qr';

type Handed = Readonly<{
  /** How it is called in a sentence: "invoice", "estimate". */
  noun: 'invoice' | 'estimate';
  isDraft: boolean;
  recipients: Recipients['items'];
  /** Issues it when it is a draft, and makes a link: its address, the number and the amount as text. */
  make: (personId: string | null) => Promise<Readonly<{ url: string; number: string; amount: string }>>;
}>;

/** The link of an invoice in one's own hands. */
export function HandOver({ invoice, recipients }: { invoice: Invoice; recipients: Recipients['items'] }) {
  const client = useQueryClient();
  const money = useMoney();
  const params = { invoiceId: invoice.id };
  const make: Handed['make'] = async (personId) => {
    const issued = invoice.draft === null ? invoice : await call('issueInvoice', { params, body: { show: true }, version: invoice.version });
    const { url } = await call('makeLink', { params, body: { personId } });
    for (const key of ['invoices', 'links', 'home']) void client.invalidateQueries({ queryKey: [key] });
    return { url, number: issued.number ?? '', amount: money(issued.standing.totalMinor, issued.currency) };
  };
  return <HandOverLink noun="invoice" isDraft={invoice.draft !== null} recipients={recipients} make={make} />;
}

/** Copied, shared, texted, or held out as a QR code. A draft is issued first, after asking. */
export function HandOverLink({ noun, isDraft, recipients, make }: Handed) {
  const { business } = useOffice();
  const [personId, setPersonId] = useState<string | null>(null);
  const [asking, setAsking] = useState<Way | null>(null);
  const [busy, setBusy] = useState<Way | null>(null);
  const [qr, setQr] = useState<string | null>(null);
  const person = recipients.find((each) => each.personId === personId);
  const run = async (way: Way): Promise<void> => {
    setAsking(null);
    setBusy(way);
    try {
      const { url, number, amount } = await make(personId);
      const text = `${business.name}: ${noun} ${number} for ${amount}. ${noun === 'invoice' ? 'See it and pay here' : 'See it and answer here'}: ${url}`;
      if (way === 'copy') {
        await navigator.clipboard.writeText(url);
        toast('Link copied');
      } else if (way === 'share')
        await navigator.share({ title: `${noun === 'invoice' ? 'Invoice' : 'Estimate'} ${number}`, text, url }).catch(() => undefined);
      else if (way === 'text') window.location.href = `sms:${person?.phone.replace(/[^\d+]/g, '') ?? ''}?&body=${encodeURIComponent(text)}`;
      else setQr(url);
    } catch (error) {
      toastProblem(error);
    }
    setBusy(null);
  };
  const begin = (way: Way): void => (isDraft ? setAsking(way) : void run(way));
  const ways = [
    ['copy', 'Copy link', IconCopy, true],
    ['share', 'Share', IconShare, 'share' in navigator],
    ['text', 'Text message', IconText, true],
    ['qr', 'Show QR code', IconQr, true],
  ] as const;
  return (
    <section className="hand-over stack" aria-labelledby="hand-over">
      <div>
        <h2 id="hand-over">Or hand it over yourself</h2>
        <p className="dim small">A link that opens this {noun} only. You can end it at any time.</p>
      </div>
      <Select
        label="For"
        data={[{ value: '', label: 'Whoever gets it' }, ...recipients.map((each) => ({ value: each.personId, label: each.name }))]}
        value={personId ?? ''}
        allowDeselect={false}
        maw={280}
        onChange={(value) => setPersonId(value || null)}
      />
      <div className="row wrap">
        {ways.map(
          ([way, label, Sign, offered]) =>
            offered && (
              <Button key={way} variant="default" leftSection={<Sign size={16} aria-hidden />} loading={busy === way} onClick={() => begin(way)}>
                {label}
              </Button>
            ),
        )}
      </div>
      {qr !== null && <QrCode url={qr} />}
      {asking !== null && (
        <Confirm title="Issue it now?" act="Issue and go on" onAct={() => void run(asking)} onClose={() => setAsking(null)}>
          A link shows the {noun} to your customer, so it gets its number now and can no longer be changed.
        </Confirm>
      )}
    </section>
  );
}

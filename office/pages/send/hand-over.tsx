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

/** The link in one's own hands: copied, shared, texted, or held out as a QR code. A draft is issued first, after asking. */
export function HandOver({ invoice, recipients }: { invoice: Invoice; recipients: Recipients['items'] }) {
  const client = useQueryClient();
  const { business } = useOffice();
  const money = useMoney();
  const [personId, setPersonId] = useState<string | null>(null);
  const [asking, setAsking] = useState<Way | null>(null);
  const [busy, setBusy] = useState<Way | null>(null);
  const [qr, setQr] = useState<string | null>(null);
  const person = recipients.find((each) => each.personId === personId);
  const words = (number: string, amount: string, url: string): string => `${business.name}: invoice ${number} for ${amount}. See it and pay here: ${url}`;
  const run = async (way: Way): Promise<void> => {
    setAsking(null);
    setBusy(way);
    try {
      const issued =
        invoice.draft === null ? invoice : await call('issueInvoice', { params: { invoiceId: invoice.id }, body: { show: true }, version: invoice.version });
      const { url } = await call('makeLink', { params: { invoiceId: invoice.id }, body: { personId } });
      for (const key of ['invoices', 'links', 'home']) void client.invalidateQueries({ queryKey: [key] });
      const text = words(issued.number ?? '', money(issued.standing.totalMinor, issued.currency), url);
      if (way === 'copy') {
        await navigator.clipboard.writeText(url);
        toast('Link copied');
      } else if (way === 'share') await navigator.share({ title: `Invoice ${issued.number ?? ''}`, text, url }).catch(() => undefined);
      else if (way === 'text') window.location.href = `sms:${person?.phone.replace(/[^\d+]/g, '') ?? ''}?&body=${encodeURIComponent(text)}`;
      else setQr(url);
    } catch (error) {
      toastProblem(error);
    }
    setBusy(null);
  };
  const begin = (way: Way): void => (invoice.draft === null ? void run(way) : setAsking(way));
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
        <p className="dim small">A link that opens this invoice only. You can end it at any time.</p>
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
          A link shows the invoice to your customer, so it gets its number now and can no longer be changed.
        </Confirm>
      )}
    </section>
  );
}

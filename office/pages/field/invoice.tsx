import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { call } from '../../api/client.ts';
import { fieldInvoiceQuery } from '../../api/queries.ts';
import type { CrewInvoice } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { useMoney } from '../../parts/money.tsx';
import { SkeletonRows } from '../../parts/notes.tsx';
import { toast, toastProblem } from '../../parts/toast.ts';
import { QrCode } from '../send/qr-code.tsx';
import { FieldPage, FieldProblem, StateMark } from './parts.tsx';
import { useFieldWords } from './words.ts';

const route = getRouteApi('/crew/field/work/$invoiceId');
const lookEveryMs = 3_000;

/** One invoice of the crew: photos, handing over or sending, the QR code, and whether it is paid. */
export default function Work() {
  const { invoiceId } = route.useParams();
  const words = useFieldWords();
  const query = useQuery({
    ...fieldInvoiceQuery(invoiceId),
    // Whoever holds the phone out wants to see that it was paid.
    refetchInterval: ({ state }) => (state.data?.state === 'sent' || state.data?.state === 'paying' ? lookEveryMs : false),
  });
  const invoice = query.data;
  if (invoice === undefined) {
    return (
      <FieldPage title={words.myWork}>
        {query.isError ? <FieldProblem error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows rows={5} />}
      </FieldPage>
    );
  }
  return (
    <FieldPage title={invoice.customer.name}>
      <p className="row wrap">
        <StateMark state={invoice.state} /> {invoice.number !== null && <span className="num">{invoice.number}</span>}
        {invoice.place !== null && <span className="dim">{invoice.place}</span>}
      </p>
      <Lines invoice={invoice} />
      {invoice.note !== '' && <p className="field-note">{invoice.note}</p>}
      <Photos invoice={invoice} />
      <Acts invoice={invoice} />
    </FieldPage>
  );
}

function Lines({ invoice }: { invoice: CrewInvoice }) {
  const words = useFieldWords();
  const money = useMoney();
  return (
    <ul className="card field-lines">
      {invoice.lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no names of their own and keep their order
        <li key={at}>
          <span className="num">{line.quantityMilli / 1000} ×</span>
          <span className="grow">{line.name}</span>
          {line.netMinor !== null && <span className="num">{money(line.netMinor, invoice.currency)}</span>}
        </li>
      ))}
      {invoice.totalMinor !== null && (
        <li className="strong">
          <span className="grow">{invoice.state === 'paid' ? words.paid : words.total}</span>
          <span className="num">{money(invoice.totalMinor, invoice.currency)}</span>
        </li>
      )}
      {invoice.balanceMinor !== null && invoice.balanceMinor !== invoice.totalMinor && invoice.state !== 'paid' && (
        <li>
          <span className="grow">{words.left}</span>
          <span className="num">{money(invoice.balanceMinor, invoice.currency)}</span>
        </li>
      )}
    </ul>
  );
}

function Photos({ invoice }: { invoice: CrewInvoice }) {
  const words = useFieldWords();
  const input = useRef<HTMLInputElement>(null);
  const add = useAct('fieldPhoto', { renew: ['field'] });
  if (invoice.photos.length === 0 && invoice.state !== 'draft') return null;
  return (
    <section>
      <h2>{words.photos}</h2>
      <ul className="field-list">
        {invoice.photos.map((photo) => (
          <li key={photo.id}>{photo.name}</li>
        ))}
      </ul>
      {invoice.state === 'draft' && (
        <>
          <input
            ref={input}
            type="file"
            accept="image/jpeg,image/png,image/webp"
            capture="environment"
            hidden
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file) add.mutate({ params: { invoiceId: invoice.id }, query: { name: file.name.slice(0, 120) }, body: file });
              event.currentTarget.value = '';
            }}
          />
          <Button size="lg" variant="default" fullWidth loading={add.isPending} onClick={() => input.current?.click()}>
            {words.addPhoto}
          </Button>
        </>
      )}
    </section>
  );
}

function Acts({ invoice }: { invoice: CrewInvoice }) {
  const words = useFieldWords();
  const params = { invoiceId: invoice.id };
  const [url, setUrl] = useState<string | null>(null);
  const hand = useAct('fieldReady', { renew: ['field'], done: () => toast(words.handed) });
  const send = useAct('fieldSend', { renew: ['field'], done: () => toast(words.sent) });
  const open = ['sent', 'paying'].includes(invoice.state);
  const fresh = ['draft', 'ready'].includes(invoice.state);
  return (
    <div className="field-acts">
      {fresh && invoice.canSend && (
        <Button size="xl" fullWidth loading={send.isPending} onClick={() => send.mutate({ params })}>
          {words.send}
        </Button>
      )}
      {invoice.state === 'draft' && (
        <Button size="xl" fullWidth variant={invoice.canSend ? 'default' : 'filled'} loading={hand.isPending} onClick={() => hand.mutate({ params })}>
          {words.handOver}
        </Button>
      )}
      {open && (
        <Button size="xl" fullWidth onClick={() => call('fieldLink', { params }).then((link) => setUrl(link.url), toastProblem)}>
          {words.showQr}
        </Button>
      )}
      {url !== null && open && (
        <Modal opened fullScreen onClose={() => setUrl(null)} title={invoice.customer.name}>
          <div className="field-qr">
            <QrCode url={url} />
            <p>{words.scan}</p>
          </div>
        </Modal>
      )}
    </div>
  );
}

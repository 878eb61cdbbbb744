import './webhooks.css';
import { Button } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { webhooksQuery } from '../../api/queries.ts';
import type { Webhook } from '../../api/types.ts';
import { Moment } from '../../parts/days.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { Mark } from '../../parts/status-mark.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { WebhookLog } from './webhook-log.tsx';

/** Programs that are told what happens. */
export function Webhooks() {
  const query = useQuery(webhooksQuery);
  const [adding, setAdding] = useState(false);
  const [openId, setOpenId] = useState<string | null>(null);
  const hooks = query.data?.items ?? [];
  const open = hooks.find(({ id }) => id === openId);
  return (
    <Section
      title="Webhooks"
      id="webhooks"
      actions={
        <>
          <a href="/api/docs#webhooks" target="_blank" rel="noreferrer" className="link small">
            How they work
          </a>
          <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAdding(true)}>
            Add a webhook
          </Button>
        </>
      }
    >
      {query.isPending ? (
        <SkeletonRows rows={2} />
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : hooks.length === 0 ? (
        <Empty title="No webhooks">A webhook tells another program the moment something happens: an invoice is paid, a customer asks.</Empty>
      ) : (
        <HookTable hooks={hooks} onOpen={setOpenId} />
      )}
      {adding && (
        <SidePanel title="Add a webhook" onClose={() => setAdding(false)}>
          <WebhookForm onDone={() => setAdding(false)} />
        </SidePanel>
      )}
      {open && (
        <SidePanel title={open.description || hostOf(open.url)} size={640} onClose={() => setOpenId(null)}>
          <WebhookLog hook={open} onGone={() => setOpenId(null)} />
        </SidePanel>
      )}
    </Section>
  );
}

function HookTable({ hooks, onOpen }: { hooks: readonly Webhook[]; onOpen: (id: string) => void }) {
  return (
    <table className="list">
      <tbody>
        {hooks.map((hook) => (
          <tr key={hook.id}>
            <td className="clip w55">
              <button type="button" className="link strong" onClick={() => onOpen(hook.id)}>
                {hook.description || hostOf(hook.url)}
              </button>
              <span className="second clip">{hook.url}</span>
            </td>
            <td className="only-desk dim small">
              {hook.kinds === null ? 'every event' : `${hook.kinds.length} ${hook.kinds.length === 1 ? 'kind' : 'kinds'} of event`}
            </td>
            <td className="only-desk dim small">
              {hook.lastDeliveredAt === null ? (
                'nothing sent yet'
              ) : (
                <>
                  last <Moment at={hook.lastDeliveredAt} />
                </>
              )}
            </td>
            <td className="end">
              <StateMark hook={hook} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const stopped: Readonly<Record<NonNullable<Webhook['disabledReason']>, string>> = {
  by_hand: 'Off',
  gone: 'Stopped: answered 410',
  failing: 'Stopped: failed for five days',
  secret_lost: 'Stopped: secret unreadable',
};

export function StateMark({ hook }: { hook: Webhook }) {
  if (hook.state === 'disabled') return <Mark tone={hook.disabledReason === 'by_hand' ? 'neutral' : 'bad'}>{stopped[hook.disabledReason ?? 'by_hand']}</Mark>;
  return <Mark tone={hook.failingSince === null ? 'good' : 'warn'}>{hook.failingSince === null ? 'On' : 'Failing'}</Mark>;
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

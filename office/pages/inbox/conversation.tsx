import { Button } from '@mantine/core';
import IconClip from '@tabler/icons-react/dist/esm/icons/IconPaperclip.mjs';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { addressOf, call } from '../../api/client.ts';
import { threadQuery } from '../../api/queries.ts';
import type { MessageFile, Thread } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Moment } from '../../parts/days.tsx';
import { ButtonLink } from '../../parts/links.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { toast } from '../../parts/toast.ts';
import { useShortcuts } from '../../shell/shortcuts.ts';
import { AnswerForm } from './answer-form.tsx';
import { Assign, useAssign } from './assign.tsx';
import { ChargeAnswer, ChargeNote } from './charge-answer.tsx';

type Back = Readonly<Record<string, string>>;

/** One question with its answers. Opening it is reading it. */
export function Conversation({ threadId, back }: { threadId: string; back: Back }) {
  const client = useQueryClient();
  const query = useQuery(threadQuery(threadId));
  const end = useRef<HTMLDivElement>(null);
  const count = query.data?.messages.length ?? 0;
  useEffect(() => {
    if (count === 0) return;
    end.current?.scrollIntoView({ block: 'nearest' });
    // A mark that was not set is set the next time; nobody is told.
    call('markThreadRead', { params: { threadId } }).then(
      () => client.invalidateQueries({ queryKey: ['threads', 'list'] }),
      () => undefined,
    );
  }, [count, threadId, client]);
  if (query.isPending) return <SkeletonRows rows={4} />;
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  return <Open thread={query.data} back={back} end={end} />;
}

function Open({ thread, back, end }: { thread: Thread; back: Back; end: React.RefObject<HTMLDivElement | null> }) {
  const { staff: me } = useOffice();
  const field = useRef<HTMLTextAreaElement>(null);
  const { give } = useAssign(thread.id);
  const turn = useTurn(thread);
  useShortcuts({
    r: () => field.current?.focus(),
    a: () => give(thread.assignee?.id === me.id ? null : me.id),
    e: () => thread.waitingFor === 'office' && !thread.charge?.open && turn.close(),
  });
  return (
    <section aria-label={`Question of ${thread.customer.name}`}>
      <Head thread={thread} back={back} turn={turn} />
      <ChargeNote thread={thread} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <section className="bubbles" aria-label="Messages" tabIndex={0}>
        {thread.messages.map((message) => (
          <article key={message.id} className="bubble" data-office={message.fromOffice || undefined}>
            <p>{message.body}</p>
            <Files threadId={thread.id} files={message.files} />
            <footer className="dim small">
              {message.author} · <Moment at={message.at} />
            </footer>
          </article>
        ))}
        <div ref={end} />
      </section>
      {thread.charge?.open ? <ChargeAnswer thread={thread} field={field} /> : <AnswerForm thread={thread} field={field} />}
    </section>
  );
}

function Files({ threadId, files }: { threadId: string; files: readonly MessageFile[] }) {
  if (files.length === 0) return null;
  return (
    <ul className="bubble-files">
      {files.map(({ id, name }) => (
        <li key={id}>
          <a href={addressOf('readThreadFile', { params: { threadId, fileId: id } })} className="link">
            <IconClip size={14} aria-hidden /> {name}
          </a>
        </li>
      ))}
    </ul>
  );
}

type Turn = { busy: boolean; close: () => void; reopen: () => void };
const renew = ['threads', 'home', 'invoices'];

function useTurn({ id }: Thread): Turn {
  const params = { params: { threadId: id } };
  const reopen = useAct('reopenThread', { renew });
  const close = useAct('closeThread', { renew, done: () => toast('Closed', { undo: () => reopen.mutate(params) }) });
  return { busy: close.isPending || reopen.isPending, close: () => close.mutate(params), reopen: () => reopen.mutate(params) };
}

function Head({ thread, back, turn }: { thread: Thread; back: Back; turn: Turn }) {
  return (
    <header className="spread wrap thread-head">
      <div className="grow">
        <h2>
          <Link to="/customers/$customerId" params={{ customerId: thread.customer.id }}>
            {thread.customer.name}
          </Link>
        </h2>
        <p className="dim small">
          {thread.invoice && (
            <>
              <Link to="/invoices/$invoiceId" params={{ invoiceId: thread.invoice.id }} className="link num thread-bill">
                {thread.invoice.number}
              </Link>
              {thread.subject !== '' && ' · '}
            </>
          )}
          {thread.estimate && (
            <>
              <Link to="/estimates/$estimateId" params={{ estimateId: thread.estimate.id }} className="link num thread-bill">
                {thread.estimate.number}
              </Link>
              {thread.subject !== '' && ' · '}
            </>
          )}
          {[thread.subject, thread.property?.title].filter(Boolean).join(' · ')}
        </p>
      </div>
      <div className="row wrap">
        <ButtonLink to="/inbox" search={back} variant="default" size="xs" hiddenFrom="md">
          Back
        </ButtonLink>
        <Assign thread={thread} />
        {thread.charge?.open ? null : thread.waitingFor === 'office' ? (
          <Button variant="default" size="xs" loading={turn.busy} onClick={turn.close}>
            No answer needed
          </Button>
        ) : (
          <Button variant="default" size="xs" loading={turn.busy} onClick={turn.reopen}>
            Take up again
          </Button>
        )}
      </div>
    </header>
  );
}

import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { threadQuery } from '../../api/queries.ts';
import type { Thread } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Moment } from '../../parts/days.tsx';
import { ButtonLink } from '../../parts/links.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { toast } from '../../parts/toast.ts';

const draftKey = (threadId: string): string => `office-answer-${threadId}`;

/** One question with its answers. What is being written is kept until it is sent. */
export function Conversation({ threadId, show }: { threadId: string; show: string | undefined }) {
  const query = useQuery(threadQuery(threadId));
  const end = useRef<HTMLDivElement>(null);
  const count = query.data?.messages.length ?? 0;
  useEffect(() => {
    if (count > 0) end.current?.scrollIntoView({ block: 'nearest' });
  }, [count]);
  if (query.isPending) return <SkeletonRows rows={4} />;
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  const thread = query.data;
  return (
    <section aria-label={`Question of ${thread.customer.name}`}>
      <Head thread={thread} show={show} />
      <div className="bubbles">
        {thread.messages.map((message) => (
          <article key={message.id} className="bubble" data-office={message.fromOffice || undefined}>
            <p>{message.body}</p>
            <footer className="dim small">
              {message.author} · <Moment at={message.at} />
            </footer>
          </article>
        ))}
        <div ref={end} />
      </div>
      <AnswerForm threadId={threadId} />
    </section>
  );
}

const renew = ['threads', 'home', 'invoices'];

function Head({ thread, show }: { thread: Thread; show: string | undefined }) {
  const close = useAct('closeThread', { renew, done: () => toast('Closed') });
  return (
    <header className="spread wrap">
      <div className="grow">
        <h2>
          <Link to="/customers/$customerId" params={{ customerId: thread.customer.id }}>
            {thread.customer.name}
          </Link>
        </h2>
        <p className="dim small">
          {thread.invoice && (
            <>
              <Link to="/invoices/$invoiceId" params={{ invoiceId: thread.invoice.id }} className="link num">
                {thread.invoice.number}
              </Link>
              {thread.subject !== '' && ' · '}
            </>
          )}
          {thread.subject}
        </p>
      </div>
      <ButtonLink to="/inbox" search={show ? { show } : {}} variant="default" size="xs" hiddenFrom="md">
        Back
      </ButtonLink>
      {thread.waitingFor === 'office' && (
        <Button variant="default" size="xs" loading={close.isPending} onClick={() => close.mutate({ params: { threadId: thread.id } })}>
          No answer needed
        </Button>
      )}
    </header>
  );
}

/** What is being written is kept until it is sent. */
function AnswerForm({ threadId }: { threadId: string }) {
  const [text, setText] = useState(() => sessionStorage.getItem(draftKey(threadId)) ?? '');
  const write = (words: string): void => {
    setText(words);
    if (words === '') sessionStorage.removeItem(draftKey(threadId));
    else sessionStorage.setItem(draftKey(threadId), words);
  };
  const answer = useAct('answerThread', {
    renew,
    done: (thread, _, client) => {
      client.setQueryData(threadQuery(threadId).queryKey, thread);
      write('');
      toast('Answered; your customer is told by mail');
    },
  });
  const send = (): void => {
    if (text.trim() !== '' && !answer.isPending) answer.mutate({ params: { threadId }, body: { body: text.trim() } });
  };
  return (
    <form
      className="stack"
      style={{ gap: '0.5rem' }}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        aria-label="Your answer"
        placeholder="Your answer"
        autosize
        minRows={3}
        maxRows={12}
        maxLength={4000}
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
        }}
      />
      <div className="row">
        <Button type="submit" loading={answer.isPending} disabled={text.trim() === ''}>
          Reply
        </Button>
        <span className="dim small">The customer gets it by mail, with a link to the invoice.</span>
      </div>
    </form>
  );
}

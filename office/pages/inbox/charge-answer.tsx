import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type RefObject, useState } from 'react';
import { chargesAskedQuery, threadQuery } from '../../api/queries.ts';
import type { Thread } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { useMoney } from '../../parts/money.tsx';
import { Note } from '../../parts/notes.tsx';
import { toast } from '../../parts/toast.ts';

const kinds = [
  { value: 'explanation', label: 'Explain' },
  { value: 'change', label: 'Change' },
  { value: 'credit', label: 'Credit' },
] as const;
type Kind = (typeof kinds)[number]['value'];

/** What is in question here, and that nothing goes on with it meanwhile. */
export function ChargeNote({ thread }: { thread: Thread }) {
  const money = useMoney();
  const { charge } = thread;
  if (charge === null) return null;
  const amount = money(charge.amountMinor, charge.currency);
  if (!charge.open) return <Note>This was a question about {amount}. It is not in question any more.</Note>;
  return <Note tone="warn">{amount} is in question. No reminder, late fee or automatic payment touches it until you answer.</Note>;
}

/** The answer that ends a question on a charge: in words alone, or with a change or credit that is made on the invoice. */
export function ChargeAnswer({ thread, field }: { thread: Thread; field: RefObject<HTMLTextAreaElement | null> }) {
  const [kind, setKind] = useState<Kind>('explanation');
  const [text, setText] = useState('');
  const questionId = thread.charge?.id ?? '';
  const answer = useAct('answerQuestionedCharge', {
    renew: ['threads', 'home', 'invoices', 'customers', 'charges-asked', 'events'],
    done: (_, __, client) => {
      void client.invalidateQueries({ queryKey: threadQuery(thread.id).queryKey });
      void client.invalidateQueries({ queryKey: chargesAskedQuery({}).queryKey.slice(0, 1) });
      toast('Answered; your customer is told by mail and has five days before reminders');
    },
  });
  const back = useAct('answerThread', {
    renew: ['threads', 'home', 'invoices'],
    done: (now, _, client) => {
      client.setQueryData(threadQuery(thread.id).queryKey, now);
      setText('');
      toast('Asked back; the amount stays in question');
    },
  });
  const send = (): void => {
    if (text.trim() !== '' && !answer.isPending) answer.mutate({ params: { questionId }, body: { kind, text: text.trim() } });
  };
  return (
    <form
      className="stack answer-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <SegmentedControl
        aria-label="Kind of answer"
        data={kinds.map((each) => ({ ...each }))}
        value={kind}
        onChange={(value) => setKind(kinds.find((each) => each.value === value)?.value ?? 'explanation')}
      />
      <How kind={kind} thread={thread} />
      <Textarea
        ref={field}
        aria-label="Your answer"
        placeholder="Your answer"
        autosize
        minRows={3}
        maxRows={12}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <div className="row wrap">
        <Button type="submit" loading={answer.isPending} disabled={text.trim() === ''}>
          Answer and end the question
        </Button>
        <Button
          variant="default"
          loading={back.isPending}
          disabled={text.trim() === ''}
          onClick={() => back.mutate({ params: { threadId: thread.id }, body: { body: text.trim() } })}
        >
          Ask back, keep it open
        </Button>
        <span className="dim small">The customer gets it by mail.</span>
      </div>
    </form>
  );
}

function How({ kind, thread }: { kind: Kind; thread: Thread }) {
  if (kind === 'explanation') return <p className="dim small">The amount stays on the invoice and is due as before, after five days without reminders.</p>;
  const invoice = thread.invoice && (
    <Link to="/invoices/$invoiceId" params={{ invoiceId: thread.invoice.id }} className="link num">
      {thread.invoice.number}
    </Link>
  );
  return (
    <p className="dim small">
      {kind === 'change' ? (
        <>Correct and replace {invoice} while nothing was paid on it: that ends the question by itself, and the customer sees what changed.</>
      ) : (
        <>Make the credit on {invoice} first, then tell your customer here.</>
      )}
    </p>
  );
}

import { Button, Menu, Textarea } from '@mantine/core';
import IconKept from '@tabler/icons-react/dist/esm/icons/IconBookmark.mjs';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useState } from 'react';
import { addressOf, call } from '../../api/client.ts';
import { snippetsQuery, threadQuery } from '../../api/queries.ts';
import type { MessageFile, Snippet, Thread } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { MenuLink } from '../../parts/links.tsx';
import { toast } from '../../parts/toast.ts';
import { FileChips } from '../editor/attachments.tsx';
import { fillIn } from './fill-in.ts';

const draftKey = (threadId: string): string => `office-answer-${threadId}`;

/** What is being written is kept until it is sent, in this window, whatever happens to the line. */
export function AnswerForm({ thread, field }: { thread: Thread; field: RefObject<HTMLTextAreaElement | null> }) {
  const [text, setText] = useState(() => sessionStorage.getItem(draftKey(thread.id)) ?? '');
  const [files, setFiles] = useState<readonly MessageFile[]>([]);
  const write = (words: string): void => {
    setText(words);
    if (words === '') sessionStorage.removeItem(draftKey(thread.id));
    else sessionStorage.setItem(draftKey(thread.id), words);
  };
  const answer = useAct('answerThread', {
    renew: ['threads', 'home', 'invoices'],
    done: (now, _, client) => {
      client.setQueryData(threadQuery(thread.id).queryKey, now);
      write('');
      setFiles([]);
      toast('Answered; your customer is told by mail');
    },
  });
  const send = (): void => {
    if (text.trim() !== '' && !answer.isPending)
      answer.mutate({ params: { threadId: thread.id }, body: { body: text.trim(), ...(files.length === 0 ? {} : { fileIds: files.map(({ id }) => id) }) } });
  };
  const putIn = (snippet: Snippet): void => {
    const words = fillIn(snippet.body, thread.customer.name, thread.invoice?.number ?? thread.estimate?.number ?? '');
    write(text.trim() === '' ? words : `${text.trimEnd()}\n\n${words}`);
    // The menu gives the focus back to its button first.
    requestAnimationFrame(() => field.current?.focus());
  };
  return (
    <form
      className="stack answer-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        ref={field}
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
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <Files thread={thread} files={files} onChange={setFiles} />
      <div className="row wrap">
        <Button type="submit" loading={answer.isPending} disabled={text.trim() === ''}>
          Reply
        </Button>
        <KeptAnswers onChoose={putIn} />
        <span className="dim small">
          The customer gets it by mail, with{' '}
          {thread.invoice ? 'a link to the invoice' : thread.estimate ? 'a link to the estimate' : 'the way to this conversation'}.
        </span>
      </div>
    </form>
  );
}

type FilesProps = { thread: Thread; files: readonly MessageFile[]; onChange: (change: (before: readonly MessageFile[]) => readonly MessageFile[]) => void };

/** What goes along: with the server already, and seen by nobody until the answer is sent. */
function Files({ thread, files, onChange }: FilesProps) {
  const params = { threadId: thread.id };
  return (
    <FileChips
      files={files}
      addressOf={(fileId) => addressOf('readThreadFile', { params: { ...params, fileId } })}
      onAdd={async (file) => {
        const added = await call('addThreadFile', { params, query: { name: file.name.slice(0, 120) }, body: file });
        onChange((before) => [...before, added]);
      }}
      onRemove={async (fileId) => onChange((before) => before.filter(({ id }) => id !== fileId))}
      onChanged={async () => undefined}
    />
  );
}

function KeptAnswers({ onChoose }: { onChoose: (snippet: Snippet) => void }) {
  const snippets = useQuery(snippetsQuery);
  const rows = snippets.data?.items ?? [];
  return (
    <Menu position="top-start" width={320} returnFocus={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconKept size={16} aria-hidden />}>
          Kept answers
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {rows.map((row) => (
          <Menu.Item key={row.id} onClick={() => onChoose(row)}>
            <span className="clip strong" style={{ display: 'block' }}>
              {row.title}
            </span>
            <span className="clip dim small" style={{ display: 'block' }}>
              {row.body}
            </span>
          </Menu.Item>
        ))}
        {rows.length > 0 && <Menu.Divider />}
        <MenuLink to="/settings/$section" params={{ section: 'replies' }}>
          {rows.length === 0 ? 'Write the first kept answer' : 'Change them'}
        </MenuLink>
      </Menu.Dropdown>
    </Menu>
  );
}

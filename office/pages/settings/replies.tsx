import { Button, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { snippetsQuery } from '../../api/queries.ts';
import type { Snippet } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Form } from '../../parts/form.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';

const renew = ['snippets'];

/** Answers written once and used often, put in while answering a question. */
export function Replies() {
  const query = useQuery(snippetsQuery);
  const [editing, setEditing] = useState<Snippet | 'new' | null>(null);
  const rows = query.data?.items ?? [];
  return (
    <Section
      title="Kept answers"
      id="replies"
      actions={
        <Button size="xs" variant="default" onClick={() => setEditing('new')}>
          New answer
        </Button>
      }
    >
      <p className="dim small">
        Put one in while you answer a question in the inbox. {'{customer}'} and {'{number}'} become the name and the invoice.
      </p>
      {query.isPending ? (
        <SkeletonRows rows={3} />
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <Empty title="No kept answers yet" action={<Button onClick={() => setEditing('new')}>Write the first</Button>}>
          What you explain again and again can be kept here.
        </Empty>
      ) : (
        <ul className="card more">
          {rows.map((row) => (
            <li key={row.id}>
              <button type="button" className="more-row" onClick={() => setEditing(row)}>
                <span className="grow clip">
                  <span className="strong">{row.title}</span> <span className="dim small">{row.body}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {editing !== null && (
        <SidePanel title={editing === 'new' ? 'New answer' : 'Kept answer'} onClose={() => setEditing(null)}>
          <SnippetForm snippet={editing === 'new' ? null : editing} onDone={() => setEditing(null)} />
        </SidePanel>
      )}
    </Section>
  );
}

function SnippetForm({ snippet, onDone }: { snippet: Snippet | null; onDone: () => void }) {
  const [title, setTitle] = useState(snippet?.title ?? '');
  const [body, setBody] = useState(snippet?.body ?? '');
  const add = useAct('addSnippet', { renew, done: onDone });
  const change = useAct('changeSnippet', { renew, done: onDone });
  const remove = useAct('removeSnippet', {
    renew,
    done: () => {
      onDone();
      if (snippet) toast(`“${snippet.title}” deleted`, { undo: () => add.mutate({ body: { title: snippet.title, body: snippet.body } }) });
    },
  });
  const save = (): void => {
    if (snippet === null) add.mutate({ body: { title, body } });
    else change.mutate({ params: { snippetId: snippet.id }, body: { title, body } });
  };
  return (
    <Form onSubmit={save}>
      <TextInput label="Name" maxLength={120} value={title} data-autofocus onChange={(event) => setTitle(event.currentTarget.value)} />
      <Textarea label="Answer" autosize minRows={5} maxRows={16} maxLength={4000} value={body} onChange={(event) => setBody(event.currentTarget.value)} />
      <div className="row">
        <Button type="submit" disabled={title.trim() === '' || body.trim() === ''} loading={add.isPending || change.isPending}>
          Save answer
        </Button>
        {snippet !== null && (
          <Button variant="subtle" color="red" onClick={() => remove.mutate({ params: { snippetId: snippet.id } })}>
            Delete
          </Button>
        )}
      </div>
    </Form>
  );
}

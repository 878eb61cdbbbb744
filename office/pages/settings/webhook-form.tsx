import { Button, CopyButton, Modal, MultiSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import { eventKindsQuery } from '../../api/queries.ts';
import type { Webhook, WebhookBody } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Form, FormProblem } from '../../parts/form.tsx';
import { toast } from '../../parts/toast.ts';

type Kinds = NonNullable<WebhookBody['kinds']>;

/** Adds a webhook, or changes one. */
export function WebhookForm({ hook, onDone }: { hook?: Webhook; onDone: () => void }) {
  const [url, setUrl] = useState(hook?.url ?? '');
  const [description, setDescription] = useState(hook?.description ?? '');
  const [which, setWhich] = useState<'all' | 'some'>(hook?.kinds ? 'some' : 'all');
  const [kinds, setKinds] = useState<string[]>(hook?.kinds ?? []);
  const [secret, setSecret] = useState<string | null>(null);
  const add = useAct('addWebhook', { renew: ['webhooks'], done: (made) => setSecret(made.secret), failed: () => true });
  const change = useAct('changeWebhook', {
    renew: ['webhooks'],
    done: () => {
      toast('Saved');
      onDone();
    },
    failed: () => true,
  });
  const body = { url, description, kinds: which === 'all' ? null : (kinds as Kinds) };
  const error = add.error ?? change.error;
  const fields = error instanceof ApiProblem ? error.fields : {};
  if (secret !== null) return <MadeSecret value={secret} onDone={onDone} />;
  const submit = (): void => (hook ? change.mutate({ params: { webhookId: hook.id }, version: hook.version, body }) : add.mutate({ body }));
  return (
    <Form onSubmit={submit}>
      <TextInput
        label="Address"
        placeholder="https://hooks.example.com/invoices"
        inputMode="url"
        required
        withAsterisk={false}
        data-autofocus
        maxLength={2000}
        value={url}
        error={fields['url']}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <TextInput
        label="What it is for"
        placeholder="Bookkeeping"
        maxLength={120}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <SegmentedControl
        aria-label="Which events"
        value={which}
        onChange={(value) => setWhich(value === 'some' ? 'some' : 'all')}
        data={[
          { value: 'all', label: 'Every event' },
          { value: 'some', label: 'Some kinds' },
        ]}
      />
      {which === 'some' && <KindSelect value={kinds} onChange={setKinds} />}
      <FormProblem error={error} />
      <div className="form-foot">
        <Button type="submit" loading={add.isPending || change.isPending} disabled={which === 'some' && kinds.length === 0}>
          {hook ? 'Save changes' : 'Add the webhook'}
        </Button>
      </div>
    </Form>
  );
}

function KindSelect({ value, onChange }: { value: string[]; onChange: (kinds: string[]) => void }) {
  const query = useQuery(eventKindsQuery);
  const groups = Object.entries(Object.groupBy(query.data?.items ?? [], (kind) => kind.split('.')[0] ?? ''));
  return (
    <MultiSelect
      label="Kinds of event"
      placeholder={value.length === 0 ? 'invoice.paid' : ''}
      searchable
      clearable
      hidePickedOptions
      maxDropdownHeight={280}
      data={groups.map(([noun, kinds = []]) => ({ group: noun.replaceAll('_', ' '), items: kinds }))}
      value={value}
      onChange={onChange}
    />
  );
}

/** Shown this once. */
export function MadeSecret({ value, onDone }: { value: string; onDone: () => void }) {
  return (
    <Modal opened onClose={onDone} title="The signing secret" size="lg" closeOnClickOutside={false}>
      <div className="stack">
        <p>Copy it now. Your program checks with it that a message is ours. It is shown this once.</p>
        <TextInput readOnly value={value} aria-label="Signing secret" onFocus={(event) => event.currentTarget.select()} />
        <div className="row">
          <CopyButton value={value}>{({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy secret'}</Button>}</CopyButton>
          <Button variant="default" onClick={onDone}>
            Done
          </Button>
        </div>
      </div>
    </Modal>
  );
}

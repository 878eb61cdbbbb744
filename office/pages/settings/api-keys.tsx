import { Button, Checkbox, CopyButton, Modal, Select, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { apiKeysQuery } from '../../api/queries.ts';
import type { ApiKey, ApiKeyBody } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Moment } from '../../parts/days.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';

type Scope = ApiKeyBody['scopes'][number];
const nouns: readonly (readonly [string, string, boolean])[] = [
  ['invoices', 'Invoices', true],
  ['estimates', 'Estimates', true],
  ['customers', 'Customers', true],
  ['payments', 'Payments', true],
  ['items', 'Price book', true],
  ['messages', 'Questions', true],
  ['imports', 'Imports', true],
  ['settings', 'Settings', true],
  ['events', 'Events', false],
];

/** Keys for programs. */
export function ApiKeys() {
  const query = useQuery(apiKeysQuery);
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<ApiKey | null>(null);
  const revoke = useAct('revokeApiKey', {
    renew: ['api-keys'],
    done: () => {
      setEnding(null);
      toast('The key has ended');
    },
  });
  const keys = (query.data?.items ?? []).filter((key) => key.revokedAt === null);
  return (
    <Section
      title="API keys"
      id="keys"
      actions={
        <>
          <a href="/api/docs" target="_blank" rel="noreferrer" className="link small">
            How the API works
          </a>
          <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAdding(true)}>
            Make a key
          </Button>
        </>
      }
    >
      {query.isPending ? (
        <SkeletonRows rows={2} />
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : keys.length === 0 ? (
        <Empty title="No keys">A key lets another program work with your invoices, as far as you allow.</Empty>
      ) : (
        <KeyTable keys={keys} onEnd={setEnding} />
      )}
      {adding && (
        <SidePanel title="Make a key" onClose={() => setAdding(false)}>
          <KeyForm onDone={() => setAdding(false)} />
        </SidePanel>
      )}
      {ending && (
        <Confirm
          title={`End the key ${ending.name}?`}
          act="End this key"
          keep="Keep it"
          danger
          busy={revoke.isPending}
          onAct={() => revoke.mutate({ params: { keyId: ending.id } })}
          onClose={() => setEnding(null)}
        >
          Programs that use it stop working at once.
        </Confirm>
      )}
    </Section>
  );
}

function KeyTable({ keys, onEnd }: { keys: readonly ApiKey[]; onEnd: (key: ApiKey) => void }) {
  return (
    <table className="list">
      <tbody>
        {keys.map((key) => (
          <tr key={key.id}>
            <td className="clip w55">
              <span className="strong">{key.name}</span> <span className="dim num">{key.hint}</span>
              <span className="second clip">{key.scopes.join(', ')}</span>
            </td>
            <td className="only-desk dim small">
              {key.lastUsedAt === null ? (
                'not used yet'
              ) : (
                <>
                  used <Moment at={key.lastUsedAt} />
                </>
              )}
            </td>
            <td className="end">
              <Button size="compact-sm" variant="subtle" color="red" onClick={() => onEnd(key)}>
                End
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function KeyForm({ onDone }: { onDone: () => void }) {
  const [name, setName] = useState('');
  const [days, setDays] = useState<string>('365');
  const [chosen, setChosen] = useState<Scope[]>(['invoices:read', 'customers:read', 'payments:read']);
  const [made, setMade] = useState<string | null>(null);
  const make = useAct('makeApiKey', { renew: ['api-keys'], done: ({ key }) => setMade(key), failed: () => true });
  const toggle = (scope: Scope): void => setChosen((before) => (before.includes(scope) ? before.filter((each) => each !== scope) : [...before, scope]));
  if (made !== null) return <MadeKey value={made} onDone={onDone} />;
  return (
    <Form onSubmit={() => make.mutate({ body: { name, scopes: chosen, expiresInDays: days === '' ? null : Number(days) } })}>
      <TextInput
        label="What it is for"
        placeholder="Bookkeeping export"
        required
        withAsterisk={false}
        data-autofocus
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label="Ends"
        value={days}
        allowDeselect={false}
        data={[
          { value: '30', label: 'In 30 days' },
          { value: '365', label: 'In a year' },
          { value: '', label: 'Never' },
        ]}
        onChange={(value) => setDays(value ?? '365')}
      />
      <ScopeTable chosen={chosen} onToggle={toggle} />
      <FormProblem error={make.error} />
      <div className="form-foot">
        <Button type="submit" loading={make.isPending} disabled={chosen.length === 0}>
          Make the key
        </Button>
      </div>
    </Form>
  );
}

function ScopeTable({ chosen, onToggle }: { chosen: readonly Scope[]; onToggle: (scope: Scope) => void }) {
  return (
    <fieldset className="fieldset">
      <legend>May</legend>
      <table className="list">
        <tbody>
          {nouns.map(([noun, label, writable]) => (
            <tr key={noun}>
              <td>{label}</td>
              <td className="end">
                <Checkbox
                  size="xs"
                  label="read"
                  checked={chosen.includes(`${noun}:read` as Scope)}
                  onChange={() => onToggle(`${noun}:read` as Scope)}
                  aria-label={`Read ${label}`}
                />
              </td>
              <td className="end">
                {writable && (
                  <Checkbox
                    size="xs"
                    label="write"
                    checked={chosen.includes(`${noun}:write` as Scope)}
                    onChange={() => onToggle(`${noun}:write` as Scope)}
                    aria-label={`Write ${label}`}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </fieldset>
  );
}

function MadeKey({ value, onDone }: { value: string; onDone: () => void }) {
  return (
    <Modal opened onClose={onDone} title="Your key" size="lg" closeOnClickOutside={false}>
      <div className="stack">
        <p>Copy it now. It is shown this once; only its fingerprint is kept.</p>
        <TextInput readOnly value={value} aria-label="API key" onFocus={(event) => event.currentTarget.select()} />
        <div className="row">
          <CopyButton value={value}>{({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy key'}</Button>}</CopyButton>
          <Button variant="default" onClick={onDone}>
            Done
          </Button>
        </div>
      </div>
    </Modal>
  );
}

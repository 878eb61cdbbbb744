import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { journalQuery } from '../../api/queries.ts';
import type { JournalSettings } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { FormProblem } from '../../parts/form.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Section } from '../../parts/page.tsx';
import { toast } from '../../parts/toast.ts';

type Account = JournalSettings['accounts'][number];

/** What our accounts are called in the bookkeeper's program, so that a journal lands where it belongs. */
export function JournalNames({ settings }: { settings: JournalSettings }) {
  const { rights } = useOffice();
  const [accounts, setAccounts] = useState<readonly Account[]>(settings.accounts);
  const [xeroTaxRate, setXeroTaxRate] = useState(settings.xeroTaxRate);
  const save = useAct('saveJournalSettings', {
    done: (now, _, client) => {
      client.setQueryData(journalQuery.queryKey, now);
      toast('Saved');
    },
    failed: () => true,
  });
  const may = rights.includes('settings:write');
  const set = (account: string, fields: Partial<Account>): void =>
    setAccounts(accounts.map((each) => (each.account === account ? { ...each, ...fields } : each)));
  return (
    <Section title="Names of the accounts" id="accounts">
      <p className="dim small">As they are called in QuickBooks, and their codes in Xero. The journals use them.</p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ body: { accounts: accounts.map(({ label: _, ...each }) => each), xeroTaxRate }, version: settings.version });
        }}
      >
        <table className="list journal-names">
          <thead>
            <tr>
              <th>Here</th>
              <th>QuickBooks</th>
              <th>Xero</th>
            </tr>
          </thead>
          <tbody>
            {accounts.map((each) => (
              <AccountRow key={each.account} of={each} may={may} onChange={(fields) => set(each.account, fields)} />
            ))}
          </tbody>
        </table>
        <TextInput
          label="Tax rate in Xero"
          description="Its full name; the journal brings the tax as a line of its own"
          maw={320}
          disabled={!may}
          value={xeroTaxRate}
          onChange={(event) => setXeroTaxRate(event.currentTarget.value)}
        />
        <FormProblem error={save.error} />
        {may && (
          <div>
            <Button type="submit" size="xs" variant="default" loading={save.isPending}>
              Save names
            </Button>
          </div>
        )}
      </form>
    </Section>
  );
}

function AccountRow({ of: { label, quickbooks, xero }, may, onChange }: { of: Account; may: boolean; onChange: (fields: Partial<Account>) => void }) {
  return (
    <tr>
      <td>{label}</td>
      <td>
        <TextInput
          aria-label={`${label} in QuickBooks`}
          size="xs"
          disabled={!may}
          value={quickbooks}
          onChange={(event) => onChange({ quickbooks: event.currentTarget.value })}
        />
      </td>
      <td>
        <TextInput
          aria-label={`${label} in Xero`}
          size="xs"
          w={90}
          disabled={!may}
          value={xero}
          onChange={(event) => onChange({ xero: event.currentTarget.value })}
        />
      </td>
    </tr>
  );
}

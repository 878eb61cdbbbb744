import { Button, CopyButton, TextInput } from '@mantine/core';
import { type QueryClient, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { sentenceOf } from '../../api/problem.ts';
import { refusingQuery, senderQuery } from '../../api/queries.ts';
import type { DnsRecord, RefusingAddress, Sender } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Moment } from '../../parts/days.tsx';
import { Note, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { Mark } from '../../parts/status-mark.tsx';
import { toast } from '../../parts/toast.ts';
import { SectionForm, useSection } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';

/** Whom mails come from, whether receivers believe it, and who takes none. */
export function Sending({ settings }: SectionProps) {
  const mail = useSection(settings, 'mail');
  const sender = useQuery(senderQuery);
  return (
    <div className="stack" style={{ gap: '2rem' }}>
      <SectionForm form={mail}>
        <h2>Mail</h2>
        <div className="fields">
          <TextInput
            label="Mails come from"
            placeholder={settings.company.name}
            value={mail.value.fromName}
            error={mail.problem('fromName')}
            onChange={(event) => mail.set({ fromName: event.currentTarget.value })}
          />
          <TextInput
            label="Replies go to"
            type="email"
            placeholder={settings.company.email}
            value={mail.value.replyTo}
            error={mail.problem('replyTo')}
            onChange={(event) => mail.set({ replyTo: event.currentTarget.value })}
          />
        </div>
      </SectionForm>
      <Section title="Your own address" id="sending-domain">
        {sender.data ? (
          <OwnDomain sender={sender.data} />
        ) : sender.isError ? (
          <ProblemNote error={sender.error} onRetry={() => void sender.refetch()} />
        ) : (
          <SkeletonRows rows={3} />
        )}
      </Section>
      <Refusing />
    </div>
  );
}

const keepSender = (sender: Sender, _: unknown, client: QueryClient): void => {
  client.setQueryData(senderQuery.queryKey, sender);
};

function OwnDomain({ sender }: { sender: Sender }) {
  const { domain, hostAddress } = sender;
  if (domain === null) return <AddDomain hostAddress={hostAddress} />;
  const says = {
    waiting: (
      <Note tone="warn">
        Mails still come from {hostAddress}. They come from {domain.address} as soon as the record below is found. New records can take some hours.
      </Note>
    ),
    lost: <Note tone="bad">The record is no longer there, so mails come from {hostAddress} again. Set it again, then check.</Note>,
    verified: (
      <Note tone="good">
        Mails come from {domain.address} and are signed by {domain.domain}.
      </Note>
    ),
  } as const;
  return (
    <div className="stack">
      {says[domain.state]}
      <p className="small dim">
        Set these TXT records where the addresses of {domain.domain} are kept: at the company you bought the name from, under DNS. Nothing else needs to change;
        mail that comes back still goes to us.
      </p>
      {domain.records.map((record) => (
        <RecordCard key={record.record} record={record} />
      ))}
      <DomainActs sender={sender} />
    </div>
  );
}

const foundWords = {
  right: ['good', 'Found'],
  missing: ['warn', 'Not found yet'],
  different: ['bad', 'Something else is there'],
  unknown: ['warn', 'No answer from the DNS'],
} as const;

function RecordCard({ record }: { record: DnsRecord }) {
  const [tone, words] = record.found === null ? (['neutral', 'Not looked for yet'] as const) : foundWords[record.found];
  return (
    <div className="card pad stack dns-record">
      <div className="spread">
        <strong>{record.record === 'dkim' ? 'Signature (DKIM), needed' : 'Policy (DMARC), helps'}</strong>
        <Mark tone={tone}>{words}</Mark>
      </div>
      <Copied label="Name" text={record.name} />
      <Copied label="Text" text={record.text} />
    </div>
  );
}

function Copied({ label, text }: { label: string; text: string }) {
  return (
    <div className="row">
      <span className="dim small dns-label">{label}</span>
      <code className="grow dns-text">{text}</code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="default" aria-label={`Copy the ${label.toLowerCase()}`} onClick={copy}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}

function DomainActs({ sender: { domain, hostAddress } }: { sender: Sender }) {
  const [leaving, setLeaving] = useState(false);
  const check = useAct('checkSendingDomain', { done: keepSender });
  const remove = useAct('removeSendingDomain', { renew: ['sender'], done: () => setLeaving(false) });
  return (
    <div className="row wrap">
      <Button variant="default" loading={check.isPending} onClick={() => check.mutate({})}>
        Check now
      </Button>
      <Button variant="subtle" color="red" onClick={() => setLeaving(true)}>
        Use {hostAddress} instead
      </Button>
      {domain?.checkedAt && (
        <span className="small dim">
          Checked <Moment at={domain.checkedAt} />
        </span>
      )}
      {leaving && (
        <Confirm
          title={`Stop sending from ${domain?.address ?? ''}?`}
          act={`Use ${hostAddress}`}
          busy={remove.isPending}
          onAct={() => remove.mutate({})}
          onClose={() => setLeaving(false)}
        >
          Mails come from {hostAddress} from now on. The records can be taken out of the DNS.
        </Confirm>
      )}
    </div>
  );
}

function AddDomain({ hostAddress }: { hostAddress: string }) {
  const [address, setAddress] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const set = useAct('setSendingDomain', { done: keepSender, failed: (error) => setProblem(sentenceOf(error)) });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setProblem(null);
        set.mutate({ body: { address } });
      }}
    >
      <p className="dim">Mails come from {hostAddress} with your name. With an address of your own domain, receivers see your domain and trust it.</p>
      <div className="row wrap" style={{ alignItems: 'flex-end' }}>
        <TextInput
          label="Address"
          type="email"
          placeholder="billing@your-company.com"
          w={300}
          required
          value={address}
          error={problem}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Button type="submit" loading={set.isPending}>
          Show the records
        </Button>
      </div>
    </form>
  );
}

function Refusing() {
  const query = useQuery(refusingQuery);
  const rows = query.data?.items ?? [];
  return (
    <Section title="Addresses that take no mail" id="refusing">
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && rows.length === 0 && (
        <p className="dim">None. When mail comes back or is called unwanted, nothing more is sent there, and the address stands here.</p>
      )}
      {rows.map((row) => (
        <RefusingRow key={row.personId} row={row} />
      ))}
    </Section>
  );
}

function RefusingRow({ row }: { row: RefusingAddress }) {
  const trust = useAct('trustAddress', { renew: ['refusing', 'customers'], done: () => toast(`Mail goes to ${row.email} again.`) });
  return (
    <div className="refusing">
      <div className="grow">
        <strong>{row.name}</strong> <span className="dim">{row.email}</span>
        <div className="small dim">
          {row.why === 'complained' ? 'Called mail unwanted' : 'Mail came back'} <Moment at={row.at} />
          {row.reason !== '' && row.why === 'bounced' && `: ${row.reason}`}
          {row.customer && (
            <>
              {' · '}
              <Link to="/customers/$customerId" params={{ customerId: row.customer.id }}>
                {row.customer.name}
              </Link>
            </>
          )}
        </div>
      </div>
      <Button size="compact-sm" variant="default" loading={trust.isPending} onClick={() => trust.mutate({ params: { personId: row.personId } })}>
        It works again
      </Button>
    </div>
  );
}

import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf } from '../../api/client.ts';
import { approvalsQuery } from '../../api/estimate-queries.ts';
import type { Approval, Estimate } from '../../api/types.ts';
import { dayText, Moment } from '../../parts/days.tsx';
import { useMoney } from '../../parts/money.tsx';
import { ProblemNote } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';

const kinds: Readonly<Record<Approval['kind'], string>> = {
  approved: 'Approved',
  first_approved: 'Approved first of two',
  recommended: 'Recommended',
  declined: 'Declined',
  changes_requested: 'Changes requested',
  withdrawn_approval: 'Approval withdrawn',
};
const ways: Readonly<Record<Approval['identifiedBy'], string>> = {
  link: 'Known by the link sent to',
  code: 'Known by a code sent to',
  session: 'Signed in as',
  office: 'Recorded by',
};

/** What was decided, by whom, and what proves it. Records are added and never removed. */
export function Approvals({ estimate }: { estimate: Estimate }) {
  const query = useInfiniteQuery(approvalsQuery(estimate.id));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (rows.length === 0) return null;
  return (
    <Section title="Approval and evidence" id="approvals">
      <ol className="versions">
        {rows.map((row) => (
          <Record key={row.id} row={row} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button variant="subtle" color="gray" size="compact-sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show older
        </Button>
      )}
    </Section>
  );
}

function Record({ row }: { row: Approval }) {
  const money = useMoney();
  const [open, setOpen] = useState(false);
  const name = row.typedName || row.recordedName;
  const amount = row.kind === 'declined' || row.kind === 'changes_requested' ? '' : ` ${money(row.totalMinor, row.currency)}`;
  return (
    <li>
      <div>
        <span className="strong">
          {kinds[row.kind]}
          {amount}
        </span>{' '}
        {name !== '' && `by ${name}`} <Moment at={row.at} className="dim" />
      </div>
      <div className="dim small">
        {ways[row.identifiedBy]} {row.identifiedAs || row.recordedName}
        {row.typedName !== '' && row.recordedName !== '' && row.typedName !== row.recordedName && ` · recorded as ${row.recordedName}`}
        {row.insteadOf !== null && ` · in place of ${row.insteadOf.name}, away until ${dayText(row.insteadOf.untilOn)}`}
        {row.poNumber !== '' && ` · PO ${row.poNumber.replace(/^po[- ]*/i, '')}`}
      </div>
      {row.reason !== '' && <p className="notice-reason small">{row.reason}</p>}
      {row.lineReasons.map((each) => (
        <p key={each.lineId} className="small">
          {each.name}: {each.reason}
        </p>
      ))}
      {row.kind === 'approved' && (
        <a className="link small record-link" href={addressOf('readApprovalRecord', { params: { approvalId: row.id } })} target="_blank" rel="noreferrer">
          Signed record
        </a>
      )}
      <button type="button" className="text-button small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Hide evidence' : 'Evidence'}
      </button>
      {open && <Evidence row={row} />}
    </li>
  );
}

function Evidence({ row }: { row: Approval }) {
  const money = useMoney();
  const facts: readonly (readonly [string, string])[] = [
    ['When', `${dayText(row.at.slice(0, 10))}, ${row.at.slice(11, 19)} UTC (${row.timeZone})`],
    ['Version', `${row.number} R${row.revision}`],
    ['Role', row.role],
    ['Limit', row.limitMinor === null ? '' : money(row.limitMinor, row.currency)],
    ['Approved first by', row.first === null ? '' : `${row.first.typedName}, ${dayText(row.first.at.slice(0, 10))}, ${row.first.at.slice(11, 19)} UTC`],
    ['Deposit', row.depositMinor === 0 ? '' : money(row.depositMinor, row.currency)],
    ['Address', row.address],
    ['Browser', row.browser],
    ['Record', `${row.seq} of the chain`],
    ['Code to check it by', row.code],
    ['Hash', row.hash],
    ['What was on screen (SHA-256)', row.factsSha256],
    ['Terms (SHA-256)', row.termsSha256],
    ['Record before', row.previousHash],
  ];
  return (
    <dl className="evidence small">
      {facts
        .filter(([, value]) => value !== '')
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
    </dl>
  );
}

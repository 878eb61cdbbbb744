import './customer.css';
import { Button, Select } from '@mantine/core';
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import IconFileText from '@tabler/icons-react/dist/esm/icons/IconFileText.mjs';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { addressOf } from '../../api/client.ts';
import { customerQuery, propertiesQuery, statementQuery } from '../../api/queries.ts';
import type { Operations } from '../../api/types.ts';
import { Figure } from '../../parts/figure.tsx';
import { useMoney } from '../../parts/money.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { PeriodPicker } from '../../parts/period-picker.tsx';
import { StatementRows } from './statement-rows.tsx';

const route = getRouteApi('/office/customers/$customerId/statement');

type Statement = Operations['readStatement']['answer'];
const untied = 'none';

/** The account as the ledger has it: before, every movement, after, and how late what is open is. The customer reads the same. */
export default function CustomerStatement() {
  const { customerId } = route.useParams();
  const { from, to, property } = route.useSearch();
  const navigate = useNavigate();
  const customer = useQuery(customerQuery(customerId)).data;
  const places = useQuery(propertiesQuery(customerId)).data?.items ?? [];
  const asked = {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(property === undefined ? {} : property === untied ? { untied: true } : { propertyIds: property }),
  };
  const query = useInfiniteQuery(statementQuery(customerId, asked));
  const first = query.data?.pages[0];
  const change = (next: Record<string, string | undefined>): void =>
    void navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, ...next }), replace: true });
  return (
    <Page
      title="Account statement"
      width="wide"
      lead={
        <Link to="/customers/$customerId" params={{ customerId }} className="link">
          {customer?.company || customer?.name || 'Customer'}
        </Link>
      }
      actions={<Files customerId={customerId} asked={asked} />}
    >
      <div className="row statement-asked">
        <PeriodPicker from={from} to={to} onChange={change} />
        {places.length > 0 && (
          <Select
            aria-label="Property"
            data={[
              { value: '', label: 'All properties' },
              ...places.map(({ id, name, code }) => ({ value: id, label: [name, code].filter(Boolean).join(' · ') })),
              { value: untied, label: 'Not tied to a property' },
            ]}
            value={property ?? ''}
            allowDeselect={false}
            searchable
            w={230}
            onChange={(value) => change({ property: value || undefined })}
          />
        )}
      </div>
      {first === undefined ? (
        query.isError ? (
          <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <SkeletonRows rows={8} />
        )
      ) : (
        <>
          <Figures statement={first} />
          <Section title="Movements" id="movements">
            {first.items.length === 0 ? (
              <Empty title="Nothing was billed or paid in this time">Choose other days or another property.</Empty>
            ) : (
              <StatementRows rows={query.data?.pages.flatMap((page) => page.items) ?? []} statement={first} />
            )}
            {query.hasNextPage && (
              <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                Show more
              </Button>
            )}
          </Section>
        </>
      )}
    </Page>
  );
}

function Files({ customerId, asked }: { customerId: string; asked: NonNullable<Operations['readStatementPdf']['query']> }) {
  const of = { params: { customerId }, query: asked };
  return (
    <>
      <Button component="a" href={addressOf('readStatementPdf', of)} target="_blank" rel="noreferrer" leftSection={<IconFileText size={16} aria-hidden />}>
        Open PDF
      </Button>
      <Button component="a" href={addressOf('downloadStatement', of)} download variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
        Download CSV
      </Button>
    </>
  );
}

const buckets = [
  ['currentMinor', 'Not late'],
  ['days30Minor', '1–30 days late'],
  ['days60Minor', '31–60 days late'],
  ['days90Minor', '61–90 days late'],
  ['over90Minor', 'Over 90 days late'],
] as const;

/** What is owed after the period, and how late it is; what there is nothing of stays away. */
function Figures({ statement }: { statement: Statement }) {
  const money = useMoney();
  const of = (minor: number): string => money(minor, statement.currency);
  const beside = [
    ['Processing', statement.processingMinor],
    ['Announced', statement.announcedMinor],
    ['In question', statement.inQuestionMinor],
    ['Held back', statement.heldBackMinor],
  ] as const;
  return (
    <>
      <div className="figures customer-figures">
        <Figure label="Balance" amount={of(statement.balanceMinor)} />
        {statement.from !== null && <Figure label="Before" amount={of(statement.openingMinor)} />}
        <Figure label="Charges" amount={of(statement.chargedMinor)} />
        <Figure label="Payments and credits" amount={of(-statement.settledMinor)} />
        {statement.creditMinor > 0 && (
          <Figure label="Credit available" amount={of(statement.creditMinor)}>
            Already off the balance
          </Figure>
        )}
      </div>
      <div className="figures customer-figures">
        {buckets
          .filter(([key]) => statement.ageing[key] !== 0)
          .map(([key, label]) => (
            <Figure key={key} label={label} amount={of(statement.ageing[key])} tone={key === 'currentMinor' ? undefined : 'bad'} />
          ))}
        {beside
          .filter(([, minor]) => minor !== 0)
          .map(([label, minor]) => (
            <Figure key={label} label={label} amount={of(minor)}>
              Not off the balance yet
            </Figure>
          ))}
      </div>
    </>
  );
}

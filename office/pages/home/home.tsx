import './home.css';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { homeQuery } from '../../api/queries.ts';
import type { Home as HomeFacts } from '../../api/types.ts';
import { dayText } from '../../parts/days.tsx';
import { Figure } from '../../parts/figure.tsx';
import { useMoney } from '../../parts/money.tsx';
import { ProblemNote } from '../../parts/notes.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Page, Section } from '../../parts/page.tsx';
import { FirstSteps } from '../welcome/first-steps.tsx';
import { Bars } from './bars.tsx';
import { Feed } from './feed.tsx';
import { NeedsYou } from './needs-you.tsx';

export default function Home() {
  const { business, today } = useOffice();
  const home = useQuery(homeQuery);
  return (
    <Page title="Home" heading={<h1 className="clip">{business.name}</h1>} lead={dayText(today)}>
      <FirstSteps />
      {home.isError && home.data === undefined ? (
        <ProblemNote error={home.error} onRetry={() => void home.refetch()} />
      ) : (
        <div className="home">
          <div className="home-main">
            <NeedsYou home={home.data} />
            <Figures home={home.data} />
            {home.data && <Bars home={home.data} />}
          </div>
          <Section title="Live" id="feed">
            <Feed />
          </Section>
        </div>
      )}
    </Page>
  );
}

const invoicesWord = (count: number): string => (count === 1 ? '1 invoice' : `${count} invoices`);

function Figures({ home }: { home: HomeFacts | undefined }) {
  const money = useMoney();
  if (home === undefined) return <FiguresSkeleton />;
  const { owed, overdue, onItsWay, comingIn30Days, paidThisMonth } = home;
  return (
    <div className="figures home-figures">
      <Figure label="Owed to you" amount={money(owed.amountMinor)} link={{ to: '/invoices', search: { tab: 'unpaid' } }}>
        {invoicesWord(owed.invoices)}
        {onItsWay.amountMinor > 0 && `, ${money(onItsWay.amountMinor)} on its way`}
      </Figure>
      <Figure
        label="Overdue"
        amount={money(overdue.amountMinor)}
        tone={overdue.amountMinor > 0 ? 'bad' : undefined}
        link={{ to: '/invoices', search: { tab: 'overdue' } }}
      >
        {overdue.invoices === 0 ? 'Nothing is late' : invoicesWord(overdue.invoices)}
      </Figure>
      <Figure label="Coming in 30 days" amount={money(comingIn30Days.amountMinor)} link={{ to: '/invoices', search: { tab: 'unpaid', sort: 'due' } }}>
        {invoicesWord(comingIn30Days.invoices)}
      </Figure>
      <Figure label="Paid this month" amount={money(paidThisMonth.amountMinor)} link={{ to: '/payments' }}>
        {money(paidThisMonth.lastMonthMinor)} last month
      </Figure>
    </div>
  );
}

function FiguresSkeleton() {
  return (
    <div className="figures home-figures" aria-hidden>
      {['a', 'b', 'c', 'd'].map((key) => (
        <div className="figure" key={key}>
          <Skeleton height={12} width="5rem" my={4} />
          <Skeleton height={20} width="8rem" my={5} />
          <Skeleton height={11} width="6rem" my={4} />
        </div>
      ))}
    </div>
  );
}

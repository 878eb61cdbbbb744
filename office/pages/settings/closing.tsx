import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { closingQuery } from '../../api/queries.ts';
import type { Closing as ClosingFacts } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { dayText, Moment } from '../../parts/days.tsx';
import { FormProblem } from '../../parts/form.tsx';
import { useMoney } from '../../parts/money.tsx';
import { Note, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Section } from '../../parts/page.tsx';
import { toast } from '../../parts/toast.ts';
import { TypedName } from '../../parts/typed-name.tsx';

/** The end of a business here: what will happen, the archive first, thirty days to think it over. */
export function Closing() {
  const query = useQuery(closingQuery);
  const { role } = useOffice().staff;
  if (query.data === undefined) return query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows rows={5} />;
  return (
    <div className="settings-form stack">
      {query.data.closing === null ? <Begin facts={query.data} owner={role === 'owner'} /> : <Stop facts={query.data} owner={role === 'owner'} />}
    </div>
  );
}

function Begin({ facts, owner }: { facts: ClosingFacts; owner: boolean }) {
  const money = useMoney();
  const start = useAct('startClosing', { renew: ['settings', 'session'], done: () => toast('The business is closing'), failed: () => true });
  return (
    <>
      <Section title="What closing does" id="closing-does">
        <ul className="plain-list">
          <li>For 30 days everything can be read and exported, here and by your customers. Nothing new is written, sent, reminded or paid.</li>
          <li>Any owner can stop it in these 30 days; everything works again at once.</li>
          <li>
            Then all of it is removed for good: {facts.customers.toLocaleString('en-US')} customers, {facts.invoices.toLocaleString('en-US')} invoices, every
            file. A certificate of deletion is left with whoever hosts this.
          </li>
        </ul>
        {facts.owedMinor > 0 && (
          <Note tone="warn">{money(facts.owedMinor, facts.currency)} is still owed to you. Customers cannot pay it here once the business is closing.</Note>
        )}
        {facts.paymentsUnderWay > 0 && (
          <Note tone="warn">
            {facts.paymentsUnderWay === 1 ? '1 payment is under way. It is' : `${facts.paymentsUnderWay} payments are under way. They are`} still settled during
            the 30 days.
          </Note>
        )}
      </Section>
      <Section title="Save your data first" id="closing-save">
        <p>
          The law may ask you to keep your invoices for years. Make <em>The whole business</em> under{' '}
          <Link to="/settings/$section" params={{ section: 'export' }} className="link">
            Export
          </Link>{' '}
          and keep the file.
        </p>
      </Section>
      {owner ? (
        <Section title="Close" id="closing-close">
          <TypedName
            name={facts.name}
            act="Close this business"
            busy={start.isPending}
            error={start.error}
            onAct={(name) => start.mutate({ body: { name } })}
          />
        </Section>
      ) : (
        <p className="dim">Only an owner can close the business.</p>
      )}
    </>
  );
}

function Stop({ facts, owner }: { facts: ClosingFacts; owner: boolean }) {
  const stop = useAct('stopClosing', { renew: ['settings', 'session'], done: () => toast('The business stays open'), failed: () => true });
  const { closing } = facts;
  if (closing === null) return null;
  return (
    <Note tone="warn">
      <p className="strong">This business is closing: everything is removed after {dayText(closing.endsOn)}</p>
      <p>
        {closing.askedBy} asked for it <Moment at={closing.askedAt} />. Until then it can be read and{' '}
        <Link to="/settings/$section" params={{ section: 'export' }} className="link">
          exported
        </Link>
        ; nothing is written, sent or paid.
      </p>
      <FormProblem error={stop.error} />
      {owner ? (
        <Button mt="sm" loading={stop.isPending} onClick={() => stop.mutate({})}>
          Stop closing
        </Button>
      ) : (
        <p className="dim">An owner can stop it.</p>
      )}
    </Note>
  );
}

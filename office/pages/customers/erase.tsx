import './erase.css';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { erasureQuery } from '../../api/queries.ts';
import type { Erasure } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Moment } from '../../parts/days.tsx';
import { ButtonLink } from '../../parts/links.tsx';
import { useMoney } from '../../parts/money.tsx';
import { Note, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { toast } from '../../parts/toast.ts';
import { TypedName } from '../../parts/typed-name.tsx';

const route = getRouteApi('/office/customers/$customerId/erase');
const many = (count: number, one: string, more = `${one}s`): string => `${count.toLocaleString('en-US')} ${count === 1 ? one : more}`;
/** "2 messages, 1 mail and 3 drafts", without what there is none of. */
const listed = (parts: readonly (readonly [number, string])[]): string =>
  new Intl.ListFormat('en').format(parts.filter(([count]) => count > 0).map(([count, one]) => many(count, one)));

/** What goes, what the law keeps, what must be settled before; then the name is typed. */
export default function EraseCustomer() {
  const { customerId } = route.useParams();
  const query = useQuery(erasureQuery(customerId));
  const erasure = query.data;
  return (
    <Page title="Erase personal data" width="narrow" lead={erasure?.name}>
      {erasure === undefined ? (
        query.isError ? (
          <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <SkeletonRows rows={6} />
        )
      ) : erasure.state === 'none' ? (
        <Asked erasure={erasure} />
      ) : (
        <Told erasure={erasure} />
      )}
    </Page>
  );
}

function Asked({ erasure }: { erasure: Erasure }) {
  const { customerId, name, blocked, goes, stays } = erasure;
  const erase = useAct('eraseCustomer', {
    renew: ['customers', 'search', 'invoices', 'threads'],
    done: () => toast('Personal data is being erased'),
    failed: () => true,
  });
  const file = useAct('startExport', { renew: ['exports'], done: (made) => toast(`${made.fileName} is being made: see Settings, Export`) });
  const written = listed([
    [goes.messages, 'message'],
    [goes.mails, 'mail'],
    [goes.drafts, 'draft'],
    [goes.files, 'attached file'],
  ]);
  const back = (
    <ButtonLink to="/customers/$customerId" params={{ customerId }} variant="default">
      Keep it
    </ButtonLink>
  );
  return (
    <div className="stack erase">
      <Section title="What goes, for good" id="goes">
        <ul>
          <li>
            The customer’s name, company, address and notes
            {goes.properties > 0 && <>, and {many(goes.properties, 'property', 'properties')} with access notes</>}
          </li>
          {goes.people > 0 && <li>{many(goes.people, 'contact')}: names, e-mail addresses, phones, sign-ins and every link mailed to them</li>}
          {written !== '' && <li>{written}</li>}
          <li>Their words in search, history, imported files, exports and what programs were told</li>
        </ul>
        <p className="dim after">It cannot be undone. Exports made before are removed from the list; imported files that name this customer go whole.</p>
      </Section>
      <Section title="What stays, because the law asks" id="stays">
        <ul>
          <li>
            {many(stays.invoices, 'issued invoice')} as they were sent, with the name and address on them, their PDFs, and the payments: numbers and amounts
            never change
          </li>
          {stays.people > 0 && <li>{many(stays.people, 'contact')} who also belong to another customer</li>}
          <li>That this was done, when and by whom</li>
        </ul>
      </Section>
      {blocked.length > 0 ? (
        <Blocked erasure={erasure} back={back} />
      ) : (
        <Section title="Erase" id="erase">
          <p className="before">
            Asked for a copy first?{' '}
            <Button variant="default" size="xs" loading={file.isPending} onClick={() => file.mutate({ body: { kind: 'subject', customerId } })}>
              Make a file of their data
            </Button>
          </p>
          <TypedName
            name={name}
            act="Erase personal data"
            busy={erase.isPending}
            error={erase.error}
            onAct={(typed) => erase.mutate({ params: { customerId }, body: { name: typed } })}
          >
            {back}
          </TypedName>
        </Section>
      )}
    </div>
  );
}

function Blocked({ erasure, back }: { erasure: Erasure; back: React.ReactNode }) {
  const money = useMoney();
  const why = {
    owed: `${money(erasure.owedMinor)} is still owed. Take the payment or cancel the invoices.`,
    credit: `${money(erasure.creditMinor)} of theirs is kept as credit or deposit. Use it or give it back.`,
    moving: 'A payment is under way. Wait until it has cleared or failed.',
    scheduled: 'Invoices are still to leave by themselves. Cancel those first.',
  } as const;
  return (
    <Note tone="warn">
      <p className="strong">Not yet: this has to be settled first</p>
      <ul>
        {erasure.blocked.map((each) => (
          <li key={each}>{why[each]}</li>
        ))}
      </ul>
      {back}
    </Note>
  );
}

function Told({ erasure }: { erasure: Erasure }) {
  const { state, askedBy, askedAt, doneAt } = erasure;
  return (
    <Note tone={state === 'done' ? 'good' : 'neutral'}>
      <p className="strong">{state === 'done' ? 'The personal data was erased' : 'Erased here, finishing in the history'}</p>
      <p>
        {askedBy} asked for it {askedAt !== null && <Moment at={askedAt} />}.{' '}
        {state === 'done'
          ? doneAt !== null && (
              <>
                It was finished <Moment at={doneAt} />.
              </>
            )
          : 'Nobody finds or reaches them any more; what the history still says of them goes next. You can leave this page.'}
      </p>
    </Note>
  );
}

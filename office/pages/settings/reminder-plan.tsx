import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { addressOf } from '../../api/client.ts';
import { reminderPlanQuery } from '../../api/queries.ts';
import type { ReminderPlan } from '../../api/types.ts';
import { Day } from '../../parts/days.tsx';
import { useMoney } from '../../parts/money.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { reasonWords } from '../../parts/reminder-words.ts';
import { SidePanel } from '../../parts/side-panel.tsx';
import { PreviewFrame } from '../editor/preview-frame.tsx';

type Planned = ReminderPlan['days'][number]['mails'][number];

/** Who gets what on which day of the next two weeks, if nothing happens until then; and who does not, and why. */
export function Plan({ version, active }: { version: number; active: boolean }) {
  const query = useQuery(reminderPlanQuery(version));
  const [shown, setShown] = useState<Planned | null>(null);
  return (
    <Section title="The next two weeks" id="plan">
      {query.isPending && <SkeletonRows rows={4} />}
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <>
          <p className="dim small">
            {active ? 'As it stands now. A payment or a question in between changes it.' : 'What would leave if reminders were on.'}
            {!query.data.complete && ' Only the thousand invoices due the longest are planned here.'}
          </p>
          {query.data.days.length === 0 && <Empty title="Nobody gets a reminder">No open invoice comes to one of your days in the next two weeks.</Empty>}
          {query.data.days.map(({ day, mails }) => (
            <section key={day} className="plan-day">
              <h3>
                <Day day={day} />
              </h3>
              <ul>
                {mails.map((mail) => (
                  <Mail key={`${mail.customer.id} ${mail.reason ?? ''} ${mail.invoices[0]?.invoiceId}`} mail={mail} onShow={() => setShown(mail)} />
                ))}
              </ul>
            </section>
          ))}
        </>
      )}
      {shown && (
        <SidePanel title={`Reminder to ${shown.customer.name}`} onClose={() => setShown(null)}>
          <p className="dim small">As it would look if it left now.</p>
          <div className="reminder-frame" data-tall>
            <PreviewFrame address={addressOf('previewReminderBody', { query: asked(shown) })} version={0} title="The reminder" />
          </div>
        </SidePanel>
      )}
    </Section>
  );
}

function asked(mail: Planned) {
  const stepId = mail.invoices[0]?.stepId;
  return { invoiceIds: mail.invoices.map(({ invoiceId }) => invoiceId).join(','), ...(stepId === undefined || stepId.includes(':') ? {} : { stepId }) };
}

function Mail({ mail, onShow }: { mail: Planned; onShow: () => void }) {
  const money = useMoney();
  const total = mail.invoices.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const currency = mail.invoices[0]?.currency;
  const held = mail.reason !== null;
  return (
    <li className="plan-mail" data-held={held || undefined}>
      <div className="grow">
        <Link to="/customers/$customerId" params={{ customerId: mail.customer.id }} className="link strong">
          {mail.customer.name}
        </Link>{' '}
        <span className="dim small">
          {mail.invoices
            .slice(0, 4)
            .map(({ number }) => number)
            .join(', ')}
          {mail.invoices.length > 4 && ` and ${mail.invoices.length - 4} more`}
        </span>
        <span className="second">
          {held ? `Not sent: ${mail.reason === null ? '' : reasonWords[mail.reason]}` : mail.receivers.map(({ name }) => name).join(', ')}
          {mail.leftOut.length > 0 &&
            ` · without ${mail.leftOut.map(({ name, why }) => `${name} (${why === 'stopped' ? 'asked for none' : 'mail comes back'})`).join(', ')}`}
        </span>
      </div>
      <span className="num">{money(total, currency)}</span>
      {!held && (
        <Button size="compact-xs" variant="subtle" onClick={onShow}>
          See it
        </Button>
      )}
    </li>
  );
}

import './mail.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { addressOf } from '../../api/client.ts';
import { mailQuery } from '../../api/queries.ts';
import { Moment } from '../../parts/days.tsx';
import { ButtonLink } from '../../parts/links.tsx';
import { Note, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { MailMark } from './mailbox.tsx';

const route = getRouteApi('/office/mailbox/$mailId');

export default function Mail() {
  const { mailId } = route.useParams();
  const query = useQuery(mailQuery(mailId));
  const mail = query.data;
  if (mail === undefined) {
    return <Page title="Mail">{query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows rows={3} />}</Page>;
  }
  return (
    <Page
      title={mail.subject || 'Mail'}
      width="narrow"
      actions={
        <ButtonLink to="/mailbox" variant="default">
          Mailbox
        </ButtonLink>
      }
    >
      <dl className="facts" style={{ marginBottom: '1rem' }}>
        <dt>From</dt>
        <dd>{mail.from}</dd>
        <dt>Replies go to</dt>
        <dd>{mail.replyTo || 'nobody'}</dd>
        <dt>To</dt>
        <dd>
          {mail.toName} {mail.to}
        </dd>
        <dt>State</dt>
        <dd className="row">
          <MailMark state={mail.state} />
          <Moment at={mail.sentAt ?? mail.createdAt} />
          {mail.reason !== '' && <span className="dim">{mail.reason}</span>}
        </dd>
      </dl>
      {mail.text === null ? (
        <Note>What a mail said is not shown once mail really leaves: it may hold a link that belongs to its reader.</Note>
      ) : (
        <div className="mail-frame">
          <iframe
            className="frame"
            src={addressOf('readMailBody', { params: { mailId } })}
            title={mail.subject || 'Mail'}
            sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
          />
        </div>
      )}
    </Page>
  );
}

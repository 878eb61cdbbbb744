import { ActionIcon, Menu } from '@mantine/core';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDotsVertical.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { linksQuery } from '../../api/queries.ts';
import type { Invoice, Link } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Moment } from '../../parts/days.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { toast, toastProblem } from '../../parts/toast.ts';

/** Everyone who holds a working link to the invoice. */
export function Openers({ invoice }: { invoice: Invoice }) {
  const query = useQuery(linksQuery(invoice.id));
  const revoke = useAct('revokeLink', { renew: ['links', 'events'], done: () => toast('The link has ended') });
  return (
    <OpenersPart
      noun="invoice"
      shown={invoice.shown}
      query={query}
      onCopy={(link) => call('copyLink', { params: { linkId: link.id } })}
      onEnd={(link) => revoke.mutateAsync({ params: { linkId: link.id } })}
    />
  );
}

type AnyLink = Pick<Link, 'id' | 'personId' | 'name' | 'sentTo' | 'createdBy' | 'lastUsedAt' | 'state' | 'sharedById'>;
type Handling = Readonly<{ noun: 'invoice' | 'estimate'; onCopy: (link: AnyLink) => Promise<{ url: string }>; onEnd: (link: AnyLink) => Promise<unknown> }>;
type Query = Readonly<{ data?: { items: readonly AnyLink[] } | undefined; isPending: boolean; isError: boolean; error: unknown; refetch: () => unknown }>;

/** Who can open a document by link, when each was used last, and the way to end it. */
export function OpenersPart({ shown, query, ...handling }: Handling & Readonly<{ shown: boolean; query: Query }>) {
  const open = (query.data?.items ?? []).filter((link) => link.state === 'open');
  return (
    <Section title="Who can open this" id="openers">
      {query.isPending ? (
        <SkeletonRows rows={2} />
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : open.length === 0 ? (
        <p className="dim small">{shown ? 'No link is open. People of the customer see it after signing in.' : 'Nobody. It was not sent yet.'}</p>
      ) : (
        open.map((link) => <Opener key={link.id} link={link} {...handling} />)
      )}
    </Section>
  );
}

function Opener({ link, noun, onCopy, onEnd }: Handling & Readonly<{ link: AnyLink }>) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const who = link.name || (link.personId === null ? 'Whoever has the link' : link.sentTo);
  const end = async (): Promise<void> => {
    setBusy(true);
    await onEnd(link).catch(() => undefined);
    setBusy(false);
    setAsking(false);
  };
  const copy = (): void => {
    onCopy(link).then(
      ({ url }) => navigator.clipboard.writeText(url).then(() => toast('Link copied')),
      (error: unknown) => toastProblem(error),
    );
  };
  return (
    <div className="opener">
      <div className="grow">
        <div className="clip strong">{who}</div>
        <div className="dim small clip">
          {link.sentTo === '' ? `handed over by ${link.createdBy}` : link.sentTo}
          {link.sharedById !== null && ` · sent on by ${link.createdBy}`}
          {' · '}
          {link.lastUsedAt === null ? (
            'not used yet'
          ) : (
            <>
              used <Moment at={link.lastUsedAt} />
            </>
          )}
        </div>
      </div>
      <Menu>
        <Menu.Target>
          <ActionIcon size="sm" aria-label={`More about the link of ${who}`}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={copy}>Copy link</Menu.Item>
          <Menu.Item color="red" onClick={() => setAsking(true)}>
            End this link
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <Confirm title="End this link?" act="End this link" keep="Keep it" danger busy={busy} onAct={() => void end()} onClose={() => setAsking(false)}>
          {who} can no longer open the {noun} with it. The page then offers to mail a new link to the recorded address.
        </Confirm>
      )}
    </div>
  );
}

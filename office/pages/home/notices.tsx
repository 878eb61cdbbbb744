import IconKey from '@tabler/icons-react/dist/esm/icons/IconKey.mjs';
import IconWebhook from '@tabler/icons-react/dist/esm/icons/IconWebhook.mjs';
import { Link } from '@tanstack/react-router';
import type { Home } from '../../api/types.ts';
import { Moment, shortDay } from '../../parts/days.tsx';
import { useOffice } from '../../parts/office-context.ts';

type Notice = Home['notices'][number];

/** A key that ends soon or a webhook that stopped: no customer's matter, settled in the settings. */
export function NoticeRow({ notice }: { notice: Notice }) {
  const { today } = useOffice();
  const ending = notice.kind === 'key_ending';
  const Sign = ending ? IconKey : IconWebhook;
  return (
    <Link className="need" to="/settings/$section" params={{ section: ending ? 'keys' : 'webhooks' }}>
      <span className="need-sign" data-tone={ending ? 'warn' : 'bad'} aria-hidden>
        <Sign size={15} stroke={1.75} />
      </span>
      <span className="need-words clip">
        <span className="strong">{notice.name}</span>{' '}
        {ending ? `ends on ${shortDay(notice.at.slice(0, 10), today)}: make a new key` : 'gets no events any more'}
        {!ending && notice.detail !== '' && <span className="dim need-detail"> · {notice.detail}</span>}
      </span>
      <span />
      <span className="small dim end need-at">{!ending && <Moment at={notice.at} />}</span>
    </Link>
  );
}

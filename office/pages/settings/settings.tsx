import './settings.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { FC } from 'react';
import { settingsQuery } from '../../api/queries.ts';
import type { Settings as SettingsFacts } from '../../api/types.ts';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { ApiKeys } from './api-keys.tsx';
import { Charges } from './charges.tsx';
import { Closing } from './closing.tsx';
import { Company } from './company.tsx';
import { Estimates } from './estimates.tsx';
import { Export } from './export.tsx';
import { Look } from './look.tsx';
import { Numbering } from './numbering.tsx';
import { PastInvoices } from './past-invoices.tsx';
import { PriceBook } from './price-book.tsx';
import { Reminders } from './reminders.tsx';
import { Replies } from './replies.tsx';
import { Sending } from './sending.tsx';
import { SettingsNav } from './settings-nav.tsx';
import { Taxes } from './taxes.tsx';
import { Team } from './team.tsx';
import { Visits } from './visits.tsx';
import { WaysToPay } from './ways-to-pay.tsx';
import { Webhooks } from './webhooks.tsx';
import { Wording } from './wording.tsx';

const route = getRouteApi('/office/settings/$section');

export type SectionProps = { settings: SettingsFacts };

const sections: readonly { key: string; label: string; show: FC<SectionProps>; only?: (settings: SettingsFacts) => boolean }[] = [
  { key: 'company', label: 'Company', show: Company },
  { key: 'look', label: 'Look', show: Look },
  { key: 'numbering', label: 'Numbering', show: Numbering },
  { key: 'wording', label: 'Terms and wording', show: Wording },
  { key: 'mail', label: 'Mail', show: Sending },
  { key: 'taxes', label: 'Taxes', show: Taxes },
  { key: 'ways-to-pay', label: 'Ways to pay', show: WaysToPay },
  { key: 'charges', label: 'Late fees and discounts', show: Charges },
  { key: 'estimates', label: 'Estimates', show: Estimates },
  { key: 'visits', label: 'Visits', show: Visits },
  { key: 'reminders', label: 'Reminders', show: Reminders },
  { key: 'price-book', label: 'Price book', show: PriceBook },
  { key: 'past-invoices', label: 'Past invoices', show: PastInvoices, only: ({ history }) => history.hiddenInvoices > 0 || history.shownAt !== null },
  { key: 'team', label: 'Team', show: Team },
  { key: 'replies', label: 'Kept answers', show: Replies },
  { key: 'keys', label: 'API keys', show: ApiKeys },
  { key: 'webhooks', label: 'Webhooks', show: Webhooks },
  { key: 'export', label: 'Export', show: Export },
  { key: 'close', label: 'Close the business', show: Closing },
];

export default function Settings() {
  const { section } = route.useParams();
  const query = useQuery(settingsQuery);
  const settings = query.data;
  const at = sections.find(({ key }) => key === section) ?? sections[0];
  const shown = sections.filter(({ only }) => only === undefined || (settings !== undefined && only(settings)));
  return (
    <Page title="Settings" width={section === 'look' ? 'wide' : 'normal'}>
      <div className="settings">
        <SettingsNav sections={shown} at={at?.key ?? ''} />
        <div className="settings-body">
          {settings === undefined ? (
            query.isError ? (
              <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
            ) : (
              <SkeletonRows rows={6} />
            )
          ) : (
            at && <at.show key={at.key} settings={settings} />
          )}
        </div>
      </div>
    </Page>
  );
}

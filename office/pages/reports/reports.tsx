import './reports.css';
import { Button } from '@mantine/core';
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { addressOf } from '../../api/client.ts';
import { useOffice } from '../../parts/office-context.ts';
import { Page } from '../../parts/page.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { Aging, Coming, Paid } from './money-views.tsx';
import { Pace, PortalUse } from './pace-views.tsx';
import { periodFrom, ReportPeriod } from './report-period.tsx';
import type { SalesBy } from './report-queries.ts';
import { Sales, Taxes } from './sales-views.tsx';
import { Tips } from './tip-view.tsx';

const route = getRouteApi('/office/reports/$report');

const reports = [
  { key: 'aging', label: 'Aging', says: 'What is owed today, by how late it is', ofPeriod: false },
  { key: 'coming', label: 'Coming in', says: 'What falls due in the next 30 days', ofPeriod: false },
  { key: 'paid', label: 'Paid', says: 'Money received', ofPeriod: true },
  { key: 'tips', label: 'Tips', says: 'Given beside what was paid', ofPeriod: true },
  { key: 'sales', label: 'Sales', says: 'What was billed and not canceled', ofPeriod: true },
  { key: 'taxes', label: 'Tax', says: 'Tax on what was billed and not canceled', ofPeriod: true },
  { key: 'days-to-pay', label: 'Days to pay', says: 'From the day of the invoice to the day it was paid', ofPeriod: true },
  { key: 'portal', label: 'Portal', says: 'What customers did by themselves', ofPeriod: true },
] as const;

const salesViews: readonly string[] = ['customer', 'property', 'item'] satisfies SalesBy[];

/** What the books say, one question a page: a picture, the figures under it, and the same as a file. */
export default function Reports() {
  const params = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const { today } = useOffice();
  const at = reports.find(({ key }) => key === params.report) ?? reports[0];
  const period = periodFrom(search, today);
  const by = salesViews.includes(search.by ?? '') ? (search.by as SalesBy) : undefined;
  const kept = at.ofPeriod ? { from: search.from, to: search.to } : {};
  const query = { ...(at.ofPeriod ? period : {}), ...(at.key === 'sales' && by !== undefined ? { by } : {}) };
  return (
    <Page
      title="Reports"
      width="wide"
      lead={at.says}
      actions={
        <Button
          component="a"
          href={addressOf('downloadReport', { params: { report: at.key }, query })}
          download
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          Download CSV
        </Button>
      }
    >
      <Tabs
        label="Reports"
        at={at.key}
        tabs={reports.map(({ key, label, ofPeriod }) => ({
          key,
          label,
          link: { to: '/reports/$report', params: { report: key }, search: ofPeriod ? kept : {} },
        }))}
      />
      <div className="reports">
        {at.ofPeriod && (
          <ReportPeriod
            period={period}
            onChange={(next) => void navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, ...next }), replace: true })}
          />
        )}
        {at.key === 'aging' && <Aging />}
        {at.key === 'coming' && <Coming />}
        {at.key === 'paid' && <Paid period={period} />}
        {at.key === 'tips' && <Tips period={period} />}
        {at.key === 'sales' && <Sales period={period} by={by} />}
        {at.key === 'taxes' && <Taxes period={period} />}
        {at.key === 'days-to-pay' && <Pace period={period} />}
        {at.key === 'portal' && <PortalUse period={period} />}
      </div>
    </Page>
  );
}

import './invoice.css';
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { addressOf } from '../../api/client.ts';
import { invoiceQuery } from '../../api/queries.ts';
import { ButtonLink } from '../../parts/links.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { PreviewFrame } from '../editor/preview-frame.tsx';

const route = getRouteApi('/office/invoices/$invoiceId/preview');
const phone = 390;

/** The customer's page, marked Preview. Nothing in it can be pressed and it leaves no trace. */
export default function AsCustomer() {
  const { invoiceId } = route.useParams();
  const query = useQuery(invoiceQuery(invoiceId));
  const [width, setWidth] = useState<'phone' | 'desk'>('phone');
  const invoice = query.data;
  return (
    <Page
      title="Preview"
      heading={<h1 className="clip">Preview {invoice?.number ?? ''}</h1>}
      lead="As your customer sees it. Nothing can be pressed; it leaves no trace."
      width="wide"
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label="Width"
            value={width}
            onChange={(value) => setWidth(value as 'phone' | 'desk')}
            data={[
              { value: 'phone', label: 'Phone' },
              { value: 'desk', label: 'Desktop' },
            ]}
          />
          <ButtonLink variant="default" to="/invoices/$invoiceId" params={{ invoiceId }}>
            Back
          </ButtonLink>
        </>
      }
    >
      {invoice === undefined ? (
        query.isError ? (
          <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <SkeletonRows />
        )
      ) : (
        <div className="as-customer" style={{ maxWidth: width === 'phone' ? phone : undefined, margin: '0 auto' }}>
          <PreviewFrame address={addressOf('previewInvoice', { params: { invoiceId } })} version={invoice.version} title="What your customer sees" />
        </div>
      )}
    </Page>
  );
}

import { Button } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { propertiesQuery } from '../../api/queries.ts';
import type { Customer, Property } from '../../api/types.ts';
import { addressText } from '../../parts/address-fields.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { CameFrom, MoveProperty } from './move-property.tsx';
import { PropertyForm } from './property-form.tsx';

export function Properties({ customer }: { customer: Customer }) {
  const query = useQuery(propertiesQuery(customer.id));
  const [open, setOpen] = useState<Property | 'new' | null>(null);
  const [moving, setMoving] = useState(false);
  const close = (): void => {
    setOpen(null);
    setMoving(false);
  };
  const rows = query.data?.items ?? [];
  return (
    <Section
      title={<>Properties {rows.length > 1 && <span className="dim num">{customer.properties}</span>}</>}
      id="properties"
      actions={
        <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setOpen('new')}>
          Add property
        </Button>
      }
    >
      {query.isPending ? (
        <SkeletonRows rows={2} />
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <p className="dim small">No properties. Work is billed to the customer's own address.</p>
      ) : (
        <table className="list">
          <tbody>
            {rows.map((property) => (
              <tr key={property.id}>
                <td className="clip w45">
                  <button type="button" className="row-link text-row strong" onClick={() => setOpen(property)}>
                    {property.title}
                  </button>
                </td>
                <td className="clip dim">{addressText(property.address)}</td>
                <td className="clip dim">{property.ownerName}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {open !== null && (
        <SidePanel title={moving ? 'Move to another customer' : open === 'new' ? 'Add property' : 'Edit property'} onClose={close}>
          {moving && open !== 'new' ? (
            <MoveProperty property={open} onDone={close} />
          ) : (
            <>
              {open !== 'new' && <CameFrom property={open} />}
              <PropertyForm customerId={customer.id} property={open === 'new' ? null : open} onDone={close} />
              {open !== 'new' && (
                <Button variant="subtle" color="gray" onClick={() => setMoving(true)}>
                  Move to another customer
                </Button>
              )}
            </>
          )}
        </SidePanel>
      )}
    </Section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { propertiesQuery, settingsQuery } from '../../api/queries.ts';
import type { UsualTax } from './usual-tax.ts';

/** Which taxes lines for this customer have while nobody chooses. */
export function useUsualTax(taxed: boolean, customerId: string): UsualTax {
  const business = useQuery(settingsQuery).data?.billing.defaultTaxRateId;
  const properties = useQuery(propertiesQuery(customerId)).data?.items;
  return useMemo(
    () => ({
      taxed,
      business,
      properties: new Map((properties ?? []).flatMap(({ id, taxRateId }) => (taxRateId === null ? [] : [[id, taxRateId] as const]))),
    }),
    [taxed, business, properties],
  );
}

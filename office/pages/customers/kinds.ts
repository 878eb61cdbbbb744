import type { Customer } from '../../api/types.ts';

export const kinds: readonly { value: Customer['kind']; label: string }[] = [
  { value: 'residential', label: 'Homeowner' },
  { value: 'commercial', label: 'Company' },
  { value: 'property_manager', label: 'Property manager' },
];
export const kindLabel = (kind: Customer['kind']): string => kinds.find(({ value }) => value === kind)?.label ?? '';

export const languages = [
  { value: 'en', label: 'English' },
  { value: 'es', label: 'Spanish' },
  { value: 'fr', label: 'French' },
];

/** Money that comes without us. */
export const offlineMethods = [
  { value: 'check', label: 'Check' },
  { value: 'cash', label: 'Cash' },
  { value: 'transfer', label: 'Bank transfer' },
  { value: 'other', label: 'Other' },
];

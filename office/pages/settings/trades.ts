export const trades = [
  { value: 'cleaning', label: 'Cleaning' },
  { value: 'contracting', label: 'Contracting' },
  { value: 'landscaping', label: 'Landscaping' },
  { value: 'plumbing', label: 'Plumbing' },
  { value: 'other', label: 'Another trade' },
];

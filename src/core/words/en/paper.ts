export const paper = {
  creditNoteTitle: (number: string) => `Credit note ${number}`,
  onlineTitle: 'See and pay online',
  online: (address: string, number: string) => `Scan the code or open ${address} and enter invoice number ${number}. You can also ask a question there.`,
  codeAlt: (address: string) => `QR code that opens ${address}`,
  keptAsCredit: 'Kept as credit',
};

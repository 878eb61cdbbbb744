import type { Words } from '../words.ts';

export const paper: Words['paper'] = {
  creditNoteTitle: (number) => `Note de crédit ${number}`,
  onlineTitle: 'Consulter et payer en ligne',
  online: (address, number) => `Scannez le code ou ouvrez ${address} et saisissez le numéro de facture ${number}. Vous pouvez aussi y poser une question.`,
  codeAlt: (address) => `Code QR qui ouvre ${address}`,
  keptAsCredit: 'Conservé comme crédit',
};

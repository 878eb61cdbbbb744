import type { Words } from '../words.ts';

export const paper: Words['paper'] = {
  creditNoteTitle: (number) => `Nota de crédito ${number}`,
  onlineTitle: 'Ver y pagar en línea',
  online: (address, number) => `Escanee el código o abra ${address} e ingrese el número de factura ${number}. Ahí también puede hacer una pregunta.`,
  codeAlt: (address) => `Código QR que abre ${address}`,
  keptAsCredit: 'Guardado como saldo a favor',
};

import type { Words } from '../words.ts';

export const fees: Words['fees'] = {
  cardFee: 'Cargo por tarjeta',
  saving: 'Ahorro por cuenta bancaria',
  plus: (amount, fee) => `${amount} + ${fee} de cargo por tarjeta`,
  less: (amount, saving) => `${amount} − ${saving} de ahorro`,
  savedOfIt: (saving) => `de ello, ${saving} de ahorro`,
  cardRule: (rule) => `Pagar con tarjeta añade un cargo de ${rule}. Se cobra una vez por este pago y no forma parte de su factura.`,
  bankRule: (rate) => `Pagar desde una cuenta bancaria le ahorra ${rate}.`,
  atMost: (rule, most) => `${rule}, como máximo ${most}`,
  withFee: (title, fee) => `${title} + ${fee} de cargo por tarjeta`,
  withSaving: (title, saving) => `${title} − ${saving} de ahorro`,
};

import type { Words } from '../words.ts';

export const fees: Words['fees'] = {
  cardFee: 'Frais de carte',
  saving: 'Remise pour compte bancaire',
  plus: (amount, fee) => `${amount} + ${fee} de frais de carte`,
  less: (amount, saving) => `${amount} − ${saving} de remise`,
  savedOfIt: (saving) => `dont ${saving} de remise`,
  cardRule: (rule) => `Payer par carte ajoute des frais de ${rule}. Ils sont débités une fois pour ce paiement et ne font pas partie de votre facture.`,
  bankRule: (rate) => `Payer depuis un compte bancaire vous donne une remise de ${rate}.`,
  atMost: (rule, most) => `${rule}, au plus ${most}`,
  withFee: (title, fee) => `${title} + ${fee} de frais de carte`,
  withSaving: (title, saving) => `${title} − ${saving} de remise`,
};

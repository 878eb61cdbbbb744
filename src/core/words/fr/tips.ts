import type { Words } from '../words.ts';

export const tips: Words['tips'] = {
  tip: 'Pourboire',
  title: 'Ajouter un pourboire ?',
  lead: 'Seulement si vous le souhaitez. Il est débité avec la facture et indiqué à part.',
  none: 'Sans pourboire',
  percent: (percent, amount) => `${percent} % · ${amount}`,
  own: 'Autre pourboire',
  ownLabel: 'Votre pourboire',
  ownHint: (most) => `Jusqu'à ${most}`,
  show: 'Ajouter ce pourboire',
  inIt: (invoice, tip) => `${invoice} pour la facture et ${tip} de pourboire`,
  withIt: (title, tip) => `${title} et ${tip} de pourboire`,
};

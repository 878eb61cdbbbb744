import type { Words } from '../words.ts';

export const tips: Words['tips'] = {
  tip: 'Propina',
  title: '¿Añadir una propina?',
  lead: 'Solo si lo desea. Se cobra junto con la factura y se muestra aparte.',
  none: 'Sin propina',
  percent: (percent, amount) => `${percent}% · ${amount}`,
  own: 'Otra propina',
  ownLabel: 'Su propina',
  ownHint: (most) => `Hasta ${most}`,
  show: 'Añadir esta propina',
  inIt: (invoice, tip) => `${invoice} de la factura y ${tip} de propina`,
  withIt: (title, tip) => `${title} y ${tip} de propina`,
};

import { counted } from '../counted.ts';
import type { Words } from '../words.ts';

const n = counted('fr');

export const statement: Words['statement'] = {
  ofPlaces: (count) => n(count, { one: '# de vos propriétés', other: '# de vos propriétés' }),
  ofTheirPlaces: (count) => n(count, { one: '# propriété', other: '# propriétés' }),
  period: (from, to) => `Du ${from} au ${to}`,
  since: (from) => `Depuis le ${from}`,
  until: (to) => `Jusqu'au ${to}`,
  upTo: (day) => `Du début au ${day}`,
  knownOn: (day) => `Selon nos livres au ${day}`,
  showNow: "Afficher à la date d'aujourd'hui",
  opening: (day) => `Solde avant le ${day}`,
  charged: 'Montants facturés',
  settled: 'Paiements et crédits',
  balanceOn: (day) => `Solde au ${day}`,
  ageing: 'Retard de paiement',
  buckets: {
    current: 'Sans retard',
    days30: 'De 1 à 30 jours de retard',
    days60: 'De 31 à 60 jours de retard',
    days90: 'De 61 à 90 jours de retard',
    over90: 'Plus de 90 jours de retard',
  },
  processing: (amount) => `${amount} en cours de traitement. Le solde en tient compte dès que la banque les a.`,
  announced: (amount) => `${amount} annoncés. Le solde en tient compte dès leur arrivée.`,
  inQuestion: (amount) => `Dans le solde, ${amount} en cours d'examen.`,
  heldBack: (amount) => `Dans le solde, ${amount} de retenue de garantie, pas encore à payer.`,
  entered: (day) => `saisi le ${day}`,
  lateTitle: (day) => `Saisi après le ${day}`,
  lateLead: "Cela compte pour des jours de ce relevé, mais est arrivé plus tard. Aucun de ses chiffres n'en tient compte.",
  periods: { all: 'Tout', this_month: 'Ce mois-ci', last_month: 'Mois dernier', this_year: 'Cette année', last_year: 'Année dernière' },
  other: 'Autres dates ou propriétés',
  asOf: 'Selon nos livres au (facultatif)',
  properties: 'Propriétés',
  show: 'Afficher le relevé',
  pdf: 'Télécharger le relevé',
};

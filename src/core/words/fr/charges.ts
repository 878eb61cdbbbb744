import { counted } from '../counted.ts';

const n = counted('fr');

export const charges = {
  deposit: 'Acompte',
  depositTitle: (number: string) => `Demande d’acompte ${number}`,
  depositLead: 'C’est de l’argent versé d’avance. Nous le gardons et le déduisons de votre facture. Il ne porte pas de taxe.',
  depositApplied: 'Acompte déduit',
  depositAppliedFrom: (number: string) => `Acompte déduit (${number})`,
  payDeposit: (number: string) => `Payer l’acompte ${number}`,
  lateFee: 'Frais de retard',
  lateFeeTitle: (number: string) => `Frais de retard ${number}`,
  feeLine: (number: string) => `Frais de retard pour la facture ${number}`,
  feeWhy: (date: string) => `Elle était à payer avant le ${date} inclus et n’est pas entièrement payée.`,
  feeAbout: (number: string) => `Facturés parce que la facture ${number} n’a pas été payée à temps.`,
  openAbout: (number: string) => `Voir la facture ${number}`,
  feeOnce: (fee: string) => `Si le paiement n’est pas fait à l’échéance, nous facturons des frais de retard de ${fee}.`,
  feeOnceAfter: (fee: string, days: number) =>
    n(days, {
      one: `Si le paiement n’est pas fait dans le # jour qui suit l’échéance, nous facturons des frais de retard de ${fee}.`,
      other: `Si le paiement n’est pas fait dans les # jours qui suivent l’échéance, nous facturons des frais de retard de ${fee}.`,
    }),
  feeMonthly: (fee: string) => `Si le paiement n’est pas fait à l’échéance, nous facturons des frais de retard de ${fee} pour chaque mois de retard.`,
  feeMonthlyAfter: (fee: string, days: number) =>
    n(days, {
      one: `Si le paiement n’est pas fait dans le # jour qui suit l’échéance, nous facturons des frais de retard de ${fee} pour chaque mois de retard.`,
      other: `Si le paiement n’est pas fait dans les # jours qui suivent l’échéance, nous facturons des frais de retard de ${fee} pour chaque mois de retard.`,
    }),
  feeCap: (cap: string) => `Les frais de retard ne dépassent jamais ${cap} en tout.`,
  ofOverdue: (rate: string) => `${rate} du montant en retard`,
  early: 'Escompte pour paiement rapide',
  earlyOffer: (less: string, date: string, full: string) => `Payez ${less} jusqu’au ${date} au lieu de ${full}`,
  earlyRule: (rate: string, saved: string, date: string) => `${rate} de réduction, ${saved}, si vous payez la totalité jusqu’au ${date}.`,
  depositSubject: (number: string, business: string, amount: string) => `Demande d’acompte ${number} de ${business} : ${amount}`,
  depositMail: (number: string, amount: string, date: string) =>
    `Voici notre demande d’acompte de ${amount}, à payer avant le ${date} inclus. Elle porte le numéro ${number}.`,
  feeSubject: (number: string, business: string, amount: string) => `Frais de retard ${number} de ${business} : ${amount}`,
  feeMail: (number: string, amount: string, date: string) =>
    `Des frais de retard de ${amount} sont à payer avant le ${date} inclus. Ils portent le numéro ${number}.`,
  shareOf: (rate: string, amount: string) => `${rate} de ${amount}`,
  number: 'Numéro',
  day: 'Date de la demande',
  seeAndPay: 'Voir la demande et payer',
  howToPayLead: (number: string) => `Merci d’indiquer ${number} avec votre paiement pour que nous le reconnaissions.`,
  used: (amount: string, number: string) => `${amount} déduits de la facture ${number}`,
  taken: (amount: string, number: string) => `Acompte ${number} déduit : ${amount}`,
  credited: (amount: string) => `${amount} gardés comme crédit à votre nom`,
  refunded: (amount: string) => `${amount} vous ont été rendus`,
  discounted: (amount: string) => `Escompte de ${amount} pour paiement rapide`,
  asked: 'Acompte demandé',
  feeMade: 'Frais de retard',
  installments: 'Échéances',
  installment: (place: number, count: number) => `Échéance ${place} sur ${count}`,
  installmentState: { paid: 'Payée', processing: 'En cours de traitement', overdue: 'En retard', due: 'À payer', later: 'À payer plus tard' },
  installmentDue: (place: number, count: number, amount: string, date: string) => `Échéance ${place} sur ${count} : ${amount}, à payer avant le ${date} inclus`,
  installmentsMail: (number: string, amount: string, count: number) =>
    `Voici la facture ${number} d'un montant de ${amount}. Elle se paie en ${count} échéances ; vous pouvez payer chacune plus tôt si vous le souhaitez.`,
  leftOf: (amount: string) => `reste ${amount}`,
  balanceOf: (amount: string) => `Solde ${amount}`,
  payNext: (amount: string) => `Payer seulement ${amount} maintenant`,
  payRest: (amount: string) => `Payer la totalité, ${amount}`,
  rescheduled: 'Échéances modifiées',
};

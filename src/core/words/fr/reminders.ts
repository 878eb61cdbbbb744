import type { reminders as english } from '../en/reminders.ts';

export const reminders: typeof english = {
  wording: {
    friendly: {
      subject: 'Rappel de {business} : {amount}, à payer avant le {due} inclus',
      text: 'Nous vous rappelons {amount} pour {invoices}, à payer avant le {due} inclus ({days}).\n\nSi vous avez déjà payé, merci. Vous n’avez rien à faire.',
    },
    plain: {
      subject: 'Paiement en retard à {business} : {amount}',
      text: 'Nous n’avons pas encore reçu {amount} pour {invoices}. La date limite était le {due} ({days}).\n\nVous pouvez payer en ligne en une minute. Si quelque chose ne va pas dans la facture, dites-le-nous et nous vérifierons.',
    },
    firm: {
      subject: 'Merci de payer {amount} à {business}, {days}',
      text: 'Le montant de {amount} pour {invoices} reste à payer. La date limite était le {due} ({days}).\n\nMerci de le régler cette semaine. Si cela vous est impossible, ou si la facture contient une erreur, appelez-nous ou répondez à ce message pour trouver une solution.',
    },
    missed: {
      subject: 'Votre paiement à {business} n’est pas encore arrivé',
      text: 'Vous nous avez annoncé un paiement. Il ne nous est pas encore parvenu : {amount} pour {invoices} reste donc à payer.\n\nSi vous l’avez envoyé, merci : il est peut-être seulement en retard. Sinon, vous pouvez payer en ligne dès maintenant.',
    },
  },
  oneInvoice: (number) => `la facture ${number}`,
  invoices: (count) => `${count} factures`,
  dueNow: 'À payer maintenant',
  dueOn: (date) => `À payer avant le ${date} inclus`,
  late: (days) => (days === 1 ? '1 jour de retard' : `${days} jours de retard`),
  today: 'à payer aujourd’hui',
  inDays: (days) => (days === 1 ? 'à payer demain' : `à payer dans ${days} jours`),
  button: 'Voir la facture et payer',
  see: 'Voir et payer',
  linkNote: 'Ces liens sont à vous. Chacun ouvre une facture, et toute personne qui l’a peut la voir et la payer.',
  stop: 'Ne plus envoyer de rappels comme celui-ci',
  page: {
    title: 'Rappels',
    lead: (business, address) => `${business} envoie des rappels de factures impayées à ${address}.`,
    stays: 'Les factures, les reçus et les réponses à vos questions continuent d’arriver. Ce que vous devez ne change pas.',
    stop: 'Ne plus envoyer de rappels',
    stoppedTitle: 'Les rappels sont arrêtés',
    stopped: (business, address) => `${business} n’envoie plus de rappels à ${address}.`,
    resume: 'Les réactiver',
    resumedTitle: 'Les rappels sont activés',
    ended: 'Ce lien ne fonctionne plus. Vous trouverez le même choix dans Vos coordonnées après connexion.',
  },
  profile: {
    title: 'Rappels',
    on: 'Vous recevez par courriel les rappels de factures impayées.',
    off: 'Vous ne recevez pas de rappels. Les factures et les reçus continuent d’arriver.',
  },
};

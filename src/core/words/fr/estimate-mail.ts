import type { Words } from '../words.ts';

export const estimateMail: Words['estimateMail'] = {
  papers: { estimate: 'Devis', quote: 'Soumission', proposal: 'Proposition', change_order: 'Avenant' },
  version: (paper, revision) => `${paper}, version n° ${revision}`,
  validUntil: (date) => `Validité : jusqu’au ${date}`,
  seeAndApprove: 'Examiner et approuver',
  see: 'Voir le document',
  linkNote: 'Ce lien est le vôtre et n’ouvre que ce document.',
  reason: 'Motif',
  sent: {
    subject: (paper, business, amount) => `${paper} de ${business} : ${amount}`,
    lead: (paper, amount, date) => `${paper} d’un montant de ${amount} vous attend. Vous pouvez l’examiner, choisir et approuver jusqu’au ${date}.`,
  },
  replaced: {
    subject: (paper, business) => `${paper} de ${business} : nouvelle version`,
    lead: (paper, amount, date) =>
      `${paper} a une nouvelle version d’un montant de ${amount}. La page montre ce qui a changé. Vous pouvez l’approuver jusqu’au ${date}.`,
  },
  reminder: {
    subject: (paper, business, date) => `${paper} de ${business} : validité jusqu’au ${date}`,
    lead: (paper, amount, date) => `${paper} d’un montant de ${amount} attend votre réponse. La validité se termine le ${date}.`,
  },
  toApprove: {
    subject: (paper, amount) => `En attente de vous : ${paper}, ${amount}`,
    lead: (name, paper, amount) => `${name} recommande ${paper} d’un montant de ${amount}. Ce montant dépasse son plafond d’approbation et vous attend.`,
  },
  approved: {
    subject: (paper, amount) => `Approuvé : ${paper}, ${amount}`,
    lead: (paper, amount) => `Vous avez approuvé ${paper} d’un montant de ${amount}. La page montre ce qui a été signé et comment le retirer.`,
  },
  recommended: {
    subject: (paper) => `Recommandé : ${paper}`,
    lead: (paper, amount) =>
      `Vous avez recommandé ${paper} d’un montant de ${amount}. Ce montant dépasse votre plafond d’approbation et attend une autre personne de votre compte.`,
  },
  withdrawn: {
    subject: (paper) => `Approbation retirée : ${paper}`,
    lead: (paper) => `L’approbation de ${paper} a été retirée. Une décision est de nouveau attendue.`,
  },
  forOffice: {
    approved: (customer, paper, amount) => `${customer} a approuvé ${paper}, ${amount}`,
    recommended: (customer, paper, amount) => `${customer} recommande ${paper}, ${amount}`,
    declined: (customer, paper) => `${customer} a refusé ${paper}`,
    changes_requested: (customer, paper) => `${customer} demande des modifications : ${paper}`,
    withdrawn_approval: (customer, paper) => `${customer} a retiré l’approbation : ${paper}`,
    first_approved: (customer, paper, amount) => `${customer} a donné la première de deux approbations : ${paper}, ${amount}`,
    by: (name) => `Par ${name}.`,
    button: 'Ouvrir au bureau',
  },
  newLink: {
    subject: (paper, business) => `Votre nouveau lien : ${paper} de ${business}`,
    lead: (paper) => `Voici votre nouveau lien : ${paper}.`,
  },
};

import type { Words } from '../words.ts';

export const authority: Words['authority'] = {
  waitingSecond: 'En attente d’une seconde personne',
  rule: (from) => (from === '' ? 'Sur votre compte, deux personnes approuvent.' : `Sur votre compte, deux personnes approuvent à partir de ${from}.`),
  first: 'Votre approbation est la première des deux. Dès qu’une seconde personne approuve la même chose, c’est approuvé.',
  second: (name, day) => `${name} a approuvé en premier le ${day}. Avec la vôtre, c’est approuvé.`,
  other: (name, amount) => `${name} a approuvé d’autres choix, ${amount} en tout. Si vous approuvez ceux-ci, une seconde personne doit aussi les approuver.`,
  pressFirst: (amount) => `Approuver ${amount}, première de deux personnes`,
  approvedFirst: (name, day) => `${name} a approuvé en premier le ${day}. Une seconde personne doit aussi approuver.`,
  youDid: (day) => `Vous avez approuvé le ${day}. Ce sera approuvé dès qu’une seconde personne aura aussi approuvé.`,
  takeBack: 'Retirer mon approbation',
  takeBackTitle: 'Retirer votre approbation',
  takeBackLead: 'Votre approbation ne compte plus comme la première des deux. Sa preuve est conservée, avec celle de son retrait.',
  takeBackPress: (amount) => `Retirer l’approbation de ${amount}`,
  firstBy: 'Approuvé en premier par',
  firstOn: 'Première approbation le',
  timeline: (name, amount) => `Approuvé en premier par ${name} : ${amount}`,
  mail: {
    subject: (paper) => `Première approbation : ${paper}`,
    lead: (paper, amount) =>
      `Vous avez approuvé ${paper} d’un montant de ${amount}, en premier. Ce sera approuvé dès qu’une seconde personne aura aussi approuvé.`,
    toApprove: (name, paper, amount) =>
      `${name} a approuvé en premier ${paper} d’un montant de ${amount}. Votre compte demande une seconde personne, et c’est à vous.`,
  },
};

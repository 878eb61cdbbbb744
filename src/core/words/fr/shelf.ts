import type { Words } from '../words.ts';

export const shelf: Words['shelf'] = {
  title: 'Documents utiles',
  lead: 'Assurances, formulaires fiscaux, contrats et renonciations, à consulter et à garder.',
  kinds: {
    insurance: 'Assurance',
    tax_form: 'Formulaire fiscal',
    contract: 'Contrat',
    lien_waiver: 'Renonciation de privilège',
    license: 'Licence',
    other: 'Autre',
  },
  until: (day) => `Valable jusqu’au ${day}`,
  endsSoon: (day) => `Expire le ${day}`,
  empty: 'Il n’y a pas encore de documents ici. Demandez celui qu’il vous faut.',
  request: 'Demander un document',
  which: 'Quel document',
  note: 'Pourquoi il vous le faut',
  about: 'Pour',
  send: 'Envoyer la demande',
  cancel: 'Pas maintenant',
  subject: (kind) => `Document demandé : ${kind}`,
  please: (kind) => `Veuillez mettre ceci sur la page des documents : ${kind}.`,
};

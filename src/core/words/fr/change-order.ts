import { counted } from '../counted.ts';
import type { Words } from '../words.ts';

const n = counted('fr');

export const changeOrder: Words['changeOrder'] = {
  title: 'Avenants',
  changesWhat: 'Modifie',
  changes: (number) => `Modifie ${number}`,
  contract: 'Contrat à ce jour',
  original: 'Convenu au départ',
  approvedChanges: (count) => n(count, { one: '# modification approuvée', other: '# modifications approuvées' }),
  before: 'Contrat actuel',
  thisChange: 'Cette modification',
  after: 'Contrat après approbation',
  billed: 'Facturé à ce jour',
  left: 'Reste à facturer',
  released: (amount) => `${amount} de la retenue de garantie libérés`,
  notStanding: (number) => `${number} n'est plus approuvé : cette modification ne peut donc pas être approuvée pour l'instant.`,
  instead: {
    work: 'Ce qui change',
    scope: 'Ce qui change, et pourquoi',
    back: "Retour à l'avenant",
    notYouLead: "Fermez cet avenant dans ce navigateur. Personne d'autre ne perd rien, et le lien de l'e-mail continue de fonctionner.",
    renewText: 'Merci de renouveler cet avenant. Je souhaite y donner suite.',
  },
  banner: {
    expiredTitle: 'Cet avenant a expiré',
    withdrawnTitle: 'Nous avons retiré cet avenant',
    withdrawnLead: 'Il ne peut plus être approuvé. Ce qui était convenu avant reste tel quel.',
    replacedTitle: 'Il existe une version plus récente de cet avenant',
    approvalWithdrawn: (day) => `L'approbation a été retirée le ${day}. L'avenant attend de nouveau une réponse.`,
  },
  decline: { title: 'Refuser cet avenant', lead: 'Rien ne change : ce qui était convenu avant reste tel quel.', press: 'Refuser cet avenant' },
  timeline: { issued: 'Avenant établi' },
  undo: { lead: "L'avenant attend de nouveau une réponse. L'attestation de l'approbation reste, avec celle de son retrait." },
};

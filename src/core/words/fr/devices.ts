import type { Words } from '../words.ts';

export const devices: Words['devices'] = {
  title: 'Appareils',
  lead: "Où vous êtes connecté avec cette adresse, dans toutes les entreprises. Déconnectez ce que vous ne connaissez pas ou n'utilisez plus.",
  name: (browser: string, system: string) => (browser && system ? `${browser} sur ${system}` : browser || system || 'Un autre appareil'),
  here: 'Cet appareil',
  since: (date: string) => `Connecté le ${date}`,
  lastUsed: (date: string) => `Dernière utilisation : ${date}`,
  until: (date: string) => `Prend fin au plus tard le ${date}`,
  signOut: 'Déconnecter cet appareil',
  others: 'Déconnecter tous les autres appareils',
  onlyHere: "Vous n'êtes connecté nulle part ailleurs.",
  told: { one: 'Cet appareil est déconnecté.', others: 'Tous les autres appareils sont déconnectés.' },
  mail: {
    subject: (business: string) => `Un nouvel appareil s'est connecté à votre compte chez ${business}`,
    lead: (device: string, business: string) =>
      `Quelqu'un s'est connecté à votre compte chez ${business} avec un code envoyé à cette adresse, depuis un appareil que nous n'avions jamais vu : ${device}.`,
    after:
      "Si c'était vous, vous n'avez rien à faire. Sinon, connectez-vous, ouvrez Appareils, déconnectez tous les autres et veillez sur votre boîte : le code venait de là.",
  },
};

export const everything: Words['everything'] = {
  title: 'Tout ce qui est dû',
  lead: 'Ce qui est dû sur vos comptes, dans chaque entreprise où vous vous connectez avec cette adresse. Vous seul voyez cette page.',
  open: 'Tout ce qui est dû, sur tous les comptes',
};

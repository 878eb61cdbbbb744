import { counted } from '../counted.ts';
import type { Words } from '../words.ts';

const n = counted('fr');

export const linkEnded: Words['linkEnded'] = {
  title: 'Ce lien a pris fin',
  lead: (masked) => `Nous pouvons en envoyer un nouveau à ${masked}.`,
  leadNoAddress: "Nous pouvons en envoyer un nouveau à l'adresse que nous avons de vous.",
  send: "M'envoyer un nouveau lien",
  sentTitle: 'Un nouveau lien est en route',
  sent: (masked) => `Nous l'avons envoyé à ${masked}. Il devrait arriver dans une minute ; regardez aussi dans les indésirables.`,
  sentNoAddress: "Nous l'avons envoyé à l'adresse que nous avons de vous. Il devrait arriver dans une minute ; regardez aussi dans les indésirables.",
  otherAddress: (phone) => `Ce n'est plus votre adresse ? Appelez le ${phone}.`,
  needCookieTitle: 'Veuillez ouvrir le lien de votre message',
  needCookie: "Cette page s'ouvre depuis le lien que nous vous avons envoyé. Pour votre sécurité, son adresse seule ne suffit pas.",
};

export const frontDoor: Words['frontDoor'] = {
  title: (business) => `Vos factures chez ${business}`,
  lead: 'Consultez et payez vos factures. Sans mot de passe.',
  signInTitle: 'Se connecter',
  sendCode: "M'envoyer un code",
  findTitle: 'Retrouver ma facture',
  findLead: 'Indiquez le numéro de votre facture et votre adresse e-mail. Nous vous enverrons le lien.',
  findNumber: 'Numéro de facture',
  findSend: "M'envoyer le lien",
  findDoneTitle: 'Regardez dans votre boîte de réception',
  findDone: "Si le numéro et l'adresse vont ensemble, le lien est en route. Si rien n'arrive d'ici quelques minutes, vérifiez les deux ou appelez-nous.",
  contact: 'Nous joindre',
};

export const signIn: Words['signIn'] = {
  title: 'Se connecter',
  emailLabel: 'Votre adresse e-mail',
  sendCode: "M'envoyer un code",
  codeTitle: 'Saisissez votre code',
  codeLead: (email) => `Si nous connaissons ${email}, un code à six chiffres est en route. Il fonctionne pendant 10 minutes.`,
  codeLeadNoAddress: 'Si nous connaissons votre adresse, un code à six chiffres y est en route. Il est valable 10 minutes.',
  codeLabel: 'Code de connexion',
  enter: 'Entrer',
  newCode: "M'envoyer un nouveau code",
  otherEmail: 'Prendre une autre adresse',
  nothingCame: "Rien reçu ? Regardez dans les indésirables, ou prenez l'adresse à laquelle nous envoyons vos factures.",
  remember: 'Rester connecté sur cet appareil pendant 30 jours',
  linkTitle: 'Se connecter ici ?',
  linkLead: (email) => `Appuyez pour vous connecter avec ${email} dans ce navigateur.`,
  linkEnter: 'Oui, me connecter',
  linkOtherBrowser: "Ouvrez ce lien dans le navigateur où vous l'avez demandé, ou saisissez-y le code.",
  signedOut: 'Vous êtes déconnecté.',
  ended: 'Nous vous avons déconnecté pour protéger votre compte. Veuillez vous reconnecter.',
  wrong: 'Ce code est faux ou a expiré. Vérifiez-le ou demandez-en un nouveau.',
};

export const home: Words['home'] = {
  title: 'Accueil',
  greeting: (name) => `Bonjour ${name}`,
  needsYou: 'Ce qui vous attend',
  nothingNeedsYou: 'Rien ne vous attend pour le moment.',
  payDueNow: (amount) => `Payer ${amount} maintenant`,
  youOwe: 'Ce que vous devez',
  balance: 'Solde',
  dueNow: 'À payer maintenant',
  dueLater: 'À payer plus tard',
  onItsWay: "En cours d'acheminement",
  inQuestion: "En cours d'examen",
  heldBack: 'Retenue de garantie',
  creditAvailable: 'Crédit disponible',
  overdueOf: (amount) => `dont ${amount} en retard`,
  recent: 'Récent',
  recentPayments: 'Paiements récents',
  allInvoices: 'Toutes les factures',
  allPayments: 'Tous les paiements',
  allPaid: 'Tout est payé. Merci.',
  nav: { home: 'Accueil', invoices: 'Factures', payments: 'Paiements', more: 'Plus', profile: 'Vos coordonnées' },
};

export const invoices: Words['invoices'] = {
  title: 'Factures',
  searchLabel: 'Rechercher par numéro, propriété, bon de commande ou montant',
  tabs: { open: 'À payer', overdue: 'En retard', paid: 'Payées', all: 'Toutes' },
  count: (count) => n(count, { one: '# facture', other: '# factures' }),
  number: 'Numéro',
  date: 'Date',
  due: 'Échéance',
  status: 'État',
  property: 'Propriété',
  poNumber: 'N° de bon de commande',
  total: 'Total',
  balance: 'Solde',
  allProperties: 'Toutes les propriétés',
  from: 'Du',
  to: 'Au',
  apply: 'Afficher',
  empty: "Il n'y a pas encore de factures. Dès que nous vous en envoyons une, elle est ici.",
  noneFound: 'Aucune facture ne correspond. Essayez moins de mots ou un autre filtre.',
  nonePayable: "Rien n'est à payer.",
  clearFilters: 'Enlever les filtres',
};

export const payments: Words['payments'] = {
  title: 'Paiements',
  receipts: 'Paiements et reçus',
  count: (count) => n(count, { one: '# paiement', other: '# paiements' }),
  date: 'Date',
  method: 'Moyen de paiement',
  amount: 'Montant',
  status: 'État',
  paidFor: 'Payé pour',
  openReceipt: 'Reçu',
  empty: "Il n'y a pas encore de paiements. Dès que vous payez, le reçu est ici.",
};

export const profile: Words['profile'] = {
  title: 'Vos coordonnées',
  lead: (business) => `Ce que ${business} sait de vous. Les modifications ne valent qu'ici.`,
  name: 'Nom',
  phone: 'Téléphone',
  email: 'Adresse e-mail',
  emailNote: "Pour changer d'adresse e-mail, appelez-nous ou écrivez-nous.",
  language: 'Langue',
  save: 'Enregistrer les modifications',
  saved: 'Vos modifications sont enregistrées.',
};

export const access: Words['access'] = {
  title: "Qui peut l'ouvrir",
  lead: 'Chaque personne a son propre lien. Il ouvre seulement cette facture.',
  sentOn: (date) => `Lien envoyé le ${date}`,
  lastUsed: (date) => `Utilisé pour la dernière fois le ${date}`,
  neverUsed: 'Pas encore utilisé',
  worksUntil: (date) => `Fonctionne jusqu'au ${date}`,
  ended: 'Terminé',
  you: 'Vous',
  wholeAccount: 'Voit toutes les factures de ce compte',
  end: 'Désactiver ce lien',
  endConfirm: (name) => `Désactiver le lien de ${name} ? Il cesse aussitôt de fonctionner.`,
  endedNow: 'Le lien ne fonctionne plus.',
};

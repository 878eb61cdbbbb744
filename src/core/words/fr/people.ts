import { counted } from '../counted.ts';
import type { Words } from '../words.ts';

const n = counted('fr');

export const people: Words['people'] = {
  title: 'Personnes et accès',
  lead: (account: string) => `Qui peut ouvrir le compte de ${account}, et ce que chacun peut y faire.`,
  invite: 'Inviter une personne',
  change: 'Modifier',
  for: 'Pour',
  everywhere: 'Toutes les propriétés',
  places: (count: number) => n(count, { one: '# propriété', other: '# propriétés' }),
  can: {
    view: 'Voir les factures et les devis',
    ask: 'Poser des questions',
    pay: 'Payer',
    approveUpTo: (amount: string) => `Approuver jusqu'à ${amount}`,
    approveAny: "Approuver n'importe quel montant",
    manage: 'Gérer les personnes',
    bills: 'Reçoit les factures par e-mail',
  },
  sharedMailbox: 'Boîte partagée',
  invitedOn: (date: string) => `Ajoutée le ${date}, ne s'est pas encore connectée`,
  bounced: 'Le courrier à cette adresse nous est revenu',
  noAddress: "Pas d'adresse e-mail",
  own: {
    title: 'Ce que vous pouvez faire',
    ask: (names: string) => `${names} peut changer cela.`,
    askUs: "S'il vous faut davantage, contactez-nous.",
  },
  grid: { title: 'Qui voit quelle propriété', property: 'Propriété', yes: 'La voit', no: 'Ne la voit pas' },
  presets: {
    lead: 'Commencez par ce qui convient le mieux. Vous pourrez modifier chaque point à la page suivante.',
    pays: { title: 'Paie les factures', text: 'Voit tout, pose des questions et paie. Les factures lui sont envoyées par e-mail.' },
    approves: { title: 'Approuve les travaux', text: "Voit tout, pose des questions et approuve les devis jusqu'à un plafond." },
    property: { title: 'Une propriété', text: 'Voit les propriétés que vous choisissez, pose des questions à leur sujet, et rien de plus.' },
    everything: { title: 'Tout', text: 'Peut faire ce que vous pouvez faire, et gère aussi les personnes.' },
  },
  form: {
    inviteTitle: 'Inviter une personne',
    inviteLead: (account: string) => `Elle reçoit un e-mail et ouvre le compte de ${account} avec un code envoyé à son adresse.`,
    changeLead: (email: string) => `Se connecte avec ${email}. Les modifications comptent aussitôt.`,
    name: 'Nom',
    email: 'Adresse e-mail',
    language: 'Langue',
    shared: 'Plusieurs personnes lisent cette boîte',
    sharedHint: 'Elle peut voir, poser des questions et payer, mais pas approuver.',
    may: 'Ce que cette personne peut faire',
    always: 'Chacun ici voit les factures et les devis de ses propriétés.',
    approve: "Approuver des devis jusqu'à",
    approveCompany: "Vide : elle recommande, quelqu'un d'autre approuve. Qui gère les personnes approuve n'importe quel montant, sauf plafond inscrit ici.",
    approveHome: 'Vide : sans plafond.',
    approveOwn: (amount: string) => `Votre propre plafond est de ${amount}.`,
    which: 'Pour quelles propriétés',
    all: 'Toutes, les futures aussi',
    some: 'Seulement celles-ci',
    save: 'Enregistrer les modifications',
    again: "Renvoyer l'invitation",
    remove: (name: string) => `Retirer ${name}`,
  },
  fresh: {
    title: "Assurons-nous d'abord que c'est vous",
    ask: (address: string) => `Les accès à votre compte se modifient avec un code. Nous l'envoyons à ${address}.`,
    sent: (address: string) => `Un code à six chiffres est en route vers ${address}. Il est valable 10 minutes.`,
  },
  remove: {
    title: (name: string) => `Retirer ${name}`,
    lead: (name: string, account: string) => `${name} ne pourra plus ouvrir le compte de ${account}, dès maintenant.`,
    what: "Ses liens prennent fin, sa session sur ce compte se ferme et les paiements automatiques qu'elle a activés s'arrêtent. Ce qui a été payé, demandé et approuvé reste.",
    keep: 'Garder cette personne',
  },
  told: {
    invited: "L'invitation est en route.",
    changed: 'Vos modifications sont enregistrées. Elles comptent dès maintenant.',
    removed: "La personne a été retirée. Ses liens et connexions n'ouvrent plus ce compte.",
  },
  join: {
    title: (account: string) => `Le compte de ${account}`,
    lead: (address: string) => `Il s'ouvre avec un code à six chiffres. Nous l'envoyons à ${address} quand vous appuyez sur le bouton.`,
    ended: 'Cette invitation a pris fin. Demandez-en une nouvelle à la personne qui vous a invité.',
  },
  mail: {
    may: 'Vous pouvez',
    button: 'Ouvrir le compte',
    invited: {
      subject: (account: string, business: string) => `Accès au compte de ${account} chez ${business}`,
      lead: (by: string, account: string, business: string) =>
        `${by} vous a donné accès au compte de ${account} chez ${business} : ses factures, devis et messages.`,
      after:
        "Le bouton ouvre une page ; un code que nous envoyons ensuite à cette adresse vous laisse entrer. Si vous ne savez pas de quoi il s'agit, vous n'avez rien à faire.",
    },
    changed: {
      subject: (account: string, business: string) => `Ce que vous pouvez faire pour ${account} chez ${business} a changé`,
      lead: (by: string, account: string, business: string) => `${by} a modifié ce que vous pouvez faire dans le compte de ${account} chez ${business}.`,
      after: 'Si cela vous surprend, demandez-lui ou contactez-nous.',
    },
    ended: {
      subject: (account: string, business: string) => `Votre accès au compte de ${account} chez ${business} a pris fin`,
      lead: (by: string, account: string, business: string) => `${by} a mis fin à votre accès au compte de ${account} chez ${business}.`,
      after: "Les liens des anciens e-mails ne s'ouvrent plus. Si cela vous surprend, demandez-lui ou contactez-nous.",
    },
  },
};

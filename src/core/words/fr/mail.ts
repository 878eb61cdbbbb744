import type { Words } from '../words.ts';

export const mail: Words['mail'] = {
  greeting: (name) => `Bonjour ${name},`,
  greetingNoName: 'Bonjour,',
  signature: (business) => `Cordialement,\n${business}`,
  replyOrCall: (phone) => `Une question ? Répondez à ce message ou appelez le ${phone}.`,
  replyOnly: 'Une question ? Répondez simplement à ce message.',
  whyYou: (business, email) => `${business} a envoyé ceci à ${email}.`,
  linkNote: 'Ce lien est le vôtre et ouvre seulement cette facture. Qui le possède peut la voir et la payer.',
  buttonFallback: 'Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :',
  testNote: "Ceci est un essai envoyé à vous seul. Votre client n'a rien reçu.",
  testSubject: (subject) => `Essai : ${subject}`,
  amount: 'Montant',
  due: 'Échéance',
  forProperty: 'Pour',
  attached: 'La facture est jointe en PDF.',
  alsoSentTo: (names) => `Également envoyée à ${names}, avec un lien propre à chacun.`,
  pdfNote: 'Vous pouvez télécharger le PDF sur la même page.',
  invoiceSent: {
    subject: (number, business, amount) => `Facture ${number} de ${business} : ${amount}`,
    preview: (amount, date) => `${amount}, à payer avant le ${date} inclus`,
    lead: (number, amount, date) => `Voici la facture ${number} de ${amount}, à payer avant le ${date} inclus.`,
    leadPaid: (number, amount) => `Voici la facture ${number} de ${amount}. Il n'y a rien à payer.`,
    button: 'Voir la facture et payer',
    buttonView: 'Voir la facture',
  },
  invoiceReplaced: {
    subject: (number, old, business) => `La facture ${number} remplace la ${old} (${business})`,
    preview: (amount) => `Le montant corrigé est de ${amount}`,
    lead: (number, old, amount) =>
      `Nous avons corrigé la facture ${old}. C'est maintenant la facture ${number} de ${amount}. Vous ne devez rien sur l'ancienne.`,
    button: 'Voir la facture corrigée',
  },
  invoiceCanceled: {
    subject: (number, business) => `La facture ${number} de ${business} est annulée`,
    preview: 'Vous ne devez rien à ce titre',
    lead: (number) => `Nous avons annulé la facture ${number}. Vous ne devez rien à ce titre.`,
    button: 'Voir la facture',
  },
  receipt: {
    subject: (amount, business) => `Reçu : ${amount} payés à ${business}`,
    preview: (left) => `Reste à payer : ${left}`,
    lead: (amount, date, method) => `Nous avons reçu ${amount} le ${date}. Moyen de paiement : ${method}. Merci.`,
    left: (number, amount) => `Reste à payer sur la facture ${number} : ${amount}`,
    button: 'Voir le reçu',
  },
  paymentProcessing: {
    subject: (amount, business) => `${amount} pour ${business} est en route`,
    preview: "Votre banque peut prendre jusqu'à cinq jours ouvrés",
    lead: (amount, date) =>
      `Vous avez commencé un paiement de ${amount} le ${date}. Votre banque peut prendre jusqu'à cinq jours ouvrés. Il compte dès ce jour et nous vous écrirons à son arrivée.`,
    button: 'Voir le paiement',
  },
  paymentReturned: {
    subject: (amount, business) => `Votre banque a rejeté votre paiement de ${amount} à ${business}`,
    preview: (owed) => `Vous devez encore ${owed}`,
    lead: (amount, owed) => `Votre banque a rejeté votre paiement de ${amount}. Vous devez encore ${owed}. Rien d'autre n'a été débité.`,
    next: 'Vous pouvez payer par carte ou depuis un autre compte bancaire.',
    button: (amount) => `Payer ${amount}`,
  },
  paymentFailed: {
    subject: (amount, business) => `Votre paiement de ${amount} à ${business} n'a pas abouti`,
    preview: 'Rien ne vous a été débité',
    lead: (amount) => `Votre paiement de ${amount} n'a pas abouti. Rien ne vous a été débité.`,
    button: 'Réessayer',
  },
  questionReceived: {
    subject: (number) => `Nous avons votre question sur la facture ${number}`,
    preview: 'Nous répondrons bientôt',
    lead: (number) => `Merci de votre question sur la facture ${number}. Nous répondrons ici et sur la facture.`,
    yourQuestion: 'Vous avez écrit :',
    button: 'Voir la facture',
  },
  questionAnswered: {
    subject: (number, business) => `${business} a répondu à votre question sur la facture ${number}`,
    preview: 'Voici notre réponse',
    lead: (number) => `Voici notre réponse à votre question sur la facture ${number}.`,
    button: 'Voir la réponse',
  },
  questionForOffice: {
    subject: (customer, number) => `${customer} pose une question sur la facture ${number}`,
    preview: 'Répondez depuis le bureau',
    lead: (customer, number) => `${customer} pose une question sur la facture ${number} :`,
    button: 'Répondre',
  },
  announcementForOffice: {
    subject: (customer, amount, number) => `${customer} annonce ${amount} pour la facture ${number}`,
    preview: (date) => `Attendu d’ici le ${date}`,
    lead: (customer, amount, date, number) =>
      `${customer} nous informe que ${amount} pour la facture ${number} est en route et devrait arriver d’ici le ${date}. Les rappels sont suspendus jusque-là.`,
    button: 'Ouvrir la facture',
  },
  signInCode: {
    subject: (code, business) => `${code} est votre code de connexion chez ${business}`,
    preview: 'Il fonctionne pendant 10 minutes',
    lead: "Saisissez ce code là où vous l'avez demandé :",
    orPress: 'Ou appuyez ici dans le même navigateur :',
    button: 'Se connecter',
    notYou: "Si vous ne l'avez pas demandé, vous n'avez rien à faire. Personne ne peut se connecter sans ce code. Ne le donnez à personne.",
  },
  newLink: {
    subject: (number, business) => `Votre nouveau lien vers la facture ${number} de ${business}`,
    preview: 'Votre nouveau lien',
    lead: (number) => `Voici votre nouveau lien vers la facture ${number}.`,
    button: 'Ouvrir la facture',
    notYou: "Si vous ne l'avez pas demandé, vous n'avez rien à faire.",
  },
  staffConfirmCode: {
    subject: (code) => `${code} confirme votre adresse e-mail`,
    preview: 'Il fonctionne pendant 10 minutes',
    lead: 'Saisissez ce code pour confirmer votre adresse e-mail :',
    notYou: "Si vous ne vous êtes pas inscrit à Service Invoice Pro, vous n'avez rien à faire.",
  },
  officeNotice: {
    webhook_stopped: {
      subject: (name: string) => `Un webhook s’est arrêté : ${name}`,
      preview: 'Plus rien n’y est envoyé',
      lead: (name: string, why: string) => [
        why === 'gone'
          ? `${name} a répondu qu’elle n’existe plus (410) ; plus rien n’y est envoyé.`
          : why === 'secret_lost'
            ? `Le secret de signature de ${name} n’est plus lisible ; plus rien n’y est envoyé. Créez un nouveau secret, puis réactivez le webhook.`
            : `${name} n’a rien accepté depuis cinq jours ; plus rien n’y est envoyé.`,
        'Réactivez-le dès qu’il fonctionne et envoyez depuis son journal ce qui a manqué.',
      ],
      button: 'Voir le webhook',
    },
    key_ending: {
      subject: (name: string) => `La clé d’API ${name} se termine bientôt`,
      preview: 'Les programmes qui l’utilisent cesseront de fonctionner',
      lead: (name: string, day: string) => [
        `La clé ${name} se termine le ${day}. Les programmes qui l’utilisent cesseront de fonctionner.`,
        'Remplacez-la avant : l’ancienne reste valable un jour, pour que rien ne s’arrête.',
      ],
      button: 'Voir les clés',
    },
  },
  staffInvite: {
    subject: (business, by) => `${by} vous invite à travailler chez ${business}`,
    preview: (date) => `Ouverte jusqu'au ${date}`,
    lead: (business, by, role) => `${by} vous invite à rejoindre l'équipe de ${business} comme ${role}.`,
    next: 'Appuyez sur le bouton, puis sur celui de la page : nous vous envoyons un code qui montre que c’est bien vous.',
    until: (date) => `L’invitation est ouverte jusqu’au ${date}.`,
    button: 'Voir l’invitation',
    notYou: 'Si vous ne savez pas de quoi il s’agit, vous n’avez rien à faire.',
    roles: { owner: 'propriétaire', admin: 'administrateur', office: 'personnel de bureau', field: 'équipe de terrain' },
  },
  staffNotice: {
    new_device: {
      subject: 'Un nouvel appareil s’est connecté à votre compte',
      lead: (facts) => `Quelqu’un s’est connecté à votre compte depuis un appareil inconnu : ${facts.device}.`,
      after:
        'Si c’était vous, vous n’avez rien à faire. Sinon, connectez-vous, ouvrez Vous et vos appareils, fermez toutes les sessions et changez votre mot de passe.',
    },
    email_changing: {
      subject: 'Votre adresse e-mail va changer',
      lead: (facts) => `Votre adresse de connexion deviendra ${facts.to}. Elle change quand le code envoyé là-bas revient.`,
      after: 'Si ce n’était pas vous, connectez-vous maintenant, ouvrez Vous et vos appareils et fermez toutes les sessions.',
    },
    email_changed: {
      subject: 'Votre adresse e-mail a changé',
      lead: (facts) => `Votre adresse de connexion est maintenant ${facts.to}. Celle-ci ne permet plus de se connecter.`,
      after: 'Si ce n’était pas vous, écrivez tout de suite au propriétaire de votre entreprise.',
    },
    factor_changed: {
      subject: 'Votre façon de vous connecter a changé',
      lead: () => 'Une clé d’accès ou une application de codes a été ajoutée à votre compte ou retirée.',
      after: 'Si ce n’était pas vous, connectez-vous, ouvrez Vous et vos appareils et fermez toutes les sessions.',
    },
    pay_details_asked: {
      subject: 'La façon de vous payer va changer',
      lead: (facts) =>
        `${facts.by} a demandé de changer ce que les clients lisent sur la façon de vous payer. Une deuxième personne doit confirmer, ou 24 heures passer.`,
      after: 'Si ce n’est pas juste, ouvrez Settings, Ways to pay, et annulez. Rien n’a encore changé pour les clients.',
    },
    pay_details_live: {
      subject: 'La façon de vous payer a changé',
      lead: (facts) => `Ce que les clients lisent sur la façon de vous payer a changé, comme ${facts.by} l’a demandé.`,
      after: 'Si ce n’est pas juste, ouvrez Settings, Ways to pay, et corrigez tout de suite.',
    },
    pay_details_canceled: {
      subject: 'La façon de vous payer ne change pas',
      lead: (facts) => `${facts.by} a annulé le changement de ce que les clients lisent sur la façon de vous payer.`,
      after: 'Vous n’avez rien à faire.',
    },
    business_closing: {
      subject: 'Votre entreprise va fermer ici',
      lead: (facts) =>
        `${facts.by} a demandé de fermer l’entreprise. Jusqu’au ${facts.day}, tout peut être consulté et téléchargé ; ensuite tout est supprimé.`,
      after: 'Si ce n’est pas juste, connectez-vous, ouvrez Settings, Close the business, et appuyez sur Stop closing : tout remarche aussitôt.',
    },
    business_stays: {
      subject: 'Votre entreprise reste ouverte',
      lead: (facts) => `${facts.by} a arrêté la fermeture. Tout fonctionne comme avant.`,
      after: 'Vous n’avez rien à faire.',
    },
    processor_asked: {
      subject: 'La destination des paiements par carte et par banque va changer',
      lead: (facts) => `${facts.by} a demandé à connecter un autre compte Stripe. Cela attend une deuxième personne, ou 24 heures.`,
      after: 'Si c’est une erreur, ouvrez Réglages, Moyens de paiement, et annulez. Les paiements arrivent encore au même endroit.',
    },
    processor_connected: {
      subject: 'Un compte Stripe a été connecté',
      lead: (facts) => `Les paiements par carte et par banque de vos clients peuvent maintenant arriver sur le compte Stripe connecté par ${facts.by}.`,
      after: 'Si c’est une erreur, ouvrez Réglages, Moyens de paiement, et déconnectez-le aussitôt.',
    },
    processor_canceled: {
      subject: 'Votre compte Stripe reste tel quel',
      lead: (facts) => `${facts.by} a annulé le changement du compte Stripe.`,
      after: 'Vous n’avez rien à faire.',
    },
    processor_disconnected: {
      subject: 'Stripe a été déconnecté',
      lead: (facts) => `${facts.by} a déconnecté Stripe. Les clients ne peuvent plus payer par ce moyen.`,
      after: 'Si c’est une erreur, ouvrez Réglages, Moyens de paiement, et reconnectez-le.',
    },
    refund_waiting: {
      subject: 'Un remboursement attend votre accord',
      lead: (facts: { by: string }) => `${facts.by} a demandé un remboursement au-dessus du plafond de votre entreprise. Rien n’a encore été rendu.`,
      after: 'Ouvrez ce qui vous attend pour l’approuver ou le refuser.',
    },
    refund_made: {
      subject: 'Un remboursement important a été fait',
      lead: (facts: { by: string; to: string }) => `${facts.by} a rendu de l’argent du paiement ${facts.to}, au-dessus du plafond de votre entreprise.`,
      after: 'Si ce n’était pas vous, connectez-vous, ouvrez Vous et vos appareils et déconnectez tous les appareils.',
    },
  },
};

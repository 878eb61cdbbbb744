import type { RefusalCode } from '../../refusal.ts';

/** Why nothing was decided, or chosen, as the customer reads it. */
export const estimateRefusals: Partial<Record<RefusalCode, string>> = {
  already_decided: "Une décision a été prise entre-temps. Rien n'a été modifié.",
  estimate_replaced: "Il y a entre-temps une version plus récente. Rien n'a été signé.",
  estimate_expired: "Ceci a expiré entre-temps. Rien n'a été signé.",
  estimate_withdrawn: "Nous avons retiré ceci entre-temps. Rien n'a été signé.",
  estimate_changed: "Le total a changé depuis votre lecture. Rien n'a été signé. Relisez-le, puis approuvez.",
  estimate_not_approved: "Ceci n'est plus approuvé. Rien n'a été modifié.",
  code_needed: "Pour cela, nous envoyons d'abord un code à l'adresse que nous avons pour vous. Rien n'a été signé.",
  named_person_needed: "Cette boîte est partagée. Pour approuver, il faut une personne nommée. Rien n'a été signé.",
  approving_not_allowed: "Vous pouvez consulter ceci mais pas en décider. Adressez-vous à l'administrateur de votre compte.",
  name_needed: 'Veuillez écrire votre nom pour signer.',
  terms_not_accepted: "Veuillez d'abord accepter les conditions.",
  po_needed: "Votre société demande un numéro de bon de commande avant toute approbation. Veuillez l'indiquer.",
  change_needs_contract: "Le devis que ceci modifie n'est plus approuvé. Rien n'a été signé.",
  stand_in_days: "Choisissez des jours à partir d'aujourd'hui, le dernier pas avant le premier, un an au plus.",
  stand_in_unfit: "Choisissez une autre personne de votre compte, avec sa propre adresse, qui n'est pas absente ces jours-là.",
  stand_in_overlaps: "Quelqu'un approuve déjà à votre place certains de ces jours. Mettez-y fin d'abord.",
  undo_over: "Il est trop tard pour annuler l'approbation ici. Demandez-nous de la retirer.",
  choice_unknown: "Ce n'est pas l'un des choix proposés.",
  choice_package: 'Veuillez choisir exactement une formule.',
  choice_quantity: 'Cette quantité ne peut pas être choisie ici. Le total montre celle proposée.',
  quantity_invalid: 'Veuillez écrire une quantité, comme 2 ou 2,5. Le total montre celle proposée.',
  nothing_chosen: 'Veuillez choisir au moins une ligne.',
  reason_required: 'Veuillez dire ce qui devrait être différent.',
};

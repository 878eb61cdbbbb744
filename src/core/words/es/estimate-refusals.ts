import type { RefusalCode } from '../../refusal.ts';

/** Why nothing was decided, or chosen, as the customer reads it. */
export const estimateRefusals: Partial<Record<RefusalCode, string>> = {
  already_decided: 'Esto se decidió mientras tanto. No se cambió nada.',
  estimate_replaced: 'Mientras tanto hay una versión más nueva. No se firmó nada.',
  estimate_expired: 'Esto venció mientras tanto. No se firmó nada.',
  estimate_withdrawn: 'Lo retiramos mientras tanto. No se firmó nada.',
  estimate_changed: 'El total cambió desde que lo vio. No se firmó nada. Véalo de nuevo y después apruebe.',
  estimate_not_approved: 'Esto ya no está aprobado. No se cambió nada.',
  code_needed: 'Para esto primero enviamos un código a la dirección que tenemos de usted. No se firmó nada.',
  named_person_needed: 'Este buzón es compartido. Para aprobar hace falta una persona con nombre. No se firmó nada.',
  approving_not_allowed: 'Usted puede ver esto pero no decidirlo. Pregunte al administrador de su cuenta.',
  name_needed: 'Escriba su nombre para firmar, por favor.',
  terms_not_accepted: 'Acepte primero las condiciones, por favor.',
  po_needed: 'Su empresa pide un número de orden de compra antes de aprobar. Indíquelo, por favor.',
  change_needs_contract: 'El presupuesto que esto cambia ya no está aprobado. No se firmó nada.',
  stand_in_days: 'Elija días a partir de hoy, el último no antes del primero, como máximo un año.',
  stand_in_unfit: 'Elija a otra persona de su cuenta, con dirección propia, que no esté ausente esos días.',
  stand_in_overlaps: 'Alguien ya aprueba en su lugar en algunos de esos días. Termine eso primero.',
  undo_over: 'Ya es tarde para deshacer la aprobación aquí. Pídanos que la retiremos.',
  choice_unknown: 'Esta no es una de las opciones.',
  choice_package: 'Elija exactamente una de las opciones, por favor.',
  choice_quantity: 'Esta cantidad está fuera de lo que se puede elegir. El total muestra la sugerida.',
  quantity_invalid: 'Escriba una cantidad, como 2 o 2.5. El total muestra la sugerida.',
  nothing_chosen: 'Elija al menos una partida, por favor.',
  reason_required: 'Díganos qué debería ser distinto, por favor.',
};

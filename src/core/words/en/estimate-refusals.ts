import type { RefusalCode } from '../../refusal.ts';

/** Why nothing was decided, or chosen, as the customer reads it. */
export const estimateRefusals: Partial<Record<RefusalCode, string>> = {
  already_decided: 'This was decided in the meantime. Nothing was changed.',
  estimate_replaced: 'There is a newer version in the meantime. Nothing was signed.',
  estimate_expired: 'This has expired in the meantime. Nothing was signed.',
  estimate_withdrawn: 'We have withdrawn this in the meantime. Nothing was signed.',
  estimate_changed: 'The total has changed since you looked. Nothing was signed. Look at it again, then approve.',
  estimate_not_approved: 'This is not approved any more. Nothing was changed.',
  code_needed: 'For this we first send a code to the address we have for you. Nothing was signed.',
  named_person_needed: 'This mailbox is shared. Approving needs one named person. Nothing was signed.',
  approving_not_allowed: 'You may look at this but not decide on it. Ask the admin of your account.',
  name_needed: 'Please type your name to sign.',
  terms_not_accepted: 'Please accept the terms first.',
  po_needed: 'Your company asks for a PO number before anything is approved. Please fill it in.',
  change_needs_contract: 'The estimate this changes is not approved any more. Nothing was signed.',
  stand_in_days: 'Choose days from today on, the last not before the first, at most a year.',
  stand_in_unfit: 'Choose somebody else of your account, with an address of their own, who is not away on these days.',
  stand_in_overlaps: 'Somebody approves in your place on some of these days already. End that first.',
  undo_over: 'It is too late to undo the approval here. Ask us to withdraw it.',
  choice_unknown: 'This is not one of the choices here.',
  choice_package: 'Please choose exactly one of the packages.',
  choice_quantity: 'This quantity is outside of what can be chosen here. The total shows the suggested one.',
  quantity_invalid: 'Please write a quantity, such as 2 or 2.5. The total shows the suggested one.',
  nothing_chosen: 'Please choose at least one item.',
  reason_required: 'Please say what should be different.',
};

import type { Words } from '../words.ts';

export const authority: Words['authority'] = {
  waitingSecond: 'En espera de una segunda persona',
  rule: (from) => (from === '' ? 'En su cuenta aprueban dos personas.' : `En su cuenta aprueban dos personas a partir de ${from}.`),
  first: 'La suya es la primera de las dos. Cuando una segunda persona apruebe lo mismo, quedará aprobado.',
  second: (name, day) => `${name} aprobó primero el ${day}. Con la suya, queda aprobado.`,
  other: (name, amount) => `${name} aprobó otras opciones, ${amount} en total. Si usted aprueba estas, una segunda persona también tiene que aprobarlas.`,
  pressFirst: (amount) => `Aprobar ${amount} como primera de dos personas`,
  approvedFirst: (name, day) => `${name} lo aprobó primero el ${day}. Una segunda persona también tiene que aprobarlo.`,
  youDid: (day) => `Usted lo aprobó el ${day}. Quedará aprobado cuando una segunda persona también lo apruebe.`,
  takeBack: 'Retirar mi aprobación',
  takeBackTitle: 'Retirar su aprobación',
  takeBackLead: 'Su aprobación deja de contar como la primera de dos. Su constancia se conserva, junto con la de que la retiró.',
  takeBackPress: (amount) => `Retirar la aprobación de ${amount}`,
  firstBy: 'Aprobado primero por',
  firstOn: 'Primera aprobación el',
  timeline: (name, amount) => `Aprobado primero por ${name}: ${amount}`,
  mail: {
    subject: (paper) => `Primera aprobación: ${paper}`,
    lead: (paper, amount) =>
      `Usted aprobó ${paper} por ${amount} como primera de dos personas. Quedará aprobado cuando una segunda persona también lo apruebe.`,
    toApprove: (name, paper, amount) => `${name} aprobó primero ${paper} por ${amount}. Su cuenta pide una segunda persona, y queda en espera de usted.`,
  },
};

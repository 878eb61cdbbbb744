import type { Words } from '../words.ts';

export const estimateMail: Words['estimateMail'] = {
  papers: { estimate: 'Presupuesto', quote: 'Cotización', proposal: 'Propuesta', change_order: 'Orden de cambio' },
  version: (paper, revision) => `${paper}, versión ${revision}`,
  validUntil: (date) => `Validez: hasta el ${date}`,
  seeAndApprove: 'Revisar y aprobar',
  see: 'Ver el documento',
  linkNote: 'Este enlace es suyo y solo abre este documento.',
  reason: 'Motivo',
  sent: {
    subject: (paper, business, amount) => `${paper} de ${business}: ${amount}`,
    lead: (paper, amount, date) => `${paper} por ${amount} ya está a su disposición. Puede revisar, elegir y aprobar hasta el ${date}.`,
  },
  replaced: {
    subject: (paper, business) => `${paper} de ${business}: nueva versión`,
    lead: (paper, amount, date) => `${paper} tiene una nueva versión por ${amount}. La página muestra los cambios. Puede aprobarla hasta el ${date}.`,
  },
  reminder: {
    subject: (paper, business, date) => `${paper} de ${business}: validez hasta el ${date}`,
    lead: (paper, amount, date) => `${paper} por ${amount} espera su respuesta. La validez termina el ${date}.`,
  },
  toApprove: {
    subject: (paper, amount) => `Espera su aprobación: ${paper} por ${amount}`,
    lead: (name, paper, amount) => `${name} recomienda ${paper} por ${amount}. Supera su límite de aprobación y queda en espera de usted.`,
  },
  approved: {
    subject: (paper, amount) => `Aprobado: ${paper} por ${amount}`,
    lead: (paper, amount) => `Usted aprobó ${paper} por ${amount}. La página muestra lo que se firmó y cómo retirar la aprobación.`,
  },
  recommended: {
    subject: (paper) => `Recomendado: ${paper}`,
    lead: (paper, amount) => `Usted recomendó ${paper} por ${amount}. Supera su límite de aprobación y espera a otra persona de su cuenta.`,
  },
  withdrawn: {
    subject: (paper) => `Aprobación retirada: ${paper}`,
    lead: (paper) => `Se retiró la aprobación de ${paper}. Queda de nuevo en espera.`,
  },
  forOffice: {
    approved: (customer, paper, amount) => `${customer} aprobó ${paper} por ${amount}`,
    recommended: (customer, paper, amount) => `${customer} recomienda ${paper} por ${amount}`,
    declined: (customer, paper) => `${customer} rechazó ${paper}`,
    changes_requested: (customer, paper) => `${customer} pide cambios en ${paper}`,
    withdrawn_approval: (customer, paper) => `${customer} retiró la aprobación de ${paper}`,
    first_approved: (customer, paper, amount) => `${customer} dio la primera de dos aprobaciones de ${paper} por ${amount}`,
    by: (name) => `Por ${name}.`,
    button: 'Abrir en la oficina',
  },
  newLink: {
    subject: (paper, business) => `Su enlace nuevo: ${paper} de ${business}`,
    lead: (paper) => `Aquí tiene su enlace nuevo: ${paper}.`,
  },
};

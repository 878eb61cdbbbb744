import type { Words } from '../words.ts';

export const shelf: Words['shelf'] = {
  title: 'Documentos',
  lead: 'Seguros, formularios fiscales, contratos y renuncias, para ver y guardar.',
  kinds: {
    insurance: 'Seguro',
    tax_form: 'Formulario fiscal',
    contract: 'Contrato',
    lien_waiver: 'Renuncia de gravamen',
    license: 'Licencia',
    other: 'Otro',
  },
  until: (day) => `Válido hasta el ${day}`,
  endsSoon: (day) => `Vence el ${day}`,
  empty: 'Todavía no hay documentos aquí. Pida el que necesite.',
  request: 'Pedir un documento',
  which: 'Qué documento',
  note: 'Para qué lo necesita',
  about: 'Para',
  send: 'Enviar solicitud',
  cancel: 'Ahora no',
  subject: (kind) => `Documento que se necesita: ${kind}`,
  please: (kind) => `Por favor, ponga esto en la página de documentos: ${kind}.`,
};

import type { reminders as english } from '../en/reminders.ts';

export const reminders: typeof english = {
  wording: {
    friendly: {
      subject: 'Recordatorio de {business}: {amount}, vence el {due}',
      text: 'Le recordamos amablemente {amount} por {invoices}, con vencimiento el {due} ({days}).\n\nSi ya pagó, gracias. No tiene que hacer nada.',
    },
    plain: {
      subject: 'Pago vencido a {business}: {amount}',
      text: 'Todavía no hemos recibido {amount} por {invoices}. Venció el {due} ({days}).\n\nPuede pagar en línea en un minuto. Si algo de la factura no es correcto, díganoslo y lo revisaremos.',
    },
    firm: {
      subject: 'Le pedimos pagar {amount} a {business}, {days}',
      text: 'Siguen pendientes {amount} por {invoices}. Vencieron el {due} ({days}).\n\nLe pedimos pagar esta semana. Si no puede, o si hay un error en la factura, llámenos o responda a este correo para buscar una solución.',
    },
    missed: {
      subject: 'Su pago a {business} todavía no ha llegado',
      text: 'Usted nos avisó de un pago en camino. Todavía no nos ha llegado, así que siguen pendientes {amount} por {invoices}.\n\nSi ya lo envió, gracias: quizá solo tarde un poco más. Si no, puede pagar en línea ahora.',
    },
  },
  oneInvoice: (number) => `la factura ${number}`,
  invoices: (count) => `${count} facturas`,
  dueNow: 'A pagar ahora',
  dueOn: (date) => `Vence el ${date}`,
  late: (days) => (days === 1 ? '1 día de retraso' : `${days} días de retraso`),
  today: 'vence hoy',
  inDays: (days) => (days === 1 ? 'vence mañana' : `vence en ${days} días`),
  button: 'Ver la factura y pagar',
  see: 'Ver y pagar',
  linkNote: 'Estos enlaces son suyos. Cada uno abre una factura, y quien lo tenga puede verla y pagarla.',
  stop: 'No enviar más recordatorios como este',
  page: {
    title: 'Recordatorios',
    lead: (business, address) => `${business} envía recordatorios de facturas pendientes a ${address}.`,
    stays: 'Las facturas, los recibos y las respuestas a sus preguntas seguirán llegando. Lo que debe no cambia.',
    stop: 'No enviar más recordatorios',
    stoppedTitle: 'Los recordatorios están desactivados',
    stopped: (business, address) => `${business} ya no envía recordatorios a ${address}.`,
    resume: 'Activarlos de nuevo',
    resumedTitle: 'Los recordatorios están activados',
    ended: 'Este enlace ya no funciona. Encontrará la misma opción en Sus datos después de entrar.',
  },
  profile: {
    title: 'Recordatorios',
    on: 'Usted recibe por correo recordatorios de facturas pendientes.',
    off: 'Usted no recibe recordatorios. Las facturas y los recibos seguirán llegando.',
  },
};

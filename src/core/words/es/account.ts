import { counted } from '../counted.ts';
import type { Words } from '../words.ts';

const n = counted('es');

export const linkEnded: Words['linkEnded'] = {
  title: 'Este enlace ha caducado',
  lead: (masked) => `Podemos enviar uno nuevo a ${masked}.`,
  leadNoAddress: 'Podemos enviar uno nuevo a la dirección que tenemos de usted.',
  send: 'Envíeme un enlace nuevo',
  sentTitle: 'Un enlace nuevo está en camino',
  sent: (masked) => `Lo enviamos a ${masked}. Debería llegar en un minuto; mire también en el correo no deseado.`,
  sentNoAddress: 'Lo enviamos a la dirección que tenemos de usted. Debería llegar en un minuto; mire también en el correo no deseado.',
  otherAddress: (phone) => `¿Ya no es su dirección? Llame al ${phone}.`,
  needCookieTitle: 'Abra el enlace de su correo, por favor',
  needCookie: 'Esta página se abre desde el enlace que le enviamos. Por su seguridad no se abre solo con su dirección.',
};

export const frontDoor: Words['frontDoor'] = {
  title: (business) => `Sus facturas con ${business}`,
  lead: 'Vea y pague sus facturas. Sin contraseña.',
  signInTitle: 'Iniciar sesión',
  sendCode: 'Envíeme un código',
  findTitle: 'Buscar mi factura',
  findLead: 'Escriba el número de su factura y su correo electrónico. Le enviaremos el enlace.',
  findNumber: 'Número de factura',
  findSend: 'Envíeme el enlace',
  findDoneTitle: 'Mire en su correo, por favor',
  findDone: 'Si el número y la dirección corresponden, el enlace está en camino. Si en unos minutos no llega nada, revise ambos o llámenos.',
  contact: 'Hable con nosotros',
};

export const signIn: Words['signIn'] = {
  title: 'Iniciar sesión',
  emailLabel: 'Su correo electrónico',
  sendCode: 'Envíeme un código',
  codeTitle: 'Escriba su código',
  codeLead: (email) => `Si conocemos ${email}, un código de seis dígitos va en camino. Funciona durante 10 minutos.`,
  codeLeadNoAddress: 'Si conocemos su dirección, le llegará allí un código de seis dígitos. Sirve durante 10 minutos.',
  codeLabel: 'Código de acceso',
  enter: 'Entrar',
  newCode: 'Envíeme un código nuevo',
  otherEmail: 'Usar otra dirección',
  nothingCame: '¿No llegó nada? Mire en el correo no deseado o use la dirección a la que enviamos sus facturas.',
  remember: 'Mantener la sesión en este dispositivo durante 30 días',
  linkTitle: '¿Iniciar sesión aquí?',
  linkLead: (email) => `Pulse para entrar como ${email} en este navegador.`,
  linkEnter: 'Sí, entrar',
  linkOtherBrowser: 'Abra este enlace en el navegador desde el que lo pidió o escriba allí el código.',
  signedOut: 'Ha cerrado la sesión.',
  ended: 'Cerramos la sesión para proteger su cuenta. Vuelva a entrar, por favor.',
  wrong: 'Este código es incorrecto o ha caducado. Revíselo o pida uno nuevo.',
};

export const home: Words['home'] = {
  title: 'Inicio',
  greeting: (name) => `Hola, ${name}`,
  needsYou: 'Lo que le espera',
  nothingNeedsYou: 'No tiene nada pendiente.',
  payDueNow: (amount) => `Pagar ${amount} ahora`,
  youOwe: 'Lo que debe',
  balance: 'Saldo',
  dueNow: 'A pagar ahora',
  dueLater: 'A pagar más adelante',
  onItsWay: 'En camino',
  inQuestion: 'En revisión',
  heldBack: 'Retenido (garantía)',
  creditAvailable: 'Saldo a favor',
  overdueOf: (amount) => `de los cuales ${amount} vencidos`,
  recent: 'Reciente',
  recentPayments: 'Pagos recientes',
  allInvoices: 'Todas las facturas',
  allPayments: 'Todos los pagos',
  allPaid: 'Está al día con sus pagos. Gracias.',
  nav: { home: 'Inicio', invoices: 'Facturas', payments: 'Pagos', more: 'Más', profile: 'Sus datos' },
};

export const invoices: Words['invoices'] = {
  title: 'Facturas',
  searchLabel: 'Buscar por número, propiedad, orden o importe',
  tabs: { open: 'Por pagar', overdue: 'Vencidas', paid: 'Pagadas', all: 'Todas' },
  count: (count) => n(count, { one: '# factura', other: '# facturas' }),
  number: 'Número',
  date: 'Fecha',
  due: 'Vencimiento',
  status: 'Estado',
  property: 'Propiedad',
  poNumber: 'N.º de orden de compra',
  total: 'Total',
  balance: 'Saldo',
  allProperties: 'Todas las propiedades',
  from: 'Desde',
  to: 'Hasta',
  apply: 'Mostrar',
  empty: 'Todavía no hay facturas. Cuando le enviemos una, estará aquí.',
  noneFound: 'Ninguna factura coincide. Pruebe con menos palabras u otro filtro.',
  nonePayable: 'No hay nada por pagar.',
  clearFilters: 'Quitar los filtros',
};

export const payments: Words['payments'] = {
  title: 'Pagos',
  receipts: 'Pagos y recibos',
  count: (count) => n(count, { one: '# pago', other: '# pagos' }),
  date: 'Fecha',
  method: 'Forma de pago',
  amount: 'Importe',
  status: 'Estado',
  paidFor: 'Pago por',
  openReceipt: 'Recibo',
  empty: 'Todavía no hay pagos. Cuando pague, el recibo estará aquí.',
};

export const profile: Words['profile'] = {
  title: 'Sus datos',
  lead: (business) => `Lo que ${business} sabe de usted. Los cambios valen solo aquí.`,
  name: 'Nombre',
  phone: 'Teléfono',
  email: 'Correo electrónico',
  emailNote: 'Para cambiar su correo electrónico, llámenos o escríbanos.',
  language: 'Idioma',
  save: 'Guardar los cambios',
  saved: 'Sus cambios se guardaron.',
};

export const access: Words['access'] = {
  title: 'Quién puede abrirlo',
  lead: 'Cada persona tiene su propio enlace. Abre solo esta factura.',
  sentOn: (date) => `Enlace enviado el ${date}`,
  lastUsed: (date) => `Usado por última vez el ${date}`,
  neverUsed: 'Sin usar todavía',
  worksUntil: (date) => `Funciona hasta el ${date}`,
  ended: 'Caducado',
  you: 'Usted',
  wholeAccount: 'Ve todas las facturas de esta cuenta',
  end: 'Desactivar este enlace',
  endConfirm: (name) => `¿Desactivar el enlace de ${name}? Deja de funcionar de inmediato.`,
  endedNow: 'El enlace ya no funciona.',
};

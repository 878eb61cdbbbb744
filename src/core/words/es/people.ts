import { counted } from '../counted.ts';
import type { Words } from '../words.ts';

const n = counted('es');

export const people: Words['people'] = {
  title: 'Personas y acceso',
  lead: (account: string) => `Quién puede abrir la cuenta de ${account} y qué puede hacer cada persona.`,
  invite: 'Invitar a una persona',
  change: 'Cambiar',
  for: 'Para',
  everywhere: 'Todas las propiedades',
  places: (count: number) => n(count, { one: '# propiedad', other: '# propiedades' }),
  can: {
    view: 'Ver facturas y presupuestos',
    ask: 'Hacer preguntas',
    pay: 'Pagar',
    approveUpTo: (amount: string) => `Aprobar hasta ${amount}`,
    approveAny: 'Aprobar cualquier importe',
    manage: 'Administrar personas',
    bills: 'Recibe las facturas por correo',
  },
  sharedMailbox: 'Buzón compartido',
  invitedOn: (date: string) => `Se agregó el ${date}; aún no ha entrado`,
  bounced: 'El correo a esta dirección fue devuelto',
  noAddress: 'Sin dirección de correo',
  own: {
    title: 'Lo que usted puede hacer',
    ask: (names: string) => `${names} puede cambiarlo.`,
    askUs: 'Si necesita más que esto, póngase en contacto con nosotros.',
  },
  grid: { title: 'Quién ve cada propiedad', property: 'Propiedad', yes: 'La ve', no: 'No la ve' },
  presets: {
    lead: 'Empiece con lo que más se parezca. En la página siguiente puede cambiar cada punto.',
    pays: { title: 'Paga las facturas', text: 'Ve todo, pregunta y paga. Recibe las facturas por correo.' },
    approves: { title: 'Aprueba trabajos', text: 'Ve todo, pregunta y aprueba presupuestos hasta un límite.' },
    property: { title: 'Una propiedad', text: 'Ve las propiedades que usted elija, pregunta sobre ellas y nada más.' },
    everything: { title: 'Todo', text: 'Puede hacer lo mismo que usted y también administra personas.' },
  },
  form: {
    inviteTitle: 'Invitar a una persona',
    inviteLead: (account: string) => `Recibe un correo y abre la cuenta de ${account} con un código enviado a su dirección.`,
    changeLead: (email: string) => `Entra como ${email}. Los cambios valen de inmediato.`,
    name: 'Nombre',
    email: 'Correo electrónico',
    language: 'Idioma',
    shared: 'Varias personas leen este buzón',
    sharedHint: 'Puede ver, preguntar y pagar, pero no aprobar.',
    may: 'Lo que puede hacer',
    always: 'Todas las personas de aquí ven las facturas y los presupuestos de sus propiedades.',
    approve: 'Aprobar presupuestos hasta',
    approveCompany: 'Vacío: recomienda y otra persona aprueba. Quien administra personas aprueba cualquier importe, salvo que aquí haya un límite.',
    approveHome: 'Vacío: sin límite.',
    approveOwn: (amount: string) => `Su propio límite es ${amount}.`,
    which: 'Para qué propiedades',
    all: 'Todas, también las futuras',
    some: 'Solo estas',
    save: 'Guardar los cambios',
    again: 'Enviar la invitación de nuevo',
    remove: (name: string) => `Quitar a ${name}`,
  },
  fresh: {
    title: 'Primero comprobamos que es usted',
    ask: (address: string) => `Quién puede abrir su cuenta se cambia con un código. Lo enviamos a ${address}.`,
    sent: (address: string) => `Un código de seis cifras va en camino a ${address}. Sirve durante 10 minutos.`,
  },
  remove: {
    title: (name: string) => `Quitar a ${name}`,
    lead: (name: string, account: string) => `${name} ya no podrá abrir la cuenta de ${account}, desde ahora mismo.`,
    what: 'Sus enlaces terminan, su sesión en la cuenta se cierra y se detienen los pagos automáticos que activó. Lo que pagó, preguntó y aprobó permanece.',
    keep: 'Conservar a esta persona',
  },
  told: {
    invited: 'La invitación va en camino.',
    changed: 'Sus cambios están guardados. Valen desde ahora.',
    removed: 'La persona fue quitada. Sus enlaces y sesiones ya no abren esta cuenta.',
  },
  join: {
    title: (account: string) => `La cuenta de ${account}`,
    lead: (address: string) => `Se abre con un código de seis cifras. Lo enviamos a ${address} cuando usted pulse el botón.`,
    ended: 'Esta invitación ha terminado. Pida una nueva a la persona que le invitó.',
  },
  mail: {
    may: 'Usted puede',
    button: 'Abrir la cuenta',
    invited: {
      subject: (account: string, business: string) => `Acceso a la cuenta de ${account} en ${business}`,
      lead: (by: string, account: string, business: string) =>
        `${by} le dio acceso a la cuenta de ${account} en ${business}: sus facturas, presupuestos y mensajes.`,
      after:
        'El botón abre una página; un código que enviamos después a esta dirección le permite entrar. Si no sabe de qué se trata, no tiene que hacer nada.',
    },
    changed: {
      subject: (account: string, business: string) => `Cambió lo que usted puede hacer para ${account} en ${business}`,
      lead: (by: string, account: string, business: string) => `${by} cambió lo que usted puede hacer en la cuenta de ${account} en ${business}.`,
      after: 'Si esto le sorprende, pregúntele o póngase en contacto con nosotros.',
    },
    ended: {
      subject: (account: string, business: string) => `Su acceso a la cuenta de ${account} en ${business} ha terminado`,
      lead: (by: string, account: string, business: string) => `${by} terminó su acceso a la cuenta de ${account} en ${business}.`,
      after: 'Los enlaces de correos anteriores ya no se abren. Si esto le sorprende, pregúntele o póngase en contacto con nosotros.',
    },
  },
};

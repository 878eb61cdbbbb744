import type { Words } from '../words.ts';

export const mail: Words['mail'] = {
  greeting: (name) => `Hola, ${name}:`,
  greetingNoName: 'Hola:',
  signature: (business) => `Saludos cordiales,\n${business}`,
  replyOrCall: (phone) => `¿Preguntas? Responda a este correo o llame al ${phone}.`,
  replyOnly: '¿Preguntas? Responda a este correo.',
  whyYou: (business, email) => `${business} envió esto a ${email}.`,
  linkNote: 'Este enlace es suyo y abre solo esta factura. Quien lo tenga puede verla y pagarla.',
  buttonFallback: 'Si el botón no funciona, copie esta dirección en su navegador:',
  testNote: 'Esto es una prueba enviada solo a usted. Su cliente no ha recibido nada.',
  testSubject: (subject) => `Prueba: ${subject}`,
  amount: 'Importe',
  due: 'Vencimiento',
  forProperty: 'Para',
  attached: 'La factura va adjunta en PDF.',
  alsoSentTo: (names) => `También se envió a ${names}, a cada quien con su propio enlace.`,
  pdfNote: 'Puede descargar el PDF en la misma página.',
  invoiceSent: {
    subject: (number, business, amount) => `Factura ${number} de ${business}: ${amount}`,
    preview: (amount, date) => `${amount}, vence el ${date}`,
    lead: (number, amount, date) => `Aquí está la factura ${number} por ${amount}, que vence el ${date}.`,
    leadPaid: (number, amount) => `Aquí está la factura ${number} por ${amount}. No hay nada que pagar.`,
    button: 'Ver la factura y pagar',
    buttonView: 'Ver la factura',
  },
  invoiceReplaced: {
    subject: (number, old, business) => `La factura ${number} reemplaza la ${old} (${business})`,
    preview: (amount) => `El importe corregido es ${amount}`,
    lead: (number, old, amount) => `Corregimos la factura ${old}. Ahora es la factura ${number} por ${amount}. Por la anterior no debe nada.`,
    button: 'Ver la factura corregida',
  },
  invoiceCanceled: {
    subject: (number, business) => `La factura ${number} de ${business} está anulada`,
    preview: 'No debe nada por ella',
    lead: (number) => `Anulamos la factura ${number}. No debe nada por ella.`,
    button: 'Ver la factura',
  },
  receipt: {
    subject: (amount, business) => `Recibo: ${amount} pagado a ${business}`,
    preview: (left) => `Queda por pagar: ${left}`,
    lead: (amount, date, method) => `Recibimos ${amount} el ${date}. Forma de pago: ${method}. Gracias.`,
    left: (number, amount) => `Queda por pagar en la factura ${number}: ${amount}`,
    button: 'Ver el recibo',
  },
  paymentProcessing: {
    subject: (amount, business) => `${amount} para ${business} está en camino`,
    preview: 'Su banco puede tardar hasta cinco días hábiles',
    lead: (amount, date) =>
      `Usted inició un pago de ${amount} el ${date}. Su banco puede tardar hasta cinco días hábiles. Cuenta desde ese día y le escribiremos cuando llegue.`,
    button: 'Ver el pago',
  },
  paymentReturned: {
    subject: (amount, business) => `Su banco devolvió su pago de ${amount} a ${business}`,
    preview: (owed) => `Todavía debe ${owed}`,
    lead: (amount, owed) => `Su banco devolvió su pago de ${amount}. Todavía debe ${owed}. No se cobró nada más.`,
    next: 'Puede pagar con tarjeta o desde otra cuenta bancaria.',
    button: (amount) => `Pagar ${amount}`,
  },
  paymentFailed: {
    subject: (amount, business) => `Su pago de ${amount} a ${business} no se completó`,
    preview: 'No se le ha cobrado nada',
    lead: (amount) => `Su pago de ${amount} no se completó. No se le ha cobrado nada.`,
    button: 'Intentar de nuevo',
  },
  questionReceived: {
    subject: (number) => `Recibimos su pregunta sobre la factura ${number}`,
    preview: 'Le responderemos pronto',
    lead: (number) => `Gracias por su pregunta sobre la factura ${number}. Le responderemos aquí y en la factura.`,
    yourQuestion: 'Usted escribió:',
    button: 'Ver la factura',
  },
  questionAnswered: {
    subject: (number, business) => `${business} respondió su pregunta sobre la factura ${number}`,
    preview: 'Esta es nuestra respuesta',
    lead: (number) => `Esta es nuestra respuesta a su pregunta sobre la factura ${number}.`,
    button: 'Ver la respuesta',
  },
  questionForOffice: {
    subject: (customer, number) => `${customer} pregunta por la factura ${number}`,
    preview: 'Responda desde la oficina',
    lead: (customer, number) => `${customer} pregunta por la factura ${number}:`,
    button: 'Responder',
  },
  announcementForOffice: {
    subject: (customer, amount, number) => `${customer} anunció ${amount} para la factura ${number}`,
    preview: (date) => `Se espera para el ${date}`,
    lead: (customer, amount, date, number) =>
      `${customer} nos avisó que ${amount} para la factura ${number} está en camino y debe llegar a más tardar el ${date}. Los recordatorios quedan en pausa hasta entonces.`,
    button: 'Abrir la factura',
  },
  signInCode: {
    subject: (code, business) => `${code} es su código de acceso a ${business}`,
    preview: 'Funciona durante 10 minutos',
    lead: 'Escriba este código donde lo pidió:',
    orPress: 'O pulse aquí en el mismo navegador:',
    button: 'Entrar',
    notYou: 'Si usted no lo pidió, no tiene que hacer nada. Nadie puede entrar sin este código. No se lo dé a nadie.',
  },
  newLink: {
    subject: (number, business) => `Su enlace nuevo a la factura ${number} de ${business}`,
    preview: 'Su enlace nuevo',
    lead: (number) => `Aquí está su enlace nuevo a la factura ${number}.`,
    button: 'Abrir la factura',
    notYou: 'Si usted no lo pidió, no tiene que hacer nada.',
  },
  staffConfirmCode: {
    subject: (code) => `${code} confirma su correo electrónico`,
    preview: 'Funciona durante 10 minutos',
    lead: 'Escriba este código para confirmar su correo electrónico:',
    notYou: 'Si usted no se registró en Service Invoice Pro, no tiene que hacer nada.',
  },
  officeNotice: {
    webhook_stopped: {
      subject: (name: string) => `Un webhook se detuvo: ${name}`,
      preview: 'Ya no se envía nada allí',
      lead: (name: string, why: string) => [
        why === 'gone'
          ? `${name} respondió que ya no existe (410); ya no se envía nada allí.`
          : why === 'secret_lost'
            ? `El secreto de firma de ${name} ya no se puede leer; ya no se envía nada allí. Cree un secreto nuevo y vuelva a activar el webhook.`
            : `${name} no ha aceptado nada en cinco días; ya no se envía nada allí.`,
        'Actívelo de nuevo cuando funcione y envíe desde su registro lo que faltó.',
      ],
      button: 'Ver el webhook',
    },
    key_ending: {
      subject: (name: string) => `La clave de API ${name} termina pronto`,
      preview: 'Los programas que la usan dejarán de funcionar',
      lead: (name: string, day: string) => [
        `La clave ${name} termina el ${day}. Los programas que la usan dejarán de funcionar.`,
        'Reemplácela antes: la anterior sigue un día más, para que nada se detenga.',
      ],
      button: 'Ver las claves',
    },
  },
  staffInvite: {
    subject: (business, by) => `${by} le invita a trabajar en ${business}`,
    preview: (date) => `Abierta hasta el ${date}`,
    lead: (business, by, role) => `${by} le invita a unirse al equipo de ${business} como ${role}.`,
    next: 'Pulse el botón y luego el botón de la página: le enviaremos un código que muestra que es usted.',
    until: (date) => `La invitación está abierta hasta el ${date}.`,
    button: 'Ver la invitación',
    notYou: 'Si no sabe de qué se trata, no tiene que hacer nada.',
    roles: { owner: 'propietario', admin: 'administrador', office: 'personal de oficina', field: 'equipo de campo' },
  },
  staffNotice: {
    new_device: {
      subject: 'Un dispositivo nuevo entró en su cuenta',
      lead: (facts) => `Alguien entró en su cuenta desde un dispositivo que no conocíamos: ${facts.device}.`,
      after: 'Si fue usted, no tiene que hacer nada. Si no, entre, abra Usted y sus dispositivos, cierre todas las sesiones y cambie su contraseña.',
    },
    email_changing: {
      subject: 'Su correo electrónico está por cambiar',
      lead: (facts) => `Su correo para entrar pasará a ser ${facts.to}. Cambia cuando vuelva el código enviado allí.`,
      after: 'Si no fue usted, entre ahora, abra Usted y sus dispositivos y cierre todas las sesiones.',
    },
    email_changed: {
      subject: 'Su correo electrónico cambió',
      lead: (facts) => `Su correo para entrar es ahora ${facts.to}. Con esta dirección ya no se entra.`,
      after: 'Si no fue usted, escriba enseguida al propietario de su negocio.',
    },
    factor_changed: {
      subject: 'Cambió su forma de entrar',
      lead: () => 'Se agregó o se quitó una llave de acceso o una aplicación de códigos en su cuenta.',
      after: 'Si no fue usted, entre, abra Usted y sus dispositivos y cierre todas las sesiones.',
    },
    pay_details_asked: {
      subject: 'La forma de pagarle está por cambiar',
      lead: (facts) => `${facts.by} pidió cambiar lo que los clientes leen sobre cómo pagarle. Espera a una segunda persona, o 24 horas.`,
      after: 'Si no es correcto, abra Settings, Ways to pay, y anúlelo. Para los clientes aún no cambió nada.',
    },
    pay_details_live: {
      subject: 'La forma de pagarle cambió',
      lead: (facts) => `Lo que los clientes leen sobre cómo pagarle cambió, como pidió ${facts.by}.`,
      after: 'Si no es correcto, abra Settings, Ways to pay, y corríjalo enseguida.',
    },
    pay_details_canceled: {
      subject: 'La forma de pagarle queda como estaba',
      lead: (facts) => `${facts.by} anuló el cambio de lo que los clientes leen sobre cómo pagarle.`,
      after: 'No tiene que hacer nada.',
    },
    business_closing: {
      subject: 'Su negocio se cierra aquí',
      lead: (facts) => `${facts.by} pidió cerrar el negocio. Hasta el ${facts.day} todo se puede ver y descargar; después se elimina por completo.`,
      after: 'Si no es correcto, entre, abra Settings, Close the business, y pulse Stop closing: todo vuelve a funcionar enseguida.',
    },
    business_stays: {
      subject: 'Su negocio sigue abierto',
      lead: (facts) => `${facts.by} detuvo el cierre. Todo funciona como antes.`,
      after: 'No tiene que hacer nada.',
    },
    processor_asked: {
      subject: 'El destino de los pagos con tarjeta y banco está por cambiar',
      lead: (facts) => `${facts.by} pidió conectar otra cuenta de Stripe. Espera a una segunda persona, o 24 horas.`,
      after: 'Si no es correcto, abra Configuración, Formas de pago, y cancélelo. Los pagos siguen llegando adonde llegaban.',
    },
    processor_connected: {
      subject: 'Se conectó una cuenta de Stripe',
      lead: (facts) => `Los pagos con tarjeta y banco de sus clientes ahora pueden llegar a la cuenta de Stripe que conectó ${facts.by}.`,
      after: 'Si no es correcto, abra Configuración, Formas de pago, y desconéctela de inmediato.',
    },
    processor_canceled: {
      subject: 'Su cuenta de Stripe queda como está',
      lead: (facts) => `${facts.by} canceló el cambio de la cuenta de Stripe.`,
      after: 'No tiene que hacer nada.',
    },
    processor_disconnected: {
      subject: 'Se desconectó Stripe',
      lead: (facts) => `${facts.by} desconectó Stripe. Los clientes ya no pueden pagar por ese medio.`,
      after: 'Si no es correcto, abra Configuración, Formas de pago, y conéctelo de nuevo.',
    },
    refund_waiting: {
      subject: 'Un reembolso espera su aprobación',
      lead: (facts: { by: string }) => `${facts.by} pidió un reembolso por encima del límite de su negocio. Todavía no se ha devuelto nada.`,
      after: 'Abra lo que le espera para aprobarlo o rechazarlo.',
    },
    refund_made: {
      subject: 'Se hizo un reembolso grande',
      lead: (facts: { by: string; to: string }) => `${facts.by} devolvió dinero del pago ${facts.to}, por encima del límite de su negocio.`,
      after: 'Si no fue usted, entre ahora, abra Usted y sus dispositivos y cierre todas las sesiones.',
    },
  },
};

/** Mails to a firm's own people: in each of its languages that we speak, since nobody knows yet which is theirs. Pure. */

interface Words {
  subject: string
  text: string
}
interface Given {
  name: string
  firm: string
  link: string
}
type Speech = 'en' | 'es'
type Kind = 'invitation' | 'newPassword'

const mails: Readonly<Record<Kind, Readonly<Record<Speech, (given: Given) => Words>>>> = {
  invitation: {
    en: ({ name, firm, link }) => ({
      subject: `Your sign-in to Tipstaff at ${firm}`,
      text: `Hello ${name},

${firm} invites you to Tipstaff, where its messages to clients are looked after. Follow this link
within a week:

${link}

The link works once and is for you alone. If you did not expect it, delete this mail: nothing happens.
`,
    }),
    es: ({ name, firm, link }) => ({
      subject: `Su acceso a Tipstaff en ${firm}`,
      text: `Hola, ${name}:

${firm} le invita a Tipstaff, donde se cuidan sus mensajes a los clientes. Siga este enlace antes de una semana:

${link}

El enlace sirve una vez y es solo para usted. Si no lo esperaba, borre este correo: no ocurre nada.
`,
    }),
  },
  newPassword: {
    en: ({ name, firm, link }) => ({
      subject: 'Choose a new password for Tipstaff',
      text: `Hello ${name},

somebody, most likely you, has asked to choose a new password for Tipstaff at ${firm}. Follow this link within half an
hour:

${link}

The link works once. Wherever you are signed in, you are signed out then; your second factor, if you have one, is asked
for as before. If you did not ask, delete this mail: nothing happens.
`,
    }),
    es: ({ name, firm, link }) => ({
      subject: 'Elija una contraseña nueva para Tipstaff',
      text: `Hola, ${name}:

alguien, lo más probable usted, ha pedido elegir una contraseña nueva para Tipstaff en ${firm}. Siga este enlace antes de
media hora:

${link}

El enlace sirve una vez. Donde tenga la sesión iniciada se cierra entonces; el segundo factor, si lo tiene, se pide como
antes. Si no lo pidió, borre este correo: no ocurre nada.
`,
    }),
  },
}

const speeches: readonly Speech[] = ['en', 'es']

/**
 * @param languages the firm's, the first that it named first
 * @returns all of them that we speak, one below the other; English where we speak none
 */
export function staffMail(kind: Kind, languages: readonly string[], given: Given): Words {
  const spoken = languages.flatMap((language) => speeches.filter((one) => one === language))
  const said = (spoken.length === 0 ? speeches.slice(0, 1) : spoken).map((one) => mails[kind][one](given))
  return {
    subject: said.map(({ subject }) => subject).join(' · '),
    text: said.map(({ text }) => text).join('\n---\n\n'),
  }
}

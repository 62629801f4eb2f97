/** Words that several modules share. */
export const channels = ['sms', 'email'] as const
export type Channel = (typeof channels)[number]

/** Why we write; consent is kept for each (DESIGN, glossary). */
export const purposes = ['status', 'reminder', 'conversation', 'billing', 'intake', 'marketing'] as const
export type Purpose = (typeof purposes)[number]

/** What somebody whom we tell of an appointment is to its matter. */
export const audiences = ['client', 'participants', 'attorney'] as const
export type Audience = (typeof audiences)[number]

export const urgencies = ['normal', 'urgent'] as const
export type Urgency = (typeof urgencies)[number]

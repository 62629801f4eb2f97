import { z } from 'zod'
import { baseUrl, secret, textOrReference, timeoutMs } from '../settings.ts'

const matches = (form: RegExp) => (text: string) => form.test(text)

/** What `connections[].settings` holds for `kind: twilio`. */
export const twilioSettings = z
  .strictObject({
    accountSid: textOrReference(
      matches(/^AC[0-9a-f]{32}$/),
      'is not an account SID: AC and 32 hexadecimal digits',
    ),
    authToken: secret,
    /** While tokens are rotated: also accepted on callbacks. */
    secondaryAuthToken: secret.optional(),
    /** E.164, a short code, or an alphanumeric sender id. */
    from: textOrReference(
      matches(/^(\+[1-9]\d{6,14}|\d{4,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$/),
      'is not a sender: +12015550123, a short code, or up to 11 letters and digits',
    ).optional(),
    messagingServiceSid: textOrReference(
      matches(/^MG[0-9a-f]{32}$/),
      'is not a Messaging Service SID: MG and 32 hexadecimal digits',
    ).optional(),
    baseUrl: baseUrl.optional(),
    timeoutMs,
  })
  .refine((settings) => (settings.from === undefined) !== (settings.messagingServiceSid === undefined), {
    path: ['from'],
    error: 'give either from or messagingServiceSid',
  })
export type TwilioSettings = z.infer<typeof twilioSettings>

import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

// TEST ONLY. A published key: whoever has this repository can sign with it. It is fixed so that the
// example firm can be configured once; SANDBOX_SENDGRID_PRIVATE_KEY takes its place.
const testOnlyPrivateKey =
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg6IprihJcEuC6gKFimxNMTlwrktsOPQEedeYZY0Ga5CqhRANCAAR1W3zwY0UYAhXXllmnAskRADJvaoWHoHqA/jeTtgFbIr2kDo5J2EmvQ2Y7bxqzjBYNLjAdtAM507ndmHHJox59'

export type WebhookKeys = {
  privateKey: KeyObject
  /** Base64 SPKI, as SendGrid's settings page shows it. */
  publicKey: string
}

/** The key pair of the event webhook, from a base64 PKCS#8 P-256 key or the published test key. */
export function webhookKeys(base64 = testOnlyPrivateKey): WebhookKeys {
  const privateKey = createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' })
  if (privateKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new Error('the key of the event webhook must be on the curve P-256')
  }
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64')
  return { privateKey, publicKey }
}

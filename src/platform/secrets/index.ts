export { decryptSecret, encryptSecret } from './encryption.ts'
export { type Keys, readKeys } from './keys.ts'
export { resolveSecret, type SecretSources, type SecretVerdict } from './references.ts'
export { readIds, readToken, signIds, signToken, type TokenVerdict } from './tokens.ts'

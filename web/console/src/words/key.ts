/** @returns a key of a configured item out of what somebody calls it: small letters, digits and dashes; empty: nothing is left */
export const keyFrom = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')

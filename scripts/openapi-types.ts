/** TypeScript types from an OpenAPI document. */
import { registerHooks } from 'node:module'

/**
 * @param document OpenAPI 3.1 as JSON
 * @returns the text of a module of types, for openapi-fetch
 */
export async function typesOf(document: string): Promise<string> {
  // openapi-typescript prints with the API of TypeScript's compiler, which version 7 has no more: it gets a 5.
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier === 'typescript' ? 'typescript-5' : specifier, context),
  })
  try {
    const { astToString, default: openapiTS } = await import('openapi-typescript')
    return `/* Made by "npm run openapi" from docs/api/openapi.json. */\n${astToString(await openapiTS(document))}`
  } finally {
    hooks.deregister()
  }
}

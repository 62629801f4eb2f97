/** What a firm asks of whoever signs in: a second factor, or its own sign-in alone. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { settingsPublished, signInRequest, signInSettings } from '../../../contracts/settings.ts'
import { firmSettings, loadConfig } from '../../modules/firms/index.ts'
import { ProblemError } from '../../platform/http/problems.ts'
import { signInRulesOf, withSignInRules } from '../firm-edits.ts'
import type { ApiDeps, ApiEnv } from './deps.ts'
import { answers, jsonBody, route } from './route.ts'
import { firmChange, firmItem, publishForm } from './settings-routes.ts'

const getSignIn = route('administer', {
  method: 'get',
  path: '/settings/sign-in',
  summary: 'What the firm asks of whoever signs in',
  tags: ['settings'],
  responses: answers(signInSettings, 'As it holds now'),
})
const putSignIn = route('administer', {
  method: 'put',
  path: '/settings/sign-in',
  summary:
    'Ask for a second factor, or for the firm’s own sign-in alone; it holds from everybody’s next request on',
  description:
    'Who lacks a second factor is let no further than setting one up. Who came by anything but the firm’s own sign-in is signed out; owners never are, so that they get in when it fails.',
  tags: ['settings'],
  request: { body: jsonBody(signInRequest) },
  responses: answers(settingsPublished, 'The edition that holds', [409, 413, 415, 422]),
})

export function signInSettingsRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getSignIn, async (context) => {
    const found = await context.var.inFirm(async (tx) => {
      const item = firmItem(await loadConfig(tx))
      const { signIn } = firmSettings.parse(item.body)
      return {
        ...(await firmChange(tx, item)),
        rules: signInRulesOf(item.body),
        own: signIn?.name ?? null,
      }
    })
    return context.json(found, 200)
  })

  app.openapi(putSignIn, async (context) => {
    const { rules, basedOn, reason } = context.req.valid('json')
    const done = await publishForm(deps, context.var.caller, {
      kind: 'firm',
      find: firmItem,
      change: ({ body }) => withSignInRules(body, rules),
      basedOn,
      reason,
      root: 'body.rules',
      guard({ body }) {
        if (!rules.only || firmSettings.parse(body).signIn) return
        throw new ProblemError({
          status: 422,
          title: 'The firm has no sign-in of its own',
          errors: [
            { path: 'body.rules.only', message: 'needs signIn in firm.yaml: nobody else could come in' },
          ],
        })
      },
    })
    return context.json(done, 200)
  })
}

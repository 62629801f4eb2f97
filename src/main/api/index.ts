/**
 * `/api/v1`: everything the console does, for scripts and people's own tools. One key belongs to one firm; row-level
 * security lets nothing else be seen.
 */
import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { answerProblem } from '../../platform/http/problems.ts'
import { auditRoutes } from './audit-routes.ts'
import { connectionRoutes } from './connection-routes.ts'
import { countRoutes } from './count-routes.ts'
import type { ApiDeps, ApiEnv } from './deps.ts'
import { openApiDocument } from './document.ts'
import { exportRoutes } from './export-routes.ts'
import { keyRoutes } from './key-routes.ts'
import { limited } from './limits.ts'
import { liveRoutes } from './live-routes.ts'
import { messageReportRoutes } from './message-report-routes.ts'
import { pauseRoutes } from './pause-routes.ts'
import { answerError, answerInvalid } from './problems.ts'
import { qualityRoutes } from './quality-routes.ts'
import { reportRoutes } from './report-routes.ts'
import { retentionRoutes } from './retention-routes.ts'
import { authenticate } from './route.ts'
import { ruleRoutes } from './rule-routes.ts'
import { settingsRoutes } from './settings-routes.ts'
import { signInSettingsRoutes } from './sign-in-settings-routes.ts'
import { staffRoutes } from './staff-routes.ts'
import { stateRoutes } from './state-routes.ts'
import { subjectRoutes } from './subject-routes.ts'
import { templateRoutes } from './template-routes.ts'
import { traceRoutes } from './trace-routes.ts'
import { wallRoutes } from './wall-routes.ts'
import { wishesRoutes } from './wishes-routes.ts'
import { workRoutes } from './work-routes.ts'
import { writingRoutes } from './writing-routes.ts'

export type { ApiDeps } from './deps.ts'

/** Above any request we know of: a thousand ids are 39 kB, a template in four languages at its longest is 200. */
const largestBody = 262_144

/** @returns an app to be mounted at /api/v1; a Runtime serves as `deps` */
export function api(deps: ApiDeps): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>({
    defaultHook: (result, context) =>
      result.success ? undefined : answerInvalid(context, result.target, result.error),
  })
  app.onError(answerError(deps.log))
  // Public on purpose: it is in the repository as well, and tools want it before they have a key.
  let document: object | undefined
  app.get('/openapi.json', (context) => {
    document ??= openApiDocument(app)
    return context.json(document)
  })
  app.use(
    bodyLimit({
      maxSize: largestBody,
      onError: (context) =>
        answerProblem(context, {
          status: 413,
          title: 'The body is too large',
          detail: `more than ${largestBody} bytes`,
        }),
    }),
  )
  app.use(authenticate(deps))
  app.use(limited(deps))
  app.use(async (context, next) => {
    await next()
    // Clients' words must not lie around in caches between us.
    context.header('cache-control', 'no-store')
  })
  traceRoutes(app, deps)
  subjectRoutes(app, deps)
  writingRoutes(app, deps)
  countRoutes(app, deps)
  pauseRoutes(app, deps)
  workRoutes(app, deps)
  connectionRoutes(app, deps)
  qualityRoutes(app, deps)
  wishesRoutes(app, deps)
  reportRoutes(app, deps)
  messageReportRoutes(app, deps)
  stateRoutes(app, deps)
  templateRoutes(app, deps)
  ruleRoutes(app, deps)
  staffRoutes(app, deps)
  wallRoutes(app, deps)
  keyRoutes(app, deps)
  auditRoutes(app, deps)
  exportRoutes(app, deps)
  retentionRoutes(app, deps)
  settingsRoutes(app, deps)
  signInSettingsRoutes(app, deps)
  liveRoutes(app, deps)
  // Mounted apps do not get to answer what they lack, so this does.
  app.all('*', (context) => answerProblem(context, { status: 404, title: 'There is nothing here' }))
  return app
}

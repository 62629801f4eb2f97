/** A matter's whole communication, to be handed to a court or an insurer. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { exportRequest } from '../../../contracts/audit.ts'
import type { MatterId } from '../../kernel/index.ts'
import { exportMatter } from '../../modules/exports/index.ts'
import { type ApiDeps, type ApiEnv, zoneOf } from './deps.ts'
import { byId, notFound } from './params.ts'
import { jsonBody, refusals, route } from './route.ts'

const postExport = route('operate', {
  method: 'post',
  path: '/matters/{id}/exports',
  summary: 'All that was said and heard in a matter, as one file that proves itself',
  description:
    'A zip: a PDF for people, the same as JSON, the entries of the record that belong to it with what proves them, and a program that checks all of it without any network. That it was made stands in the record.',
  tags: ['audit'],
  request: { params: byId, body: jsonBody(exportRequest) },
  responses: {
    200: {
      description: 'The file',
      content: { 'application/zip': { schema: z.string().meta({ format: 'binary' }) } },
    },
    ...refusals([404, 413, 415, 422]),
  },
})

export function exportRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(postExport, async (context) => {
    const { id } = context.req.valid('param')
    const { language } = context.req.valid('json')
    const { firmId, by, name } = context.var.caller
    const made = await exportMatter(deps, {
      firmId,
      matterId: id as MatterId,
      by,
      byName: name,
      language,
      zone: await zoneOf(deps, firmId),
      inFirm: context.var.inFirm,
    })
    if (!made) throw notFound(`no matter has the id ${id}`)
    return new Response(Buffer.from(made.zip), {
      headers: {
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${made.fileName}"`,
      },
    }) as never
  })
}

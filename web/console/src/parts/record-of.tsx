/** Whom or what the record is being read about: handing it out, and keeping it. */
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { answered, api } from '../api/client.ts'
import { traceQuery } from '../api/queries.ts'
import { useWords } from '../words/index.ts'
import { useDeed } from './deed.ts'
import { HoldBand, PlaceHold } from './holds.tsx'
import { useMay } from './rights.ts'

/** Nothing where it is not known whom is meant: the list says so. */
export function RecordOf({ scope, text }: { scope: 'matter' | 'client'; text: string }) {
  const { t } = useWords()
  const { data } = useInfiniteQuery(traceQuery(text, scope, false))
  const trace = data?.pages[0]
  const about =
    scope === 'matter'
      ? trace?.matters.map((m) => ({ id: m.id, name: m.title ?? m.number ?? m.externalId }))[0]
      : trace?.clients.map((c) => ({ id: c.id, name: c.name }))[0]
  if (!trace || !about) return null
  return (
    <section className="record-of" aria-label={t('holds.about', { name: about.name })}>
      <h2>{about.name}</h2>
      <HoldBand holds={trace.holds} />
      <div className="filters-deeds">
        {scope === 'matter' && <Export {...about} />}
        <PlaceHold scope={scope} {...about} />
      </div>
      {scope === 'matter' && <p className="dim">{t('holds.export_hint')}</p>}
    </section>
  )
}

function Export({ id }: { id: string }) {
  const { t, language } = useWords()
  const may = useMay('operate')
  const make = useDeed({
    act: async () => {
      const request = api.POST('/matters/{id}/exports', {
        params: { path: { id } },
        body: { language },
        parseAs: 'blob',
      })
      const blob = (await answered(request)) as unknown as Blob
      const { response } = await request
      save(blob, /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1])
    },
    touches: [['list', 'audit']],
    said: () => ({ title: t('holds.exported') }),
  })
  if (!may) return null
  return (
    <Button loading={make.isPending} onClick={() => make.mutate(undefined)}>
      {t('holds.export')}
    </Button>
  )
}

/** As the browser saves any download. */
function save(blob: Blob, name = 'tipstaff.zip'): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Once it has been taken over, which is within the same turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

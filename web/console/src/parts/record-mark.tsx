/** Up to where the record is sealed, and what the last look over all of it found. */
import { Button } from '@mantine/core'
import { answered, api, type Schemas } from '../api/client.ts'
import { useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'
import { useDeed } from './deed.ts'
import { useMay } from './rights.ts'
import { Tag } from './tag.tsx'

export function RecordMark({ mark }: { mark: Schemas['RecordMark'] }) {
  const { t } = useWords()
  const { moment } = useMoments()
  const may = useMay('operate')
  const verify = useDeed({
    act: () => answered(api.POST('/audit/verify')),
    touches: [['list', 'audit']],
    said: ({ checked }) => ({
      title: t(checked?.ok === false ? 'audit.verified_bad' : 'audit.verified_now'),
    }),
  })
  const { sealed, checked } = mark
  return (
    <section className="mark" aria-label={t('audit.mark')} data-ok={checked?.ok ?? undefined}>
      <div>
        {checked?.ok === false ? (
          <>
            <p>
              <Tag tone="bad">{t('audit.mark_bad')}</Tag>
            </p>
            <p>{t('audit.mark_bad_hint', { when: moment(checked.at) })}</p>
            <ul>
              {checked.problems.map(({ n, detail }) => (
                <li key={`${n} ${detail}`}>{t('audit.batch', { n, detail })}</li>
              ))}
            </ul>
          </>
        ) : (
          <p>
            {checked?.sealedAt ? (
              <Tag tone="good">{t('audit.mark_ok', { when: moment(checked.sealedAt) })}</Tag>
            ) : (
              <Tag tone="plain">{t('audit.mark_never')}</Tag>
            )}
          </p>
        )}
        <p className="dim">
          {sealed ? t('audit.mark_sealed', { when: moment(sealed.at), n: sealed.n }) : t('audit.mark_none')}{' '}
          {checked?.ok &&
            checked.n > 0 &&
            t('audit.mark_looked', {
              when: moment(checked.at),
              count: checked.entries,
              batches: checked.n,
            })}
        </p>
      </div>
      {may && (
        <Button
          variant="default"
          size="xs"
          loading={verify.isPending}
          onClick={() => verify.mutate(undefined)}
        >
          {t('audit.verify')}
        </Button>
      )}
    </section>
  )
}

/** A message that has not begun to leave is taken back, with the reason why. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { answered, api } from '../api/client.ts'
import { heldQuery } from '../api/queries.ts'
import { useWords } from '../words/index.ts'
import { Ask } from './ask.tsx'
import { useDeed } from './deed.ts'
import { useMay } from './rights.ts'

/** @param props.name whom it is for */
export function TakeBack(props: { id: string; name: string }) {
  const { t } = useWords()
  const may = useMay('operate')
  const [asking, setAsking] = useState(false)
  const deed = useDeed({
    act: (reason: string) =>
      answered(api.POST('/messages/{id}/withdraw', { params: { path: { id: props.id } }, body: { reason } })),
    list: heldQuery().queryKey,
    leaves: () => [props.id],
    touches: [['list', 'messages'], ['trace'], ['queue'], ['subject']],
    said: () => ({ title: t('held.taken_back', { name: props.name }) }),
    explains: true,
  })
  if (!may) return null
  return (
    <div className="row-deeds">
      <Button size="xs" variant="default" data-key="e" onClick={() => setAsking(true)}>
        {t('held.take_back')}
      </Button>
      {asking && (
        <Ask
          title={t('held.take_back_title', { name: props.name })}
          label={t('held.take_back_why')}
          hint={t('held.take_back_hint')}
          submit={t('held.take_back')}
          busy={deed.isPending}
          close={() => setAsking(false)}
          answer={(reason) => {
            setAsking(false)
            deed.mutate(reason)
          }}
        />
      )}
    </div>
  )
}

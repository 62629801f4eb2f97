/** Work that only a person can do. */
import { Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, api, type Schemas } from '../api/client.ts'
import { tasksQuery } from '../api/queries.ts'
import { About } from '../parts/about.tsx'
import { useDeed } from '../parts/deed.ts'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { useMay } from '../parts/rights.ts'
import { List, Row, Rows } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'

type State = 'open' | 'done'

export function TasksPage() {
  const { t } = useWords()
  const [state, setState] = useState<State>('open')
  const query = useInfiniteQuery(tasksQuery(state))
  return (
    <Page
      title={t('tasks.title')}
      lead={t('tasks.lead')}
      actions={
        <SegmentedControl
          value={state}
          onChange={(value) => setState(value as State)}
          aria-label={t('tasks.title')}
          data={[
            { value: 'open', label: t('tasks.open') },
            { value: 'done', label: t('tasks.done_list') },
          ]}
        />
      }
    >
      <Rows query={query} empty={t('tasks.empty')} label={t('tasks.title')}>
        {(items) => (
          <List label={t('tasks.title')}>
            {items.map((task) => (
              <TaskRow key={task.id} task={task} />
            ))}
          </List>
        )}
      </Rows>
    </Page>
  )
}

export function TaskRow({ task }: { task: Schemas['Task'] }) {
  const { t } = useWords()
  const { moment } = useMoments()
  const may = useMay('operate')
  const complete = useDeed({
    act: (id: string) => answered(api.POST('/tasks/{id}/complete', { params: { path: { id } } })),
    list: tasksQuery('open').queryKey,
    leaves: (id) => [id],
    touches: [tasksQuery('done').queryKey, ['trace']],
    said: () => ({ title: t('tasks.completed') }),
  })
  return (
    <Row name={task.title}>
      <div className="row-line">
        <div className="row-main">
          <p className="row-top">
            <span className="row-title">{task.title}</span>
            <span className="row-when">
              <Moment at={task.doneAt ?? task.createdAt} />
            </span>
          </p>
          <p className="row-mid">{task.detail}</p>
          <p className="row-low">
            {task.assignee && <Tag>{t('tasks.for', { who: task.assignee })}</Tag>}
            {task.dueAt && <Tag tone="warn">{t('tasks.due', { when: moment(task.dueAt) })}</Tag>}
            {task.doneBy && <Tag tone="good">{t('tasks.by', { who: task.doneBy })}</Tag>}
            {task.matterState && <Tag>{t('tasks.stands', { state: task.matterState.label })}</Tag>}
            {(task.client || task.matter) && (
              <About
                client={task.client}
                clientId={task.clientId}
                matter={task.matter}
                matterId={task.matterId}
              />
            )}
          </p>
        </div>
        {may && task.state === 'open' && (
          <div className="row-deeds">
            <Button size="xs" data-key="e" data-leaves onClick={() => complete.mutate(task.id)}>
              {t('tasks.done')}
            </Button>
          </div>
        )}
      </div>
    </Row>
  )
}

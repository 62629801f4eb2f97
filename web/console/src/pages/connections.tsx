/** The systems around the firm. */
import { Button, CopyButton, Modal, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { answered, api, type Schemas } from '../api/client.ts'
import { connectionsQuery } from '../api/queries.ts'
import { Calm } from '../parts/calm.tsx'
import { Page } from '../parts/page.tsx'
import { Problem, useTellProblem } from '../parts/problem.tsx'
import { useMay } from '../parts/rights.ts'
import { List, Row, Waiting } from '../parts/rows.tsx'
import { Tag, type Tone } from '../parts/tag.tsx'
import { TestButton, TestResult, useConnectionTest } from '../settings/connection-test.tsx'
import { readable, useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'

type Connection = Schemas['Connection']
const tones: Record<Connection['state'], Tone> = { connected: 'good', needs_person: 'warn', broken: 'bad' }

export function ConnectionsPage() {
  const { t } = useWords()
  const query = useQuery(connectionsQuery)
  return (
    <Page title={t('connections.title')} lead={t('connections.lead')}>
      {query.isPending && <Waiting />}
      {query.isError && <Problem error={query.error} again={() => void query.refetch()} />}
      {query.data?.items.length === 0 && <Calm title={t('connections.empty')} />}
      {query.data && query.data.items.length > 0 && (
        <List label={t('connections.title')}>
          {query.data.items.map((connection) => (
            <ConnectionRow key={connection.key} connection={connection} />
          ))}
        </List>
      )}
    </Page>
  )
}

function ConnectionRow({ connection }: { connection: Connection }) {
  const { t } = useWords()
  const { moment } = useMoments()
  const may = useMay('operate')
  const tell = useTellProblem()
  const invite = useMutation({
    mutationFn: () =>
      answered(api.POST('/connections/{key}/connect', { params: { path: { key: connection.key } } })),
    onError: tell,
  })
  const test = useConnectionTest(connection.key)
  const { state, letIn, limit, knownUntil } = connection
  return (
    <Row name={connection.key}>
      <div className="row-line">
        <div className="row-main">
          <p className="row-top">
            <span className="about">
              <span className="about-client">{connection.key}</span>
              <span className="about-matter">{readable(connection.kind)}</span>
            </span>
            <Tag tone={tones[state]}>{t(`connections.${state}`)}</Tag>
          </p>
          <p className="row-low dim">
            {letIn && <span>{t('connections.since', { by: letIn.by, when: moment(letIn.at) })}</span>}
            {knownUntil && <span>{t('connections.known', { when: moment(knownUntil) })}</span>}
            {limit?.perWindow != null && (
              <span>{t('connections.limit', { used: limit.used, of: limit.perWindow })}</span>
            )}
            {limit?.closedUntil && (
              <span>{t('connections.closed', { when: moment(limit.closedUntil) })}</span>
            )}
          </p>
        </div>
        {may && (
          <div className="row-deeds">
            <TestButton name={connection.key} test={test} />
            {(state !== 'connected' || letIn) && (
              <Button
                size="xs"
                variant={state === 'connected' ? 'default' : 'filled'}
                data-key="r"
                loading={invite.isPending}
                onClick={() => invite.mutate()}
              >
                {t('connections.connect')}
              </Button>
            )}
          </div>
        )}
      </div>
      <TestResult test={test} />
      {invite.data && (
        <Modal
          opened
          onClose={() => invite.reset()}
          title={t('connections.invited')}
          closeButtonProps={{ 'aria-label': t('stop.cancel') }}
        >
          <p className="copy-me">{invite.data.address}</p>
          <Text size="sm" c="dimmed" mb="md">
            {t('connections.invited_until', { when: moment(invite.data.addressUntil) })}
          </Text>
          <CopyButton value={invite.data.address}>
            {({ copied, copy }) => (
              <Button onClick={copy}>{copied ? t('connections.copied') : t('connections.copy')}</Button>
            )}
          </CopyButton>
        </Modal>
      )}
    </Row>
  )
}

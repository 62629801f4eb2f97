/** What a template may speak of; a press puts it where the writer is. */
import { Button } from '@mantine/core'
import type { Schemas } from '../api/client.ts'
import { Details } from '../parts/details.tsx'
import { useWords } from '../words/index.ts'

export function Variables(props: {
  found: readonly Schemas['TemplateVariable'][]
  /** Null: whoever reads may not write. */
  insert: ((path: string) => void) | null
}) {
  const { t } = useWords()
  const { insert } = props
  return (
    <Details label={t('templates.variables')}>
      <ul className="variables">
        {props.found.map(({ path, words }) => (
          <li key={path}>
            {insert && !path.endsWith('.*') ? (
              <Button
                size="compact-xs"
                variant="default"
                // The field keeps the place where the writer was.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => insert(path)}
              >
                {path}
              </Button>
            ) : (
              <code>{path}</code>
            )}{' '}
            <span className="dim">{words ?? (path.endsWith('.*') ? t('templates.whatever') : '')}</span>
          </li>
        ))}
      </ul>
    </Details>
  )
}

/** In the place of words that are not there any more. */
import type { Schemas } from '../api/client.ts'
import { useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'

export function DeletedWords({ deleted }: { deleted: Schemas['DeletedUnderRetention'] | null }) {
  const { t } = useWords()
  const { moment } = useMoments()
  if (!deleted) return t('trace.deleted')
  return t('holds.deleted', { at: moment(deleted.at), rule: deleted.rule })
}

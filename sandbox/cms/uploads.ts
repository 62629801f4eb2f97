import { invalid, type Refusal, refuse } from './errors.ts'
import type { Patch, Store } from './store.ts'
import type { Row } from './types.ts'

/** Bytes of uploaded documents, by the uuid of their version. The oldest go when too much is held. */
export interface Uploads {
  put(uuid: string, bytes: Uint8Array): void
  get(uuid: string): Uint8Array | undefined
  clear(): void
}

const MOST_BYTES = 64 * 1024 * 1024

export function createUploads(): Uploads {
  const held = new Map<string, Uint8Array>()
  let total = 0
  return {
    put(uuid, bytes) {
      total += bytes.byteLength - (held.get(uuid)?.byteLength ?? 0)
      held.set(uuid, bytes)
      for (const [oldest, old] of held) {
        if (total <= MOST_BYTES || oldest === uuid) break
        held.delete(oldest)
        total -= old.byteLength
      }
    },
    get: (uuid) => held.get(uuid),
    clear() {
      held.clear()
      total = 0
    },
  }
}

/**
 * The last step of Clio's upload: `PATCH {uuid, fully_uploaded: true}` after the bytes were PUT.
 * Takes both names out of the patch. Answers true when the document became complete by it.
 */
export function completeUpload(store: Store, uploads: Uploads, row: Row, patch: Patch): boolean | Refusal {
  const { uuid, fully_uploaded: complete } = patch.attrs
  delete patch.attrs.uuid
  delete patch.attrs.fully_uploaded
  if (uuid === undefined && complete === undefined) return false
  const version = row.lists.latest_document_version?.[0]
  if (version === undefined || version.attrs.uuid !== uuid)
    return invalid('uuid', 'is not that of the upload')
  // Clio's own example sends the text "true".
  if (String(complete) !== 'true') return invalid('fully_uploaded', 'must be true')
  const bytes = uploads.get(String(uuid))
  if (bytes === undefined) {
    return refuse(422, 'UploadNotFoundError', `nothing was uploaded for uuid ${String(uuid)}`)
  }
  if (version.attrs.fully_uploaded === true) return false
  const attrs = { ...version.attrs, fully_uploaded: true, size: bytes.byteLength }
  patch.lists.latest_document_version = [
    { ...version, version: version.version + 1, updated: store.now(), attrs },
  ]
  patch.attrs.size = bytes.byteLength
  return true
}

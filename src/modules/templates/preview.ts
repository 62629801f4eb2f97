/** Every language and channel of a template, as one client of a real matter would get it. */
import { type Channel, channels } from '../../kernel/channels.ts'
import type { CompiledTemplate } from './compile.ts'
import { mailParts } from './mail.ts'
import { type Rendered, type RenderRequest, renderMessage } from './render.ts'

export interface Preview {
  language: string
  channel: Channel
  message: Rendered
  /** Of a mail that can be written. */
  html?: string
  plain?: string
}

/**
 * @param contextIn the values for each language, since the words for a matter's state differ; `toContext` made them
 */
export function preview(
  template: CompiledTemplate,
  contextIn: (language: string) => RenderRequest['context'],
  request: Omit<RenderRequest, 'language' | 'fallbackLanguage' | 'channel' | 'context'>,
  firmName: string,
): Preview[] {
  return Object.entries(template.languages).flatMap(([language, texts]) =>
    channels
      .filter((channel) => texts[channel] !== undefined)
      .map((channel) => {
        const context = contextIn(language)
        const message = renderMessage(template, {
          ...request,
          language,
          fallbackLanguage: language,
          channel,
          context,
        })
        if (!message.ok || channel === 'sms') return { language, channel, message }
        const parts = mailParts({
          subject: message.subject ?? '',
          markdown: message.text,
          firmName,
          language,
        })
        return { language, channel, message, html: parts.html, plain: parts.text }
      }),
  )
}

/**
 * SendGrid's SDK over our transport: its Mail class builds and checks the body, its Client the headers; only the
 * HTTP underneath is ours. Instances of our own per connection: the package's default export is one for the whole
 * process, with one key.
 */
import clientModule from '@sendgrid/client'
import mailModule from '@sendgrid/mail'
import { parseJson } from '../answers.ts'
import { CallRefused, type Transport } from '../transport.ts'
import type { SendgridSettings } from './settings.ts'

// The packages' types describe the shared instances only and hide the classes that hang on them.
const { Client } = clientModule as unknown as { Client: new () => typeof clientModule }
const { MailService } = mailModule as unknown as { MailService: new () => typeof mailModule }

type Client = typeof clientModule
type ClientRequest = Parameters<Client['request']>[0]

/** What the SDK's createRequest really returns; its types name the input again. */
interface MadeRequest {
  method: string
  baseURL: string
  url: string
  headers: Record<string, string>
  data?: unknown
}

class LeanClient extends Client {
  readonly #transport: Transport

  constructor(transport: Transport) {
    super()
    this.#transport = transport
  }

  /** Rejects with CallRefused on any status but 2xx. */
  override async request(request: ClientRequest): ReturnType<Client['request']> {
    const made = this.createRequest(request) as unknown as MadeRequest
    const answer = await this.#transport.call({
      method: made.method,
      url: new URL(made.url, made.baseURL).href,
      headers: made.headers,
      ...(made.data === undefined ? {} : { body: JSON.stringify(made.data) }),
    })
    if (answer.status < 200 || answer.status >= 300) throw new CallRefused(answer)
    // Accepted mail is answered with nothing at all.
    const body = answer.body === '' ? '' : (parseJson(answer.body) ?? answer.body)
    return [{ statusCode: answer.status, body: body as object, headers: answer.headers }, body]
  }
}

/** One pair per connection; they hold the sockets through their transport. */
export function createClient(settings: SendgridSettings, transport: Transport) {
  const client = new LeanClient(transport)
  const mail = new MailService()
  mail.setClient(client)
  // The key first: setting it resets the address.
  client.setApiKey(settings.apiKey)
  if (settings.baseUrl !== undefined) client.setDefaultRequest('baseUrl', `${settings.baseUrl}/`)
  return { client, mail }
}

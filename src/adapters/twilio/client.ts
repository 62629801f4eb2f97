/**
 * The Twilio SDK over our transport. The SDK's resources, serialisation and paging are used as they are; only its
 * HTTP client is replaced (it is made to be: `httpClient`), because of what axios costs and can't tell.
 * Imported by its parts: the package's own index adds voice, JWT and TwiML, which we don't use here.
 */
import { stringify } from 'node:querystring'
import RequestClient from 'twilio/lib/base/RequestClient.js'
import type response from 'twilio/lib/http/response.js'
import Twilio from 'twilio/lib/rest/Twilio.js'
import { CallRefused, type Transport } from '../transport.ts'
import type { TwilioSettings } from './settings.ts'

type Response<T> = InstanceType<typeof response.default<T>>

class LeanClient extends RequestClient {
  readonly #transport: Transport
  readonly #authorization: string

  constructor(transport: Transport, settings: TwilioSettings) {
    super()
    this.#transport = transport
    const credentials = `${settings.accountSid}:${settings.authToken}`
    this.#authorization = `Basic ${Buffer.from(credentials).toString('base64')}`
  }

  /** Rejects with CallRefused on any status but 2xx, so that the sender sees headers too; the SDK would drop them. */
  override async request<T>(options: RequestClient.RequestOptions<T>): Promise<Response<T>> {
    const query = options.params === undefined ? '' : stringify(options.params as Record<string, string>)
    const answer = await this.#transport.call({
      method: options.method.toUpperCase(),
      url: query === '' ? options.uri : `${options.uri}?${query}`,
      headers: { ...(options.headers as Record<string, string>), Authorization: this.#authorization },
      ...(options.data === undefined ? {} : { body: stringify(options.data as Record<string, string>) }),
    })
    if (answer.status < 200 || answer.status >= 300) throw new CallRefused(answer)
    // The SDK parses the text itself, but types the body as parsed.
    return { statusCode: answer.status, body: answer.body as T, headers: answer.headers }
  }
}

/** One client per connection; it holds the sockets through its transport. */
export function createClient(settings: TwilioSettings, transport: Transport): Twilio {
  const client = new Twilio(settings.accountSid, settings.authToken, {
    httpClient: new LeanClient(transport, settings),
  })
  if (settings.baseUrl !== undefined) client.api.baseUrl = settings.baseUrl
  return client
}

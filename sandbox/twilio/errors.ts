// Twilio's error codes, from its SDK, error dictionary and the codes table of our provider facts.

type Known = { status: number; message: string }

const known: Record<number, Known> = {
  20001: { status: 400, message: 'Invalid parameter' },
  20003: { status: 401, message: 'Authenticate' },
  20009: { status: 400, message: 'Cannot update this Message: it has not finished' },
  20404: { status: 404, message: 'The requested resource was not found' },
  20429: { status: 429, message: 'Too Many Requests' },
  20500: { status: 500, message: 'Internal Server Error' },
  20503: { status: 503, message: 'Service Unavailable' },
  21211: { status: 400, message: "Invalid 'To' Phone Number" },
  21212: { status: 400, message: "Invalid 'From' Phone Number" },
  21266: { status: 400, message: "'To' and 'From' number cannot be the same" },
  21408: {
    status: 403,
    message: 'Permission to send an SMS has not been enabled for the region indicated by the To number',
  },
  21602: { status: 400, message: 'Message body is required.' },
  21603: { status: 400, message: "A 'From' phone number is required." },
  21604: { status: 400, message: "A 'To' phone number is required." },
  21606: {
    status: 400,
    message:
      "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination",
  },
  21608: {
    status: 400,
    message: 'The number is unverified. Trial accounts cannot send messages to unverified numbers',
  },
  21609: { status: 400, message: "The 'StatusCallback' URL is not a valid URL" },
  21610: { status: 400, message: 'Attempt to send to unsubscribed recipient' },
  21611: { status: 400, message: "This 'From' number has exceeded the maximum number of queued messages" },
  21612: {
    status: 400,
    message: "The 'To' phone number is not currently reachable using the 'From' phone number via SMS",
  },
  21614: { status: 400, message: "'To' number is not a valid mobile number" },
  21617: { status: 400, message: 'The concatenated message body exceeds the 1600 character limit' },
  21620: { status: 400, message: 'Invalid media URL(s)' },
  21623: { status: 400, message: 'Number of media files exceeds allowed limit' },
  21701: { status: 400, message: 'The Messaging Service does not exist' },
  30409: { status: 400, message: 'Message is not in a cancelable state' },
  35111: { status: 400, message: 'SendAt parameter is required' },
  35114: { status: 400, message: 'SendAt must be between 15 minutes and 35 days from now' },
  35118: { status: 400, message: 'MessagingServiceSid is required to schedule a message' },
}

/** What Twilio says in a receipt for a code at delivery. */
export const deliveryErrors: Record<number, { status: 'failed' | 'undelivered'; message: string }> = {
  30001: { status: 'failed', message: 'Queue overflow' },
  30002: { status: 'failed', message: 'Account suspended' },
  30003: { status: 'undelivered', message: 'Unreachable destination handset' },
  30004: { status: 'undelivered', message: 'Message blocked' },
  30005: { status: 'undelivered', message: 'Unknown destination handset' },
  30006: { status: 'undelivered', message: 'Landline or unreachable carrier' },
  30007: { status: 'undelivered', message: 'Carrier violation' },
  30008: { status: 'undelivered', message: 'Unknown error' },
  30034: { status: 'undelivered', message: 'US A2P 10DLC - Message from an Unregistered Number' },
  30036: { status: 'failed', message: 'Validity Period Expired' },
  30610: { status: 'failed', message: 'Message blocked: outside of the allowed quiet hours' },
}

/** An error answer by its code; `detail` goes after the message. */
export function twilioError(code: number, detail = '', headers: Record<string, string> = {}): Response {
  const { status, message } = known[code] ?? { status: 400, message: 'Bad Request' }
  return errorResponse(code, status, detail === '' ? message : `${message}: ${detail}`, headers)
}

/** The error answer Twilio gives when it fails with an HTTP status as a whole. */
export function twilioStatus(status: number): Response {
  const codes: Record<number, number> = { 401: 20003, 404: 20404, 429: 20429, 500: 20500, 503: 20503 }
  const code = codes[status]
  if (code !== undefined) return twilioError(code, '', status === 429 ? { 'retry-after': '1' } : {})
  return errorResponse(20000 + status, status, `HTTP ${status}`, {})
}

function errorResponse(
  code: number,
  status: number,
  message: string,
  headers: Record<string, string>,
): Response {
  const body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

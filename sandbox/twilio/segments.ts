// GSM 03.38: one septet each; the second table costs two (escape + character).
const gsm = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/
const extended = /[\^{}\\[~\]|€]/g

/** How many parts a text is sent in: GSM-7 160, then 153 each; UCS-2 70, then 67. */
export function segmentCount(body: string): number {
  if (gsm.test(body)) {
    const septets = body.length + (body.match(extended)?.length ?? 0)
    return septets <= 160 ? 1 : partsOf(body, 153, (char) => (extendedOne.test(char) ? 2 : 1))
  }
  return body.length <= 70 ? 1 : partsOf(body, 67, (char) => char.length)
}

const extendedOne = /[\^{}\\[~\]|€]/

// A character of two units is never split over two parts.
function partsOf(body: string, size: number, cost: (char: string) => number): number {
  let parts = 1
  let used = 0
  for (const char of body) {
    const units = cost(char)
    if (used + units > size) {
      parts++
      used = 0
    }
    used += units
  }
  return parts
}

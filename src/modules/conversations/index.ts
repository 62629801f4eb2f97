export { type IncomingContext, type ReceivedText, receiveTexts } from './incoming.ts'
export type { Meaning } from './meaning.ts'

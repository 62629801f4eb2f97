export { type IncomingContext, type ReceivedText, receiveTexts } from './incoming.ts'
export { carrierAnswers, type Meaning, meaningOf } from './meaning.ts'

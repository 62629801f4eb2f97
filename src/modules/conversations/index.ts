export {
  type AnsweredText,
  type IncomingContext,
  type ReceivedText,
  receiveTexts,
  type TextToAnswer,
} from './incoming.ts'
export { type Meaning, meaningOf, plain } from './meaning.ts'

export { reportRejected } from './daily.ts'
export { type Closing, type Fixing, fixItem, ignoreItem } from './fix.ts'
export { mattersOf, report, settle } from './store.ts'
export { type ItemState, type ItemSubject, itemTransitions, type NewItem } from './types.ts'

export { completeTask, type NewTask, openTasks } from './store.ts'

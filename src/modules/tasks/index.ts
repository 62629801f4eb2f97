export { completeTask, isTaskOpen, type NewTask, openTasks } from './store.ts'

export { completeTask, listTasks, type NewTask, openTasks, type Task } from './store.ts'

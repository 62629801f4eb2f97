/** Reminders ahead of appointments: planned when an appointment is known, looked at once more when they are due. */
export { type AnswerDeps, answerText } from './answer.ts'
export { type AttendanceVerdict, sayAttendance } from './attendance.ts'
export { type CompiledPlan, compilePlan, compileThanks, ruleKeyOf, spokenBy } from './compile.ts'
export { type PlanDeps, planLane, type ReminderProgram } from './plan-lane.ts'
export { type RemindDeps, remindLane } from './remind-lane.ts'
export { overdue, whatBecameOf } from './store.ts'
export { type Attendance, type PlanConfig, planConfig, reminderTransitions } from './types.ts'

export { type SmtpOptions, smtpMailer } from './mailer.ts'

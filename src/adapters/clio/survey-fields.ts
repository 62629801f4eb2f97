/** What an audit asks Clio for beside what following reads; one level of nesting, as everywhere. */
export const surveyFields: Readonly<Record<string, string>> = {
  contact: 'is_client',
  matter:
    'responsible_attorney{id,name,email,enabled},statute_of_limitations{id,due_at,status},pending_date,billing_method',
}

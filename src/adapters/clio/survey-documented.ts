/**
 * What Clio's published OpenAPI says of the fields we read, so that an audit can tell what came back otherwise. A test
 * holds this against the specification where it lies beside the checkout.
 */
import type { DocumentedField } from '../../modules/connections/index.ts'

const common: readonly DocumentedField[] = [
  { path: 'id', type: 'number', required: true },
  { path: 'etag', type: 'text', required: true },
  { path: 'created_at', type: 'time', required: true },
  { path: 'updated_at', type: 'time', required: true },
]

export const documented: Readonly<Record<string, readonly DocumentedField[]>> = {
  contact: [
    ...common,
    { path: 'type', type: 'text', required: true, values: ['Company', 'Person'] },
    { path: 'name', type: 'text', required: true },
    { path: 'first_name', type: 'text' },
    { path: 'last_name', type: 'text' },
    { path: 'is_client', type: 'flag' },
    { path: 'phone_numbers', type: 'list', required: true },
    { path: 'phone_numbers[].number', type: 'text' },
    { path: 'email_addresses', type: 'list', required: true },
    { path: 'email_addresses[].address', type: 'text' },
    { path: 'custom_field_values', type: 'list', required: true },
  ],
  matter: [
    ...common,
    { path: 'display_number', type: 'text', required: true },
    { path: 'description', type: 'text' },
    { path: 'status', type: 'text', required: true, values: ['Pending', 'Open', 'Closed'] },
    { path: 'billing_method', type: 'text', values: ['flat', 'contingency', 'hourly'] },
    { path: 'open_date', type: 'date' },
    { path: 'close_date', type: 'date' },
    { path: 'pending_date', type: 'date' },
    { path: 'matter_stage_updated_at', type: 'time' },
    { path: 'client', type: 'object' },
    { path: 'matter_stage', type: 'object' },
    { path: 'responsible_attorney', type: 'object' },
    { path: 'statute_of_limitations', type: 'object' },
    { path: 'custom_field_values', type: 'list', required: true },
  ],
  calendar_entry: [
    { path: 'id', type: 'text', required: true },
    { path: 'etag', type: 'text', required: true },
    { path: 'summary', type: 'text' },
    { path: 'start_at', type: 'time', required: true },
    { path: 'end_at', type: 'time', required: true },
    { path: 'all_day', type: 'flag' },
    { path: 'matter', type: 'object' },
  ],
  document: [
    ...common,
    { path: 'name', type: 'text' },
    { path: 'filename', type: 'text' },
    { path: 'received_at', type: 'time' },
    { path: 'matter', type: 'object' },
  ],
  bill: [
    ...common,
    { path: 'number', type: 'text' },
    {
      path: 'state',
      type: 'text',
      required: true,
      values: ['draft', 'awaiting_approval', 'awaiting_payment', 'paid', 'void', 'deleted'],
    },
    { path: 'total', type: 'number' },
    { path: 'paid', type: 'number' },
    { path: 'issued_at', type: 'date' },
    { path: 'due_at', type: 'date' },
    { path: 'paid_at', type: 'time' },
    { path: 'matters', type: 'list', required: true },
  ],
}

/** What the buttons of `/cms` do: each is one piece of work through the sandbox's own controls. */
export const pageScript = `
const base = '/_sandbox/cms/'
async function call(method, path, body) {
  const answer = await fetch(path.startsWith('/') ? path : base + path, {
    method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body),
  })
  const json = await answer.json().catch(() => ({}))
  if (!answer.ok) throw new Error(json.error?.message ?? 'refused with ' + answer.status)
  return json.data
}
const entries = (id) => call('GET', 'calendar_entries?matter_id=' + id)
const dateOf = (iso, zone) => new Date(iso).toLocaleDateString('en-US', { month: 'long', day: 'numeric', timeZone: zone })
async function transcriptName(id) {
  const past = (await entries(id)).filter((entry) =>
    entry.calendar_entry_event_type?.name === 'Deposition' && new Date(entry.start_at) < new Date())
  const last = past.sort((a, b) => a.start_at.localeCompare(b.start_at)).at(-1)
  const day = last ? dateOf(last.start_at, last.start_at_time_zone ?? undefined) : dateOf(Date.now())
  return 'Transcript of the ' + day + ' testimony.pdf'
}
const work = {
  async stage({ matter }, form) {
    const name = form.stage.value
    await call('PATCH', 'matters/' + matter, { matter_stage: { name } })
    return 'Status is now ' + name + '.'
  },
  async hearing({ matter }) {
    const ahead = (await entries(matter)).filter((entry) => new Date(entry.start_at) > new Date())
      .sort((a, b) => a.start_at.localeCompare(b.start_at))[0]
    if (!ahead) throw new Error('there is no date ahead to move')
    const start = new Date(new Date(ahead.start_at).getTime() + 86400000).toISOString()
    await call('PATCH', 'calendar_entries/' + ahead.id, { start_at: start })
    return ahead.summary + ' was moved by a day.'
  },
  async transcript({ matter }) {
    const name = await transcriptName(matter)
    await call('POST', 'documents', { name, matter: { id: Number(matter) }, document_category: { name: 'Transcripts' } })
    return name + ' was filed.'
  },
  async dms({ matter, number }) {
    const name = await transcriptName(matter)
    await call('POST', '/_sandbox/dms/documents', { name, matter, matterNumber: number, category: 'Transcripts', tags: ['testimony'] })
    return name + ' was filed in the document system.'
  },
  async pay({ matter }) {
    const bill = (await call('GET', 'bills?state=awaiting_payment&matter_id=' + matter))[0]
    if (!bill) throw new Error('there is no open invoice')
    await call('PATCH', 'bills/' + bill.id, { state: 'paid' })
    return 'Invoice ' + bill.number + ' was paid.'
  },
  async pause({ client }) {
    const held = (await call('GET', 'contacts/' + client)).custom_field_values
    const now = held.find((value) => value.field_name === 'Pause automation')?.value === 'true'
    await call('PATCH', 'contacts/' + client, {
      custom_field_values: [{ field_name: 'Pause automation', value: now ? 'false' : 'true' }],
    })
    return now ? 'Automation runs again for this client.' : 'Automation is paused for this client.'
  },
  async comment({ matter }, form) {
    await call('POST', 'notes', { matter: { id: Number(matter) }, subject: 'Comment', detail: form.comment.value })
    form.reset()
    return 'The comment was added.'
  },
}
async function act(target) {
  const card = target.closest('[data-matter]')
  const said = card.querySelector('[role=status]')
  try {
    said.textContent = await work[target.dataset.do](card.dataset, target)
    said.className = 'small good'
  } catch (error) {
    said.textContent = 'Not done: ' + error.message
    said.className = 'small bad'
  }
}
async function open(form) {
  const field = (name) => form.elements[name].value.trim()
  const client = await call('POST', 'contacts', {
    first_name: field('first'), last_name: field('last'),
    ...(field('phone') && { primary_phone_number: field('phone') }),
    ...(field('mail') && { primary_email_address: field('mail') }),
    custom_field_values: [
      { field_name: 'Contact preference', value: 'Both' },
      { field_name: 'Time zone', value: Intl.DateTimeFormat().resolvedOptions().timeZone },
      { field_name: 'Language', value: 'en' },
    ],
  })
  await call('POST', 'matters', {
    client: { id: client.id }, description: field('about'), matter_stage: { name: 'Intake' },
  })
  location.href = '/cms?q=' + encodeURIComponent(field('last'))
}
document.getElementById('new').addEventListener('submit', (event) => {
  event.preventDefault()
  open(event.target).catch((error) => {
    event.target.querySelector('[role=status]').textContent = 'Not done: ' + error.message
  })
})
for (const form of document.querySelectorAll('form[data-do]')) form.addEventListener('submit', (event) => {
  event.preventDefault()
  act(form)
})
for (const button of document.querySelectorAll('button[data-do]')) button.addEventListener('click', () => act(button))
`

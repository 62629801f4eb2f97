/** The way to a piece of the configuration that is not there yet: asks what it is to be called, and opens its page. */
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useWords } from '../words/index.ts'
import { keyFrom } from '../words/key.ts'
import { Ask } from './ask.tsx'

/** @param props.label of the button, and of what it asks */
export function Begin(props: { label: string; to: '/rules/$key' | '/templates/$key' }) {
  const { t } = useWords()
  const [asking, setAsking] = useState(false)
  const go = useNavigate()
  const begin = (text: string) => {
    const key = keyFrom(text)
    if (key !== '') void go({ to: props.to, params: { key } })
  }
  return (
    <>
      <Button onClick={() => setAsking(true)}>{props.label}</Button>
      {asking && (
        <Ask
          title={props.label}
          label={t('rules.new_name')}
          hint={t('rules.new_hint')}
          placeholder="offer-accepted"
          submit={t('rules.new_begin')}
          line="text"
          busy={false}
          close={() => setAsking(false)}
          answer={begin}
        />
      )}
    </>
  )
}

/** The frame of what is shown to who is not signed in. */
import { type ReactNode, useEffect } from 'react'
import markUrl from '../mark.svg'

/** @param props.title of the tab; @param props.heading where the page says more than the tab */
export function Outside(props: { title: string; heading?: string | undefined; children: ReactNode }) {
  useEffect(() => {
    document.title = props.title
  }, [props.title])
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <img src={markUrl} alt="" width={40} height={40} />
        <h1>{props.heading ?? props.title}</h1>
        {props.children}
      </div>
    </main>
  )
}

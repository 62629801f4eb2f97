/** A device with a finger, as the browser's own tools play it. */
import type { CDPSession, Page } from 'playwright-core'

/** @returns the tools it is played by, and its name to them */
export async function deviceWithFinger(of: Page): Promise<{ tools: CDPSession; authenticatorId: string }> {
  const tools = await of.context().newCDPSession(of)
  await tools.send('WebAuthn.enable')
  const { authenticatorId } = await tools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { tools, authenticatorId }
}

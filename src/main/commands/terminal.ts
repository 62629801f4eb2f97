/** Where a command writes. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** Colours are for people at a terminal, not for files and pipes. */
  readonly colour: boolean
}

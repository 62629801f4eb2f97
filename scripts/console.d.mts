export function sourcesHash(): string
export function consoleIsFresh(): boolean
export function ensureConsole(): boolean

/** Where the server listens: a Unix socket in `socketDir`, or a TCP port on the loopback address. */
export type Listen = { socketDir: string } | { port: number }

/** The port in a socket's file name; nobody else uses our directory, so it never clashes. */
export const SOCKET_PORT = 5432

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`

/**
 * Our part of the server's configuration, written anew on each start. Durability (fsync, synchronous_commit,
 * full_page_writes) is left at the server's defaults: on. Sized for two cores and little memory.
 */
export function serverSettings(options: { listen: Listen; token: string; walCompression: string }): string {
  const { listen } = options
  const settings: Record<string, string> = {
    listen_addresses: 'socketDir' in listen ? "''" : "'127.0.0.1'",
    unix_socket_directories: 'socketDir' in listen ? quote(listen.socketDir) : "''",
    unix_socket_permissions: '0700',
    port: String('socketDir' in listen ? SOCKET_PORT : listen.port),
    cluster_name: quote(`tipstaff-${options.token}`),
    password_encryption: "'scram-sha-256'",

    max_connections: '100',
    shared_buffers: "'128MB'",
    max_wal_size: "'2GB'",
    checkpoint_timeout: "'15min'",
    wal_compression: quote(options.walCompression),
    // Claims take one advisory lock per firm, matter and contact point, for up to 200 rows in a transaction.
    max_locks_per_transaction: '256',
    // Statements are short and many: compiling them, or giving one of them both cores, costs more than it saves.
    jit: 'off',
    // What is looked up lies in memory; the default of 4 is for disks that have to move an arm.
    random_page_cost: '1.1',
    max_parallel_workers_per_gather: '0',
    io_method: "'sync'",
    // A killed app must not leave statements behind that still wait for locks.
    client_connection_check_interval: "'5s'",

    timezone: "'UTC'",
    log_timezone: "'UTC'",
    // Errors quote values, and values are people's phone numbers and words. The app has each error anyway;
    // here only LOG, FATAL and PANIC are kept, without DETAIL and STATEMENT.
    log_min_messages: "'log'",
    log_error_verbosity: "'terse'",
    log_min_error_statement: "'panic'",
    log_checkpoints: 'off',
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`)
  return `# Written by Tipstaff on each start: edits are lost.\n${lines.join('\n')}\n`
}

/** Who may connect: anybody who can reach the socket or the loopback address and knows a password. */
export const CLIENT_AUTHENTICATION = `local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n`

/**
 * `iamkit serve`: the control plane on a port.
 *
 * Errors  {@link UsageError}; {@link UnreachableError}: a store, a port or a certificate that cannot be had.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import {
  type ControlPlane,
  createControlPlane,
  createLog,
  type LogLevel,
  type RootCredentials,
} from '@iamkit/server'
import { type Listening, listen } from '@iamkit/server/node'
import { Command, InvalidArgumentError, Option } from 'commander'
import { EXIT, type ExitCode, UnreachableError, UsageError } from '../exit-code.js'
import {
  openStore,
  openVault,
  type StoreOptions,
  testRoot,
  withStoreOptions,
} from '../serve-options.js'
import type { Terminal } from '../terminal.js'

interface ServeOptions extends StoreOptions {
  readonly port: number
  readonly host: string
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly logLevel: LogLevel
  readonly metrics?: boolean
  readonly trustedProxy?: readonly string[]
  readonly corsOrigin?: readonly string[]
  readonly innerIssuer?: readonly string[]
  readonly publicUrl?: string
}

const LOOPBACK: readonly string[] = ['127.0.0.1', '::1', 'localhost']

export function serveCommand(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const command = new Command('serve')
    .description(
      'serve IAM and STS to AWS clients; a new installation prints its root credentials once',
    )
    .option('--port <number>', 'the port; 0 takes any that is free', readPort, 4080)
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--tls-cert <file>', 'a certificate in PEM, with its chain')
    .option('--tls-key <file>', 'its private key in PEM')
    .addOption(
      new Option('--log-level <level>', 'what is logged to standard error, as JSON lines')
        .choices(['debug', 'info', 'warn', 'error', 'silent'])
        .default('info'),
    )
    .option('--metrics', 'serve /metrics for Prometheus to everybody who reaches the port')
    .option(
      '--trusted-proxy <range...>',
      'proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, such as 10.0.0.0/8',
    )
    .option('--cors-origin <origin...>', 'whose pages may call the service for apps')
    .option(
      '--inner-issuer <origin...>',
      'OpenID Connect issuers that may be on inner addresses, such as https://login.corp.example',
    )
    .option('--public-url <url>', 'where apps reach this server: the issuer of their tokens')
    .option('--test', 'for tests: in memory, on this machine only, with POST /_iamkit/reset')
  return withStoreOptions(command).action(async (options: ServeOptions) => {
    checkServe(options)
    const controlPlane = await start(options, terminal)
    const { newRoot } = controlPlane
    const greet = (url?: string) => {
      if (newRoot && !options.test) terminal.print(welcome(newRoot, url))
    }
    const server = await listenOn(controlPlane, options).catch((error: unknown) => {
      greet() // the next start would not say it again
      throw error
    })
    greet(server.url)
    terminal.print(`iamkit serves IAM and STS on ${server.url}`)
    await stopSignal()
    await server.close()
    await controlPlane.close()
    end(EXIT.passed)
  })
}

function readPort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new InvalidArgumentError('a port is a number up to 65535')
}

function checkServe({ test, host, tlsCert, tlsKey }: ServeOptions): void {
  if (test && !LOOPBACK.includes(host)) {
    throw new UsageError('`--test` listens on this machine only: leave `--host` out')
  }
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw new UsageError('`--tls-cert` and `--tls-key` go together')
  }
}

async function start(options: ServeOptions, terminal: Terminal): Promise<ControlPlane> {
  const { test = false, metrics = false, logLevel, corsOrigin, innerIssuer, publicUrl } = options
  const root = test ? { root: testRoot(terminal) } : {}
  const vault = await openVault(options, terminal)
  const store = await openStore(options, terminal)
  try {
    const log = createLog(logLevel)
    return await createControlPlane({
      store,
      vault,
      log,
      exposeMetrics: metrics,
      testMode: test,
      ...(corsOrigin && { corsOrigins: corsOrigin }),
      ...(innerIssuer && { innerIssuers: innerIssuer }),
      ...(publicUrl !== undefined && { publicUrl }),
      ...root,
    })
  } catch (error) {
    await store.close()
    throw error
  }
}

async function listenOn(controlPlane: ControlPlane, options: ServeOptions): Promise<Listening> {
  const { port, host, tlsCert, tlsKey, trustedProxy } = options
  try {
    const tls = tlsCert && tlsKey && { cert: await readFile(tlsCert), key: await readFile(tlsKey) }
    return await listen(controlPlane, {
      port,
      host,
      ...(tls && { tls }),
      ...(trustedProxy && { trustedProxies: trustedProxy }),
    })
  } catch (error) {
    await controlPlane.close()
    if (error instanceof TypeError) throw new UsageError(`\`--trusted-proxy\`: ${error.message}`)
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new UnreachableError(`port ${port} is taken: choose another with \`--port\``)
    throw new UnreachableError(message)
  }
}

/** Without an address where there is none: what listens there instead is to get no calls. */
function welcome(
  { account, accessKeyId, secretAccessKey }: RootCredentials,
  url: string | undefined,
): string {
  const endpoint = url === undefined ? '' : `\n  export AWS_ENDPOINT_URL=${url}`
  return `A new installation. These are its root credentials; nobody can ask for them again:

  export AWS_ACCESS_KEY_ID=${accessKeyId}
  export AWS_SECRET_ACCESS_KEY=${secretAccessKey}${endpoint}
  export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1

Account ${account}. Try \`aws sts get-caller-identity\`.
`
}

/** The second signal ends the process at once: it is Node's own answer to a signal that nobody hears. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      resolve()
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}

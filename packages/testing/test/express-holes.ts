import { guard } from '@iamkit/express'
import express, { type RequestHandler } from 'express'
import methodOverride from 'method-override'
import { iam } from './notes.js'

const { can, publicRoute } = guard(iam)

const refuse: RequestHandler = (_req, res) => {
  res.status(401).end()
}
const serve: RequestHandler = (_req, res) => {
  res.send('served')
}
/** A handler whose name is the hole that leads to it. */
const named = (name: string): RequestHandler =>
  Object.defineProperty((...call: Parameters<RequestHandler>) => serve(...call), 'name', {
    value: name,
  })
const guardWhere = (isOpen: (req: express.Request) => unknown): RequestHandler => {
  return (req, res, next) => (isOpen(req) ? next() : refuse(req, res, next))
}

/** Every hole is the way by which one of the handlers can be reached. */
export const EXPRESS_HOLES: Readonly<Record<string, (router: express.Router) => void>> = {
  forgotten: (router) => router.get('/', named('forgotten')),
  late: (router) => router.get('/:noteId', named('late'), can('notes:GetNote')),
  table: (router) => {
    const guarded = new Set(['/table/secret'])
    router.use(guardWhere((req) => !guarded.has(req.originalUrl)))
    router.get('/secret', named('table'))
  },
  unless: (router) => {
    router.use(guardWhere((req) => /[/](?:health|login)|[.]css$/.test(req.originalUrl)))
    router.get('/secret', named('unless'))
  },
  encoded: (router) => {
    router.use('/admin', refuse)
    router.get('/:area', named('encoded'))
  },
  head: (router) => {
    router.head('/:noteId', named('head'))
    router.get('/:noteId', can('notes:GetNote'), serve)
  },
  override: (router) => {
    router.use(guardWhere((req) => req.method === 'POST'))
    router.use(methodOverride('X-HTTP-Method-Override'))
    router.delete('/:noteId', named('override'))
  },
  all: (router) => {
    router.get('/:noteId', can('notes:GetNote'), serve)
    router.all('/:noteId', named('all'))
  },
  mounted: (router) => {
    const inner = express()
    inner.get('/inside', named('mounted'))
    router.use(express().use('/deep', inner))
  },
  goesOn: (router) => {
    const shy: RequestHandler = (_req, res, next) => {
      res.status(403).end()
      next()
    }
    router.use(shy)
    router.get('/secret', named('goesOn'))
  },
  unawaited: (router) => {
    const decide = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      return false
    }
    router.use(guardWhere(() => decide()))
    router.get('/secret', named('unawaited'))
  },
  passedOn: (router) => {
    router.get('/latest', publicRoute('the newest'), (_req, _res, next) => next())
    router.get('/:noteId', named('passedOn'))
  },
  header: (router) => {
    router.use(guardWhere((req) => req.get('X-Forwarded-User') === 'admin'))
    router.get('/secret', named('header'))
  },
  secret: (router) => {
    const { NOTES_TEST_SECRET } = process.env
    router.use(guardWhere((req) => req.get('Authorization') === `Bearer ${NOTES_TEST_SECRET}`))
    router.get('/secret', named('secret'))
  },
  twice: (router) => {
    router.use(guardWhere((req) => Array.isArray(req.query.x)))
    router.get('/secret', named('twice'))
  },
  absolute: (router) => {
    router.use(guardWhere((req) => !req.originalUrl.startsWith('/')))
    router.get('/secret', named('absolute'))
  },
  connection: (router) => {
    const trusted = new WeakSet<object>()
    router.use((req, _res, next) => {
      if (trusted.has(req.socket)) req.headers['x-trusted'] = 'yes'
      trusted.add(req.socket)
      next()
    })
    router.use(guardWhere((req) => req.get('X-Trusted')))
    router.get('/secret', named('connection'))
  },
  shadow: (router) => {
    router.get('/:noteId', can('notes:GetNote', { mode: 'shadow' }), named('shadow'))
  },
}

/** One app with all of them, each below a path of its name. */
export function expressAppWithHoles(): express.Express {
  const app = express()
  for (const [name, dig] of Object.entries(EXPRESS_HOLES)) {
    const router = express.Router()
    dig(router)
    app.use(`/${name}`, router)
  }
  app.use('/files', express.static(import.meta.dirname))
  return app
}

/** Who is signed in, and what that person sees. */
import { createCan } from '@iamkit/client'
import { CanProvider, useSnapshot } from '@iamkit/client/react'
import { type ReactNode, useMemo, useState } from 'react'
import { asker, type Problem, type Session, snapshotLoader } from './api.js'
import { Denial } from './denial.js'
import { Folders } from './folders.js'
import { SignIn } from './sign-in.js'
import { Tags } from './tags.js'

export function App(): ReactNode {
  const [session, setSession] = useState<Session>()
  const [problem, setProblem] = useState<Problem>()
  const signIn = async (name: string) => {
    const answer = await asker()<Session>(`POST /sessions/${name}`)
    setProblem(answer.problem)
    setSession(answer.value)
  }
  return (
    <>
      <Header session={session} onLeave={() => setSession(undefined)} />
      <main>
        {session ? (
          <Signed key={session.person.name} session={session} />
        ) : (
          <SignIn onChoose={signIn} />
        )}
        {problem && <Denial problem={problem} />}
      </main>
    </>
  )
}

interface HeaderProps {
  readonly session: Session | undefined
  readonly onLeave: () => void
}

function Header({ session, onLeave }: HeaderProps): ReactNode {
  return (
    <header>
      <h1>
        Documents <small>an example of iamkit</small>
      </h1>
      {session && (
        <div className="who">
          <span>
            <strong>{session.person.name}</strong>, {session.person.role} of{' '}
            {session.person.company}
          </span>
          <Tags tags={session.person.tags} of="your session" />
          <button type="button" onClick={onLeave}>
            Sign out
          </button>
        </div>
      )}
    </header>
  )
}

/** Everything below asks by the token, and shows by the snapshot: to show is all that a snapshot is for. */
function Signed({ session }: { readonly session: Session }): ReactNode {
  const { token, person } = session
  const ask = useMemo(() => asker(token), [token])
  const load = useMemo(() => snapshotLoader(token), [token])
  const snapshot = useSnapshot(session.snapshot, { load })
  const can = useMemo(
    () => createCan(snapshot, snapshot.principal, { tags: person.tags }),
    [snapshot, person],
  )
  return (
    <CanProvider can={can}>
      <Folders ask={ask} session={session} />
    </CanProvider>
  )
}

/** Everybody who can sign in. The issuer asks for no password: it belongs to the example. */
import { type ReactNode, useState } from 'react'
import { people } from '../../src/people.js'
import { Tags } from './tags.js'

export function SignIn({
  onChoose,
}: {
  readonly onChoose: (name: string) => Promise<void>
}): ReactNode {
  const [chosen, setChosen] = useState<string>()
  const choose = async (name: string) => {
    setChosen(name)
    await onChoose(name)
    setChosen(undefined)
  }
  return (
    <section className="sign-in" aria-labelledby="sign-in">
      <h2 id="sign-in">Who are you today?</h2>
      <p>
        Choose a person. The role decides which policies apply; the tags are what the policies
        compare.
      </p>
      <ul className="people">
        {[...people.values()].map(({ name, company, role, tags }) => (
          <li key={name}>
            <button type="button" disabled={chosen !== undefined} onClick={() => void choose(name)}>
              <strong>{name}</strong>
              <span>{chosen === name ? 'signing in …' : `${role} of ${company}`}</span>
              <Tags tags={tags} of={name} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

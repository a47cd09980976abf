/** Opens a document that the list may leave out: the server is asked all the same. */
import { type ReactNode, useState } from 'react'

export function OpenByName({
  onOpen,
}: {
  readonly onOpen: (id: string) => Promise<void>
}): ReactNode {
  const [id, setId] = useState('')
  return (
    <form
      aria-label="Open by name"
      onSubmit={(event) => {
        event.preventDefault()
        void onOpen(id)
      }}
    >
      <h3>Open by name</h3>
      <label>
        Name of a document, listed or not
        <input
          value={id}
          placeholder="acquisition"
          onChange={(event) => setId(event.target.value)}
          required
        />
      </label>
      <button type="submit">Open it</button>
    </form>
  )
}

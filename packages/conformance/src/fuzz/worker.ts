/** Runs the shard that its parent sends, in a process of its own. */
import { runShard, type ShardTask } from './shard.js'

process.once('message', (task: ShardTask) => {
  process.send?.(runShard(task), () => process.disconnect())
})

// The service of hello_world.aurora, with an instance count that the environment decides.
//
//   aurora job create devcluster/$USER/devel/hello docs/examples/hello.aurora.ts
import {MB, env, process, resources, sequential, service} from '@auroractl/cli/config'

const greet = process({name: 'greet', cmdline: 'echo "hello from instance {{mesos.instance}}"'})

const hello = process({
  name: 'hello',
  cmdline: `
    while true; do
      echo "hello world, it is $(date)"
      sleep 10
    done
  `,
})

export default [
  service({
    cluster: 'devcluster',
    role: env('USER', 'www-data'),
    environment: 'devel',
    name: 'hello',
    instances: Number(env('INSTANCES', '1')),
    // First greet, then hello.
    task: sequential({processes: [greet, hello], resources: resources({cpu: 0.1, ram: 16 * MB, disk: 8 * MB})}),
  }),
]

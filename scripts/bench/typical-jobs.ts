/** A configuration of typical jobs: five processes each, references, bindings, an update and a health check configuration. */
export function typicalJobs(count: number): string {
  return `
class Profile(Struct):
  package = Required(String)
  version = Default(String, '1.0')
  heap = Default(Integer, 512)

processes = [
  Process(name='install', cmdline='fetch {{profile.package}}-{{profile.version}}.tar.gz', max_failures=3),
  Process(name='unpack', cmdline='tar xzf {{profile.package}}-{{profile.version}}.tar.gz'),
  Process(name='configure', cmdline='render --role {{role}} --env {{environment}} --name {{name}} > app.conf'),
  Process(name='server', cmdline='java -Xmx{{profile.heap}}m -jar {{profile.package}}.jar --port {{thermos.ports[http]}} --shard {{mesos.instance}}'),
  Process(name='report', cmdline='report --zone {{zone}} {{profile.package}}'),
]
task = SequentialTask(name='{{profile.package}}', processes=processes, resources=Resources(cpu=0.5, ram=256*MB, disk=512*MB))
base = Service(
  cluster='west', role='www', environment='prod', contact='{{role}}@example.com', instances=3, task=task,
  update_config=UpdateConfig(batch_size=1, watch_secs=45, max_total_failures=1),
  health_check_config=HealthCheckConfig(initial_interval_secs=15, interval_secs=10, max_consecutive_failures=2),
  announce=Announcer(primary_port='http', portmap={'aurora': 'http'}),
  constraints={'host': 'limit:1'},
)

jobs = []
for i in range(${count}):
  profile = Profile(package='service-%d' % i, version='1.%d' % (i % 10), heap=256 + i % 256)
  resources = Resources(cpu=0.5 + i % 4, ram=256*MB, disk=512*MB)
  jobs.append(base(name='service-%d' % i, instances=3 + i % 5, task=task(resources=resources)).bind(profile=profile, zone='zone-%d' % (i % 3)))
`
}

/** The names that such a file uses, as plain classes that keep what they are given: for the time that Python alone needs. */
export const PLAIN_CLASSES = `
class Struct(object):
  def __init__(self, **kw): self.fields, self.scopes = kw, ()
  def __call__(self, **kw): return type(self)(**dict(self.fields, **kw))
  def bind(self, **kw):
    new = self()
    new.scopes = (kw,) + self.scopes
    return new
Process = Task = SequentialTask = Resources = Service = UpdateConfig = HealthCheckConfig = Announcer = Struct
String = Integer = object
Required = Default = lambda *args: None
MB = 2 ** 20
`

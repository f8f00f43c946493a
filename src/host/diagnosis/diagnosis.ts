/** What `aurora doctor` looks at inside of the host; loaded by it alone. */
export {partVersions} from './parts.ts'
export {pluginLoads} from './plugin-loads.ts'
export {type Trial, tryJavaScript, tryPython} from './sandboxes.ts'
export {cacheFolder} from '../../config/location.ts'
export {stateFolder} from '../../model/state-folder.ts'

/** Loaded before the daemon's sources, so that they find the SDK as they do within the product. */
import {shareHost} from '../../../src/host/share-host.ts'

shareHost()

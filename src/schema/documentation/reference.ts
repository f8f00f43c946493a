/** What is said about the language: for people, and for editors. */
export {explain, overview} from './explain.ts'
export {configurationSchema} from './json-schema.ts'

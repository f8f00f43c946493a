import {expect, test} from 'vitest'
import type {Response, ResponseCode} from '../../src/model/gen/types.ts'
import {requireOk, responseMessage} from '../../src/scheduler/response.ts'

const response = (responseCode: ResponseCode, ...messages: (string | undefined)[]): Response => ({
  responseCode,
  details: messages.map((message) => (message === undefined ? {} : {message})),
})

test('messages are joined; one without words is an unknown error', () => {
  expect(responseMessage(response('OK', 'a', undefined, 'b', ''))).toBe('a, Unknown error, b, Unknown error')
})

test('OK passes', () => {
  expect(() => requireOk(response('OK', 'a'))).not.toThrow()
})

test('anything else is an error in the words of the original', () => {
  const check = () => requireOk(response('INVALID_REQUEST', 'a', 'b'))
  expect(check).toThrow(
    expect.objectContaining({message: 'Command failure:\n\ta, b', exitCode: 10, code: 'scheduler.invalid-request', sent: 'answered'}),
  )
})

test('the caller gives header and exit code; a lock is explained', () => {
  const check = () => requireOk(response('JOB_UPDATING_ERROR', 'x'), {header: 'Job creation failed due to error:', exitCode: 4})
  expect(check).toThrow(
    expect.objectContaining({
      exitCode: 4,
      message: [
        'Job creation failed due to error:',
        '\tx',
        '\tError: job is locked by an active update.',
        "      Run 'aurora update abort' or wait for the active update to finish.",
      ].join('\n'),
    }),
  )
})

/** Error numbers of WASI, which Emscripten's C library uses. */
export const Errno = {
  EBADF: 8,
  EINVAL: 28,
  EISDIR: 31,
  EMFILE: 33,
  EMSGSIZE: 35,
  ENOENT: 44,
  ENOSYS: 52,
  ENOTDIR: 54,
  ENOTTY: 59,
  ERANGE: 68,
  EROFS: 69,
  ESPIPE: 70,
} as const

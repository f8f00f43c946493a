/** Laid beside every image, as the licences of its parts ask. */
export const NOTICE = `This folder is made by aurora from the npm package "pyodide", and is not edited by hand.

python.wasm        pyodide.asm.wasm with fewer exports, a cap on memory and no initial data
python.memory      the memory of that module after CPython has started and imported modules
python_stdlib.zip  as in the package

Pyodide is subject to the terms of the Mozilla Public License, v. 2.0: https://mozilla.org/MPL/2.0/
Its source code is available at https://github.com/pyodide/pyodide.
It contains CPython, under the PSF License Agreement: https://docs.python.org/3/license.html
`

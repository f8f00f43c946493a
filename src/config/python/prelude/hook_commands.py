"""Commands that hooks run, where the user granted them to the file: subprocess, os.system and their like."""
import aurora_hook_powers
import io
import os
import shlex
import subprocess
import sys
from subprocess import CalledProcessError, CompletedProcess, DEVNULL, PIPE, STDOUT


def _line(args, shell):
    if shell:
        return ['sh', '-c', args if isinstance(args, str) else args[0]]
    return [str(args)] if isinstance(args, (str, os.PathLike)) else [str(part) for part in args]


class _Popen(object):
    """A command that has run to its end before anybody looks; one that is fed runs when communicate() feeds it."""

    def __init__(self, args, bufsize=-1, executable=None, stdin=None, stdout=None, stderr=None, preexec_fn=None, close_fds=True, shell=False,
                 cwd=None, env=None, universal_newlines=None, *rest, text=None, encoding=None, errors=None, **kw):
        if cwd is not None and os.path.realpath(cwd) != os.path.dirname(_main()):
            raise ValueError("subprocess: a hook's command runs in the folder of its file; cwd cannot be %r" % (cwd,))
        if env is not None:
            raise ValueError("subprocess: a hook's command has a small environment; env cannot be given")
        self.args, self.pid, self.returncode, self._timeout = args, 0, None, None
        self._command, self._to = _line(args, shell), {'stdout': stdout, 'stderr': stderr}
        self._text = bool(text or universal_newlines or encoding or errors)
        self.stdin, self.stdout, self.stderr = None, None, None
        if stdin == PIPE:
            self.stdin = (io.StringIO if self._text else io.BytesIO)()
            self.stdin.close = lambda: None
        else:
            self._run(None if stdin in (None, DEVNULL) else stdin.read())

    def _run(self, given):
        options = {} if given is None else {'stdin': given.decode() if isinstance(given, bytes) else given}
        if self._timeout is not None:
            options['timeout'] = max(1, round(self._timeout * 1000))
        command, *args = self._command
        try:
            result = aurora_hook_powers.host('exec', command, args, options)
        except PermissionError:
            raise
        except OSError as failed:
            if 'not found' in str(failed) or 'no command' in str(failed):
                raise FileNotFoundError(2, 'No such file or directory', command) from None
            raise
        self.returncode = result['exitCode'] if result['exitCode'] is not None else -9
        if self._to['stderr'] == STDOUT:
            result = dict(result, stdout=result['stdout'] + result['stderr'], stderr='')
        self.stdout, self.stderr = self._give('stdout', result), self._give('stderr', result)

    def _give(self, name, result):
        to, written = self._to[name], result[name]
        if to == PIPE:
            return io.StringIO(written) if self._text else io.BytesIO(written.encode())
        if to is None:
            getattr(sys, name).write(written)
        elif hasattr(to, 'write'):
            to.write(written)

    def communicate(self, input=None, timeout=None):
        if self.returncode is None:
            self._timeout = timeout
            self._run(self.stdin.getvalue() if input is None and self.stdin is not None else input)
        return tuple(stream and stream.read() for stream in (self.stdout, self.stderr))

    def wait(self, timeout=None):
        if self.returncode is None:
            self.communicate(timeout=timeout)
        return self.returncode

    def poll(self):
        return self.wait()

    def kill(self):
        pass

    terminate = kill

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass


def _main():
    import aurora_config
    return aurora_config._main


def _run(args, *, input=None, capture_output=False, timeout=None, check=False, **kw):
    if capture_output:
        kw.update(stdout=PIPE, stderr=PIPE)
    process = _started(args, kw, input, timeout)
    out, err = process.communicate()
    if check and process.returncode:
        raise CalledProcessError(process.returncode, args, out, err)
    return CompletedProcess(args, process.returncode, out, err)


def _started(args, kw, input=None, timeout=None):
    given = kw.pop('stdin', None)
    process = _Popen(args, **dict(kw, stdin=PIPE))
    if input is None and hasattr(given, 'read'):
        input = given.read()
    process._timeout = timeout
    process._run(input)
    return process


def _call(args, *, timeout=None, **kw):
    return _run(args, timeout=timeout, **kw).returncode


def _check_call(args, **kw):
    _run(args, check=True, **kw)
    return 0


def _check_output(args, **kw):
    return _run(args, stdout=PIPE, check=True, **kw).stdout


def _getstatusoutput(command, **kw):
    done = _run(command, shell=True, stdout=PIPE, stderr=STDOUT, text=True)
    return done.returncode, done.stdout[:-1] if done.stdout.endswith('\n') else done.stdout


def _system(command):
    return _call(command, shell=True) << 8


def _popen(command, mode='r', buffering=-1):
    output = io.StringIO(_run(command, shell=True, stdout=PIPE, text=True).stdout)
    return output


class _Started(_Popen):
    """subprocess.Popen: a class, since it may be named as one."""

    def __init__(self, *args, **kw):
        if not aurora_hook_powers.aurora_hooks.asking:
            _refused_popen(self)
        _Popen.__init__(self, *args, **kw)


_refused_popen = subprocess.Popen.__init__
subprocess.Popen = _Started
for _name, _granted in {'run': _run, 'call': _call, 'check_call': _check_call, 'check_output': _check_output, 'getstatusoutput': _getstatusoutput,
                        'getoutput': lambda command, **kw: _getstatusoutput(command)[1]}.items():
    setattr(subprocess, _name, aurora_hook_powers.during_hooks(getattr(subprocess, _name), _granted))
os.system = aurora_hook_powers.during_hooks(os.system, _system)
os.popen = aurora_hook_powers.during_hooks(os.popen, _popen)

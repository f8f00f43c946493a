"""HTTP requests of hooks, where the user granted their origin to the file: urllib and requests."""
import aurora_hook_powers
import aurora_hooks
import importlib.machinery
import io
import json
import sys


def _fetch(url, method, headers, body):
    options = {'method': method, 'headers': headers}
    if body is not None:
        options['body'] = body.decode() if isinstance(body, bytes) else body
    return aurora_hook_powers.host('fetch', url, options)


# ---- urllib

class _Content(io.BytesIO):
    """An answer, with what is known of it besides."""


def _urlopen(module):
    import email.message
    from urllib.error import HTTPError, URLError

    def urlopen(url, data=None, timeout=None, **kw):
        request = url if hasattr(url, 'get_full_url') else module.Request(url)
        body = request.data if data is None else data
        method = request.get_method() if data is None else getattr(request, 'method', None) or 'POST'
        try:
            answer = _fetch(request.get_full_url(), method, dict(request.header_items()), body)
        except PermissionError:
            raise
        except OSError as failed:
            raise URLError(str(failed)) from None
        headers = email.message.Message()
        for name, value in answer['headers'].items():
            headers[name] = value
        content = _Content(answer['text'].encode())
        if answer['status'] >= 400:
            raise HTTPError(answer['url'], answer['status'], 'HTTP Error %d' % answer['status'], headers, content)
        content.status = content.code = answer['status']
        content.headers, content.url, content.reason = headers, answer['url'], ''
        content.getcode, content.info, content.geturl = lambda: answer['status'], lambda: headers, lambda: answer['url']
        return content
    return urlopen


class _Loader(object):
    """Loads urllib.request as it is, but for what opens."""

    def __init__(self, loader):
        self._loader = loader

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        module.urlopen = aurora_hook_powers.during_hooks(module.urlopen, _urlopen(module))


class _Finder(object):
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != 'urllib.request':
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec:
            spec.loader = _Loader(spec.loader)
        return spec


sys.meta_path.insert(0, _Finder)


# ---- requests

class RequestException(IOError):
    pass


class HTTPError(RequestException):
    pass


class Response(object):
    def __init__(self, answer):
        self.status_code, self.headers, self.url, self.text = answer['status'], answer['headers'], answer['url'], answer['text']
        self.ok, self.content = self.status_code < 400, answer['text'].encode()

    def json(self):
        return json.loads(self.text)

    def raise_for_status(self):
        if not self.ok:
            raise HTTPError('%d for url: %s' % (self.status_code, self.url))

    def __bool__(self):
        return self.ok


def _request(method, url, params=None, data=None, headers=None, json=None, auth=None, timeout=None, **kw):
    import base64
    from urllib.parse import urlencode
    if not aurora_hooks.asking:
        raise PermissionError('requests.%s: a configuration has no network' % method.lower())
    headers, body = dict(headers or {}), data
    if params:
        url += ('&' if '?' in url else '?') + urlencode(params)
    if json is not None:
        body = globals()['json'].dumps(json)
        headers.setdefault('Content-Type', 'application/json')
    elif isinstance(data, (dict, list, tuple)):
        body = urlencode(data)
        headers.setdefault('Content-Type', 'application/x-www-form-urlencoded')
    if auth:
        headers['Authorization'] = 'Basic ' + base64.b64encode(('%s:%s' % tuple(auth)).encode()).decode()
    try:
        return Response(_fetch(url, method.upper(), headers, body))
    except PermissionError:
        raise
    except OSError as failed:
        raise RequestException(str(failed)) from None


def requests():
    """The module of that name, for a project that has none of its own."""
    names = {verb: lambda url, *args, verb=verb, **kw: _request(verb, url, **dict(zip(('data' if verb in ('post', 'put', 'patch') else 'params',), args), **kw))
             for verb in ('get', 'head', 'options', 'post', 'put', 'patch', 'delete')}
    exceptions = type('exceptions', (object,), {'RequestException': RequestException, 'HTTPError': HTTPError, 'ConnectionError': RequestException,
                                                'Timeout': RequestException})
    return dict(names, request=_request, Response=Response, RequestException=RequestException, HTTPError=HTTPError, exceptions=exceptions)

"""What every answer tells browsers: where it may load from, and what it may not do."""

from flask import Flask, Response, request

# An answer of the API is data: nothing in it is ever to be loaded, run or framed.
DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# Pages run no script at all, and nothing of theirs comes from another host.
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# Two years, as the preload lists ask for; the bureau's other names are not ours to bind.
_STRICT_TRANSPORT = "max-age=63072000"

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # What somebody looked at here is no other site's business.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def register(app: Flask) -> None:
    """Add the headers to every answer of `app`; what a view has set itself stays."""
    secure = app.extensions["settings"].base_url.startswith("https://")

    def add(response: Response) -> Response:
        headers = response.headers
        for name, value in _ALWAYS.items():
            headers.setdefault(name, value)
        headers.setdefault(
            "Content-Security-Policy", PAGE_POLICY if response.mimetype == "text/html" else DATA_POLICY
        )
        if secure:
            headers.setdefault("Strict-Transport-Security", _STRICT_TRANSPORT)
        if "Authorization" in request.headers:
            # What was answered to a key is nobody else's, and may hold a person's data.
            headers.setdefault("Cache-Control", "no-store")
        return response

    app.after_request(add)

"""How pages are answered, and the page for what went wrong."""

from typing import Any

from flask import Response, current_app, g, make_response, render_template, request

_WRONG = {
    404: ("没有这个网页", "链接可能抄错了，或者网页已经撤下。"),
    405: ("这个网页不能这样打开", "请回到岗位列表，从那里点进来。"),
    429: ("点得有点快", "岗位都还在。请稍等一会儿再打开。"),
}
_NOT_UNDERSTOOD = ("这次没有看懂您要打开什么", "链接可能不完整。请回到岗位列表，从那里点进来。")
_OUR_FAULT = ("网页暂时打不开", "是我们这边出了故障，不是您的手机。请过几分钟再试一次。")


def page(template: str, *, status: int = 200, **values: Any) -> Response:
    """A page; the same page again costs a phone only its headers."""
    settings = current_app.extensions["settings"]
    response = make_response(render_template(template, bureau=settings.bureau_name, **values), status)
    response.cache_control.no_cache = True
    if status == 200:
        response.add_etag()
        response.make_conditional(request)
    return response


def error_page(status: int) -> Response:
    """What went wrong, what is safe and what to do, for a person. Reads no database."""
    title, advice = _WRONG.get(status, _OUR_FAULT if status >= 500 else _NOT_UNDERSTOOD)
    # Whoever calls the bureau about a fault can name the line in its log.
    number = g.get("request_id") if status >= 500 else None
    return page("h5/error.html", status=status, title=title, advice=advice, number=number)

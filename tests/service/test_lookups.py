"""Look-ups by what people type."""

import pytest

from service.app import create_app
from service.settings import Settings


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """A caller of an installation whose database does not exist: look-ups read packaged tables alone."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CHUNFENG_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        environment.setenv("CHUNFENG_DATABASE_URL", "sqlite:////nowhere/none.sqlite")
        return create_app(Settings.from_env()).test_client()


@pytest.mark.parametrize(
    ("path", "typed", "code", "path_part"),
    [
        pytest.param("regions", "前阳", "210681104", "辽宁省丹东市东港市", id="region"),
        pytest.param("occupations", "电焊", "6-18-02-04", "生产制造及有关人员 › ", id="occupation"),
        pytest.param("licences", "电工证", "SO-01-02", "电工作业", id="licence"),
        pytest.param("skills", "二保焊", "K-weld-co2", "", id="skill"),
    ],
)
def test_what_people_type_is_found_without_a_key(client, path, typed, code, path_part):
    answer = client.get(f"/v1/{path}", query_string={"q": typed, "limit": 5})
    assert answer.status_code == 200
    items = answer.json["items"]
    assert 1 <= len(items) <= 5
    found = {item["code"]: item for item in items}
    assert path_part in found[code]["path"]
    assert set(found[code]) == {"code", "name", "path", "confidence", "how"}
    assert 0 < found[code]["confidence"] <= 1


@pytest.mark.parametrize("path", ["regions", "occupations", "skills", "licences"])
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": ""},
        {"q": "  "},
        {"q": "x" * 61},
        {"q": "焊", "limit": 0},
        {"q": "焊", "limit": 51},
        {"q": "\x00"},
    ],
    ids=["missing", "empty", "blank", "long", "none-wanted", "too-many", "nul"],
)
def test_a_faulty_look_up_is_told_which_part_is_wrong(client, path, query):
    answer = client.get(f"/v1/{path}", query_string=query)
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert answer.json["errors"]["query"]


def test_nothing_is_found_for_nonsense(client):
    assert client.get("/v1/regions", query_string={"q": "xqzv"}).json["items"] == []

"""Imports at the API and at the terminal, on both engines."""

import json
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa

from service.models import PostingRow
from tests.sheets import ROW, TITLES, make_workbook, make_xlsx


class TestAtTheApi:
    def upload(self, client, content: bytes, **form: Any):
        return client.post("/v1/postings/import", data={"file": (BytesIO(content), "岗位.xls"), **form})

    def test_a_sheet_is_answered_with_receipts_that_can_be_read_again(self, bureau, operator):
        sheet = make_xlsx([(*TITLES, "性别"), (*ROW, "男"), ("钳工", *ROW[1:3], "8-3千/月", "")])
        answer = self.upload(bureau, sheet, provider="58", openings="2", valid_days="10")
        assert answer.status_code == 200
        body = answer.json
        assert body["counts"] == {
            "read": 2, "accepted": 1, "merged": 0, "refused": 1, "created": 1, "updated": 0, "unchanged": 0,
        }  # fmt: skip
        assert body["receipts"][1]["problems"][0]["column"] == "工资"
        assert body["detail"]["defaults"] == {"openings": 2, "valid_days": 10}
        assert [column["field"] for column in body["detail"]["columns"]][-1] == "sex"
        assert bureau.get(f"/v1/imports/{body['id']}").json == body
        assert operator.get(f"/v1/imports/{body['id']}").status_code == 403
        assert bureau.get(f"/v1/imports/{'0' * 26}").status_code == 404

    def test_a_list_is_judged_one_by_one(self, bureau, employer):
        good = {"title": "焊工", "employer_id": employer.id, "reference": "1", "openings": 2}
        body = bureau.post(
            "/v1/postings/import",
            json={"provider": "58", "postings": [good, good | {"pay_minimum": "x"}, {"title": "钳工"}]},
        ).json
        assert [receipt["outcome"] for receipt in body["receipts"]] == ["accepted", "refused", "refused"]
        assert [r["problems"][0]["column"] for r in body["receipts"][1:]] == ["pay_minimum", "employer_id"]

    def test_an_employer_imports_and_reads_its_own(self, employer_client, bureau, employer):
        body = self.upload(employer_client, make_xlsx([TITLES, ROW])).json
        assert body["counts"]["accepted"] == 1
        assert body["provider"] == employer.id
        assert employer_client.get(f"/v1/imports/{body['id']}").status_code == 200
        foreign = self.upload(bureau, make_xlsx([TITLES, ROW])).json
        assert employer_client.get(f"/v1/imports/{foreign['id']}").status_code == 404
        assert self.upload(employer_client, make_xlsx([TITLES, ROW]), provider="58").status_code == 403

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({"data": "x", "content_type": "text/plain"}, 415),
            ({"data": "{", "content_type": "application/json"}, 400),
            ({"json": {"postings": []}}, 422),
            ({"json": {"postings": [{}], "provider": "大写"}}, 422),
            ({"data": {"openings": "1"}, "content_type": "multipart/form-data"}, 422),
            ({"data": {"file": (BytesIO(b""), "a.xlsx")}, "content_type": "multipart/form-data"}, 422),
        ],
        ids=["text", "torn", "empty", "provider", "no-file", "no-bytes"],
    )
    def test_what_is_no_import_is_a_problem(self, bureau, body, status):
        body = dict(body)
        if isinstance(body.get("data"), dict) and "file" in body["data"]:
            body["data"] = {"file": (BytesIO(b""), "a.xlsx")}
        answer = bureau.post("/v1/postings/import", **body)
        assert answer.status_code == status
        assert answer.content_type == "application/problem+json"

    def test_too_many_rows_are_413(self, app, bureau, employer):
        app.extensions["settings"] = replace(app.extensions["settings"], import_max_rows=1)
        assert self.upload(bureau, make_xlsx([TITLES, ROW, ROW])).status_code == 413
        many = [{"title": "焊工", "employer_id": employer.id}] * 2
        assert bureau.post("/v1/postings/import", json={"postings": many}).status_code == 413


class TestAtTheTerminal:
    def invoke(self, app, *arguments: object):
        from service.commands.imports import import_postings_command

        return app.test_cli_runner().invoke(import_postings_command, [str(each) for each in arguments])

    def test_a_sheet_is_imported_and_told_in_a_few_lines(self, app, database, tmp_path):
        sheet, receipts = tmp_path / "岗位.xlsx", tmp_path / "receipts.json"
        refused = [(f"钳工{n}", *ROW[1:3], "8-3千/月", "") for n in range(22)]
        sheet.write_bytes(
            make_workbook({"岗位": [(*TITLES, "厂长意见"), (*ROW, "好"), *refused], "说明": [("x",)]})
        )
        done = self.invoke(app, sheet, "--provider", "58", "--receipts", receipts)
        assert done.exit_code == 0, done.output
        assert "读到 23 行 = 接受 1 + 合并 0 + 拒绝 22" in done.output
        assert "厂长意见" in done.output
        assert "说明" in done.output
        assert "另有 2 行" in done.output
        assert len(json.loads(receipts.read_text("utf-8"))) == 23
        assert "未变 1" in self.invoke(app, sheet, "--provider", "58", "--valid-days", 5).output
        with database.reading() as session:
            assert session.scalar(sa.select(sa.func.count()).select_from(PostingRow)) == 1

    def test_what_cannot_be_imported_ends_with_one_line(self, app, tmp_path):
        sheet = tmp_path / "岗位.xlsx"
        sheet.write_bytes(b"")
        assert "空的" in self.invoke(app, sheet, "--provider", "58").output
        assert self.invoke(app, sheet, "--provider", "大写").exit_code == 2
        app.extensions["settings"] = replace(app.extensions["settings"], import_max_bytes=1000)
        sheet.write_bytes(b"x" * 1001)
        assert "超过" in self.invoke(app, sheet, "--provider", "58").output

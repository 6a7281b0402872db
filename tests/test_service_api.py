"""The service against its own description: what it says it takes and gives, it takes and gives."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("fastapi", reason="needs the extra serve")
pytest.importorskip("schemathesis", reason="needs schemathesis")

import schemathesis
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from summarizer import Summarizer, report
from summarizer.service import Access, create_app
from summarizer.service.openapi import JSON_LINES
from summarizer.testing import FirstClaimWriter, HashEncoder
from tests.served import command, free_port, running, text


@pytest.fixture(scope="module")
def client():
    app = create_app(Summarizer(HashEncoder(), FirstClaimWriter()))
    with TestClient(app, base_url="http://localhost") as client:
        yield client


@pytest.fixture(scope="module")
def described():
    """The service on a socket, as its own description has it."""
    port = free_port()
    with running(command(port), port) as address:
        yield schemathesis.openapi.from_url(f"{address}/openapi.json")


@schemathesis.serializer(JSON_LINES)
def lines(_, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


@schemathesis.deserializer(JSON_LINES)
def answers(_, response):
    return response.content.decode()


api = schemathesis.pytest.from_fixture("described")


@api.parametrize()
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
def test_every_route_keeps_to_the_description(case):
    # No schema can say what holds an article: a body of the right shape may still be refused.
    case.call_and_validate(excluded_checks=[schemathesis.checks.positive_data_acceptance])


def test_the_analysis_described_is_the_schema_that_the_package_publishes(client):
    described = client.get("/openapi.json").json()
    schema = {
        **described["components"]["schemas"]["Analysis"],
        "components": described["components"],
    }
    validator = Draft202012Validator(schema)
    analysis = client.post("/v1/analyze", json={"text": text(3)}).json()
    validator.validate(analysis)
    assert not validator.is_valid({**analysis, "claims": [{}]})
    back = json.dumps(schema, sort_keys=True).replace("#/components/schemas/Analysis/", "#/")
    moved = json.loads(back)
    moved.pop("components")
    published = report.schema()
    published.pop("$schema")
    assert moved == published


def test_a_key_is_part_of_the_description():
    app = create_app(
        Summarizer(HashEncoder(), FirstClaimWriter()), access=Access(key="tide-and-time")
    )
    with TestClient(app, base_url="http://localhost") as client:
        described = client.get("/openapi.json").json()
    assert described["components"]["securitySchemes"]["key"]["scheme"] == "bearer"

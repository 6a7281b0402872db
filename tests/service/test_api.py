"""The service against its own description: what it says it takes and gives, it takes and gives."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("fastapi", reason="needs the extra serve")
pytest.importorskip("schemathesis", reason="needs schemathesis")

import schemathesis
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import positive_data_acceptance
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


ROUTES = {
    ("/v1/analyze", "POST"),
    ("/v1/batch", "POST"),
    ("/healthz", "GET"),
    ("/readyz", "GET"),
    ("/metrics", "GET"),
}


def test_every_route_is_described(described):
    found = {operation.ok() for operation in described.get_all_operations()}
    assert {(operation.path, operation.method.upper()) for operation in found} == ROUTES


@pytest.mark.parametrize(("path", "method"), sorted(ROUTES))
def test_a_route_keeps_to_its_description(described, path, method):
    @given(case=described[path][method].as_strategy())
    @settings(max_examples=30, suppress_health_check=list(HealthCheck))
    def ask(case):
        # No schema can say what holds an article: a body of the right shape may be refused.
        case.call_and_validate(excluded_checks=[positive_data_acceptance], timeout=60)

    ask()


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

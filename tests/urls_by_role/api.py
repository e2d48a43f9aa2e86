"""The API: `anonymous` has no token, everybody else one with all rights.

A new token asks for the password again first (302).
"""

from tatausaha.core.api import tokens
from tests.urls_by_role.cases import case, file, internal_file
from tests.urls_by_role.cast import Cast


def customers_token(cast: Cast) -> str:
    """A token of the customer."""
    return str(tokens.make(person=cast.customer, name="Skrip", wanted=["read"], at=cast.at)[0].pk)


THINGS = {
    "customers_token": customers_token,
    "api_case": case,
    "api_file": file,
    "api_internal_file": internal_file,
}

ROWS = {
    "akun/token/": [
        "GET /akun/token/      login 200 200 200 200 200 200",
        "POST /akun/token/     login 302 302 302 302 302 302",
    ],
    "akun/token/<int:pk>/akhiri/": [
        "POST /akun/token/{customers_token}/akhiri/ login 404 302 404 404 404 404"
    ],
    # address                                      anonymous stranger customer staff manager other owner
    "api/v1/openapi.json": ["GET /api/v1/openapi.json     200"],
    "api/v1/docs": ["GET /api/v1/docs                     200"],
    "api/v1/": ["GET /api/v1/                             404"],
    "api/<path:rest>": ["GET /api/v2/cases                404"],
    "api/v1/me": ["GET /api/v1/me                         401 200 200 200 200 200 200"],
    "api/v1/procedures": ["GET /api/v1/procedures         401 200 200 200 200 200 200"],
    "api/v1/procedures/<code>": [
        "GET /api/v1/procedures/toys.request              401 200 200 200 200 200 200",
    ],
    "api/v1/cases": [
        "GET /api/v1/cases                                401 200 200 200 200 200 200",
        "POST /api/v1/cases                               401 422 422 422 422 422 422",
    ],
    "api/v1/cases/<number>": [
        "GET /api/v1/cases/{api_case}                     401 404 200 200 200 404 200",
    ],
    "api/v1/cases/<number>/steps/<step>": [
        "POST /api/v1/cases/{api_case}/steps/evaluate     401 404 409 200 409 404 200",
    ],
    "api/v1/cases/<number>/messages": [
        "POST /api/v1/cases/{api_case}/messages           401 404 201 201 201 404 201",
    ],
    "api/v1/worklist": ["GET /api/v1/worklist             401 200 200 200 200 200 200"],
    "api/v1/files/<pk>": [
        "GET /api/v1/files/{api_file}                     401 404 200 200 200 404 200",
        "GET /api/v1/files/{api_internal_file}            401 404 404 200 200 404 200",
    ],
}

BODIES = {
    "POST /akun/token/": {"name": "Skrip", "scopes": ["read"]},
    "POST /api/v1/cases/{api_case}/steps/evaluate": '{"note": "penting"}',
    "POST /api/v1/cases/{api_case}/messages": '{"text": "Halo"}',
}

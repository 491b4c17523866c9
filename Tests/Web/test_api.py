"""The API against its own OpenAPI document, by an independent reader of JSON Schema."""
import json
import unittest

from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from system import System


class APITests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.system = System()
        cls.document = cls.system.json("/api/v1/openapi.json", None)

    @classmethod
    def tearDownClass(cls):
        assert cls.system.stop() == 0

    def schema(self, schema):
        return Draft202012Validator({**schema, "components": self.document["components"]})

    def test_the_document_is_valid(self):
        validate(self.document)

    def test_every_answer_has_the_form_that_the_document_says(self):
        vacancy = self.system.json("/api/v1/vacancies", "coordinator")["items"][0]["id"]
        organisation, gap = vacancy.split("/", 1)
        for path, operations in self.document["paths"].items():
            if "get" not in operations:
                continue
            address = path.replace("{organisation}", organisation).replace("{vacancy}", gap)
            status, headers, body = self.system.ask(address.replace("{booking}", "none"), "coordinator")
            with self.subTest(path):
                answer = operations["get"]["responses"][str(status)]
                kind = headers.get_content_type()
                errors = list(self.schema(answer["content"][kind]["schema"]).iter_errors(json.loads(body)))
                self.assertEqual(errors, [])
                self.assertTrue(status == 200 or "{booking}" in path, (path, status))

    def test_a_list_is_the_same_in_pages_as_at_once(self):
        whole = self.system.json("/api/v1/vacancies?size=200", "coordinator")
        parts = [self.system.json(f"/api/v1/vacancies?size=7&page={n}", "coordinator")["items"]
                 for n in range(1, (whole["total"] + 6) // 7 + 1)]
        self.assertEqual([item for part in parts for item in part], whole["items"])

    def test_problems_have_their_form(self):
        for path, token, status in [("/api/v1/none", None, 404), ("/api/v1/vacancies", None, 401),
                                    ("/api/v1/vacancies?size=0", "viewer", 400)]:
            code, headers, body = self.system.ask(path, token)
            self.assertEqual((code, headers.get_content_type()), (status, "application/problem+json"))
            self.schema({"$ref": "#/components/schemas/Problem"}).validate(json.loads(body))


if __name__ == "__main__":
    unittest.main()

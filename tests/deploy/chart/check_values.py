#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the values of a chart against its schema, as Helm does.
Usage: check_values.py CHART [VALUES...]"""

import json
import os
import sys

import jsonschema
import yaml


def merge(under, over):
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(under.get(key), dict):
            merge(under[key], value)
        else:
            under[key] = value


def main(chart, *files):
    values = {}
    for path in [os.path.join(chart, "values.yaml"), *files]:
        with open(path, encoding="utf-8") as file:
            merge(values, yaml.safe_load(file))
    with open(os.path.join(chart, "values.schema.json"),
              encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    problems = list(jsonschema.Draft7Validator(schema).iter_errors(values))
    for each in problems:
        print("/".join(map(str, each.absolute_path)) + ": " + each.message)
    return len(problems) > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Reads a configuration of Envoy as Envoy does: into the messages of its API,
whose descriptions @grpc/grpc-js-xds brings along. An unknown key or a value of
another kind is an error; what Envoy demands of values beyond that is not
checked.
Usage: envoy_config.py FOLDER-OF-PROTOS CONFIG"""

import os
import subprocess
import sys
import tempfile

import yaml
from google.protobuf import descriptor_pb2, descriptor_pool, json_format
from google.protobuf import message_factory

ROOTS = ["envoy-api", "xds", "protoc-gen-validate", "googleapis"]
# What a bootstrap may hold inside, by its name.
PARTS = [
    "envoy/config/bootstrap/v3/bootstrap.proto",
    "envoy/extensions/filters/http/router/v3/router.proto",
    "envoy/extensions/filters/network/http_connection_manager/v3/"
    "http_connection_manager.proto",
    "envoy/extensions/transport_sockets/tls/v3/tls.proto",
]


def add_newer_rule(folder, to):
    """The rules for values that come along are older than their use."""
    with open(os.path.join(folder, "protoc-gen-validate/validate/"
                           "validate.proto"), encoding="utf-8") as file:
        text = file.read()
    head = "message StringRules {"
    if "ignore_empty" not in text:
        text = text.replace(head, head + " optional bool ignore_empty = 26;")
    os.mkdir(os.path.join(to, "validate"))
    with open(os.path.join(to, "validate/validate.proto"), "w",
              encoding="utf-8") as file:
        file.write(text)


def read_descriptions(folder):
    with tempfile.TemporaryDirectory() as temporary:
        add_newer_rule(folder, temporary)
        out = os.path.join(temporary, "descriptions")
        places = [temporary] + [os.path.join(folder, root) for root in ROOTS]
        subprocess.run(
            ["protoc", "--include_imports", "--descriptor_set_out=" + out]
            + ["-I" + place for place in places] + PARTS, check=True)
        with open(out, "rb") as file:
            files = descriptor_pb2.FileDescriptorSet.FromString(file.read())
    pool = descriptor_pool.DescriptorPool()
    for each in files.file:
        pool.Add(each)
    return pool


def main(folder, path):
    pool = read_descriptions(folder)
    kind = pool.FindMessageTypeByName("envoy.config.bootstrap.v3.Bootstrap")
    message = message_factory.MessageFactory(pool).GetPrototype(kind)()
    with open(path, encoding="utf-8") as file:
        config = yaml.safe_load(file)
    try:
        json_format.ParseDict(config, message, descriptor_pool=pool)
    except json_format.ParseError as error:
        sys.exit(f"{path}: {error}")


if __name__ == "__main__":
    main(*sys.argv[1:])

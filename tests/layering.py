#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails when a file includes what its folder may not know.

Usage: layering.py ROOT. The arrows are those of README.md, "Where things are".
"""

import pathlib
import re
import sys

# What the actors may know of the outside: the seam, the log, and what counts.
SEAM = {"net/bus.hpp", "net/link.hpp", "net/log.hpp", "net/metrics.hpp"}

# Libraries by the first part of an include.
CAF = re.compile(r"^caf/")
BOOST = re.compile(r"^(boost|openssl)/")
# Of OpenSSL, what only computes.
HASHES = re.compile(r"^openssl/(crypto|evp|hmac)\.h$")
RAPIDJSON = re.compile(r"^(rapidjson|valijson)/")
SOCI = re.compile(r"^(soci/|sqlite3)")
SODIUM = re.compile(r"^sodium")
NATS = re.compile(r"^nats/")
SPDLOG = re.compile(r"^(spdlog|fmt)/")
PROMETHEUS = re.compile(r"^prometheus/")
SYSTEMD = re.compile(r"^systemd/")
COMMAND_LINE = re.compile(r"^(CLI/|toml\+\+/)")
TEXT = re.compile(r"^(unicase|unictype|unistr|uniconv|uniwidth|uriparser)")
# What has one file of its own.
FORMS = re.compile(r"^Poco/")
TEMPLATES = re.compile(r"^kainjow/")
CATALOGUES = re.compile(r"^gettext-po")
THREADS = re.compile(r"^(mutex|shared_mutex|condition_variable)$")


def complaint(path, name, is_system):
    """Why `path` may not include `name`; None when it may."""
    top = path.split("/")[0]
    source = path.endswith(".cpp")
    if not is_system:
        ours = name.split("/")[0]
        if top == "protocol" and ours != "protocol":
            return "protocol knows only itself"
        if top == "net" and ours not in ("net", "protocol"):
            return "net knows net and protocol"
        if top == "actors" and ours == "net" and name not in SEAM:
            return "actors know of net only " + ", ".join(sorted(SEAM))
        if path.startswith("actors/store/") and ours not in (
            "actors",
            "protocol",
        ):
            return "the store knows protocol"
        return None
    if RAPIDJSON.search(name) and not (
        top == "protocol" and "json" in path.split("/")[-1]
    ):
        return "only protocol's codec knows RapidJSON and valijson"
    if TEXT.search(name) and not (top == "protocol" and source):
        return "only sources of protocol know text libraries"
    if CAF.search(name) and top not in ("actors", "main.cpp"):
        return "only actors know CAF"
    if CAF.search(name) and path.startswith(
        ("actors/store/", "actors/command_line/")
    ):
        return "neither store nor command line knows CAF"
    if BOOST.search(name):
        if top == "net":
            return None
        if path == "actors/scheduler.cpp":
            return None
        if top == "protocol" and source and HASHES.search(name):
            return None
        return "only net, and the scheduler, know Boost and OpenSSL"
    if SOCI.search(name) and not path.startswith("actors/store/"):
        return "only the store knows SOCI"
    if SODIUM.search(name) and path != "actors/secrets.cpp":
        return "only secrets.cpp knows libsodium"
    if NATS.search(name) and (
        not path.startswith("net/nats_") or path == "net/nats_bus.hpp"
    ):
        return "only what is behind nats_bus.hpp knows the library of NATS"
    if SPDLOG.search(name) and not path.startswith("net/log"):
        return "only the log knows spdlog"
    if PROMETHEUS.search(name) and path != "net/metrics.cpp":
        return "only metrics.cpp knows prometheus-cpp"
    if SYSTEMD.search(name) and path != "net/service_manager.cpp":
        return "only service_manager.cpp knows systemd"
    if FORMS.search(name) and path != "actors/upload_form.cpp":
        return "only upload_form.cpp knows Poco"
    if TEMPLATES.search(name) and path != "net/page_template.cpp":
        return "only page_template.cpp knows Mustache"
    if CATALOGUES.search(name) and path != "net/po_files.cpp":
        return "only po_files.cpp knows gettext"
    if COMMAND_LINE.search(name) and not path.startswith(
        "actors/command_line/"
    ):
        return "only the command line knows its libraries"
    if THREADS.search(name) and top in ("actors", "protocol"):
        return "actors and protocol hold no locks"
    return None


def includes(text):
    pattern = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.M)
    for match in pattern.finditer(text):
        yield match.group(2), match.group(1) == "<", match.start()


def complaints(root):
    files = [root / "main.cpp"]
    for folder in ("protocol", "net", "actors"):
        files += sorted((root / folder).rglob("*.[ch]pp"))
    for file in files:
        path = file.relative_to(root).as_posix()
        text = file.read_text(encoding="utf-8")
        for name, is_system, offset in includes(text):
            why = complaint(path, name, is_system)
            if why:
                line = text.count("\n", 0, offset) + 1
                yield f"{path}:{line}: includes {name}: {why}"


# The rules themselves, tried on includes that must and must not pass.
EXAMPLES = [
    ("protocol/a.cpp", "net/log.hpp", False, False),
    ("protocol/a.cpp", "caf/actor.hpp", True, False),
    ("protocol/a.cpp", "rapidjson/reader.h", True, False),
    ("protocol/a_json.cpp", "rapidjson/reader.h", True, True),
    ("actors/a.cpp", "valijson/schema.hpp", True, False),
    ("protocol/a.cpp", "openssl/hmac.h", True, True),
    ("protocol/a.cpp", "openssl/ssl.h", True, False),
    ("protocol/a.hpp", "openssl/hmac.h", True, False),
    ("net/a.cpp", "actors/user.hpp", False, False),
    ("net/a.cpp", "boost/asio.hpp", True, True),
    ("net/a.hpp", "caf/actor.hpp", True, False),
    ("actors/a.cpp", "net/http_server.hpp", False, False),
    ("actors/a.cpp", "net/link.hpp", False, True),
    ("actors/a.cpp", "boost/asio.hpp", True, False),
    ("actors/a.cpp", "mutex", True, False),
    ("actors/store/a.cpp", "caf/actor.hpp", True, False),
    ("actors/a.cpp", "Poco/Exception.h", True, False),
    ("actors/upload_form.cpp", "Poco/Exception.h", True, True),
    ("net/metrics.cpp", "prometheus/gauge.h", True, True),
    ("net/metrics.hpp", "prometheus/gauge.h", True, False),
    ("main.cpp", "net/http_server.hpp", False, True),
]


def main():
    for path, name, is_system, allowed in EXAMPLES:
        if (complaint(path, name, is_system) is None) != allowed:
            sys.exit(f"layering.py is wrong about {path} and {name}")
    found = list(complaints(pathlib.Path(sys.argv[1])))
    print("\n".join(found) or "no forbidden include")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""Holds the operator's guide against what it describes: deploy/OPTIONS.md
against the options of the program, the guide's tables of metrics, alerts and log
events against the source and the rules, and what the dashboard and the alerts ask
for against the metrics.
Usage: guide.py PROGRAM ROOT [--write]
  --write  writes deploy/OPTIONS.md instead"""

import json
import os
import re
import subprocess
import sys

HEAD = """# The options of `convoy serve`

Made by `tests/deploy/guide.py PROGRAM . --write`. Each is a variable too, and a
key of the configuration file: see `GUIDE.md`.

| option | default | |
|---|---|---|
"""
# Two of one line of the dashboard say enough.
NOT_SHOWN = {"process_virtual_memory_bytes", "process_threads"}


def option_table(program):
    text = subprocess.run([program, "default-config"], check=True,
                          capture_output=True, text=True).stdout
    result = HEAD
    blocks = re.findall(r"((?:# .*\n)+)(\S+) = (.*)\n", text)
    if len(blocks) < 40:
        sys.exit("default-config is not understood")
    for comment, name, value in blocks:
        about = [line[2:] for line in comment.splitlines()]
        about = " ".join(line for line in about
                         if not line.startswith("CONVOY_"))
        value = value.strip('"')
        shown = f"`{value}`" if value not in ("", "[]") else ""
        result += f"| `--{name}` | {shown} | {about.rstrip('.')} |\n"
    return result


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def named(what, known, place):
    """What is missing in `known`, as complaints."""
    return [f"{place}: {name}" for name in sorted(set(what) - set(known))]


def metric_names(text):
    found = re.findall(r"\b((?:convoy|process)_[a-z_]+[a-z])\b", text)
    return {re.sub(r"_(bucket|count|sum)$", "", name) for name in found}


def logged(root):
    """The warnings and errors that the program may log."""
    result = set()
    for folder in ["actors", "net", "."]:
        for place, _, files in os.walk(os.path.join(root, folder)):
            for name in files:
                if name.endswith(".cpp"):
                    result |= set(re.findall(
                        r'log::(?:warning|error)\(\s*"([a-z-]+)"',
                        read(place, name)))
            if folder == ".":
                break
    return result


def main(program, root, *rest):
    options = option_table(program)
    if "--write" in rest:
        with open(os.path.join(root, "deploy/OPTIONS.md"), "w",
                  encoding="utf-8") as file:
            file.write(options)
        return []
    guide = read(root, "deploy/GUIDE.md")
    complaints = []
    if options != read(root, "deploy/OPTIONS.md"):
        complaints.append("deploy/OPTIONS.md: the options are others; run "
                          "tests/deploy/guide.py PROGRAM . --write")
    metrics = set(re.findall(r'"((?:convoy|process)_[a-z_]+)"',
                             read(root, "net/metrics.cpp")))
    rules = read(root, "deploy/monitoring/alerts.yaml")
    alerts = re.findall(r"alert: (\w+)", rules)
    dashboard = json.loads(read(root, "deploy/monitoring/dashboard.json"))
    asked = " ".join(target["expr"] for panel in dashboard["panels"]
                     for target in panel.get("targets", []))
    in_guide = set(re.findall(
        r"^\| `((?:convoy_|process_|Convoy)\w+)` \|", guide, re.MULTILINE))
    tests = read(root, "tests/deploy/alerts.test.yaml")
    tested = re.findall(r"alertname: (\w+)", tests)
    expected = re.findall(r"alertname: (\w+)\n +exp_alerts", tests)
    complaints += named(logged(root), re.findall(r"`([a-z-]+)`", guide),
                        "not in deploy/GUIDE.md")
    complaints += named(metrics, in_guide, "not in deploy/GUIDE.md")
    complaints += named(alerts, in_guide, "not in deploy/GUIDE.md")
    complaints += named(in_guide, metrics | set(alerts),
                        "in deploy/GUIDE.md only")
    complaints += named(metric_names(asked), metrics,
                        "the dashboard asks for an unknown metric")
    expressions = re.sub(r"annotations:\n.*", "", rules)
    complaints += named(metric_names(expressions), metrics,
                        "an alert asks for an unknown metric")
    complaints += named(metrics, metric_names(asked) | NOT_SHOWN,
                        "not on the dashboard")
    complaints += named(alerts, expected, "an alert without a test")
    complaints += named(tested, alerts, "a test without an alert")
    return complaints


if __name__ == "__main__":
    found = main(*sys.argv[1:])
    print("\n".join(found), end="\n" if found else "")
    sys.exit(1 if found else 0)

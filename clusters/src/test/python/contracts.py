"""What the contract tests of the traffic gateways showed: rows by world, and every AWS operation in use.

Requests that the adapters sent are read by botocore's own models and validated as boto3 would validate them;
answers of the sandbox are held against the same models. moto's answers are not ours: what is odd in them is told.
usage: contracts.py CLUSTERS-MODULE"""

import collections
import datetime
import json
import pathlib
import re
import sys
import urllib.parse
import xml.etree.ElementTree as tree

import botocore.session
import botocore.validate

WORLDS = {"in-memory": "InMemory", "sandbox": "Sandbox", "moto": "Moto"}
SERVICES = {"route53": "route53", "elasticloadbalancing": "elbv2", "monitoring": "cloudwatch"}
TARGETS = ("DnsContract", "BalancerContract")

module = pathlib.Path(sys.argv[1])
problems = []
session = botocore.session.get_session()
models = {s: session.get_service_model(s) for s in SERVICES.values()}


def pages(contract):
    """Rows of a contract in their order: name of the test, page that it rests on."""
    source = next(module.glob(f"src/test/**/{contract}.java")).read_text()
    found = re.findall(r'@Test\s+@Page\(\s*((?:"[^"]*"[\s+]*)+)\)\s+void (\w+)\(', source)
    return [(name, "".join(re.findall(r'"([^"]*)"', page))) for page, name in found]


def results():
    """(world, test class, test) to pass, fail, or the reason why it was skipped."""
    all_results = {}
    for report in module.glob("target/*-reports/TEST-*.contract.*.xml"):
        for case in tree.parse(report).getroot().iter("testcase"):
            kind = case.get("classname").split(".")[-1]
            skipped = case.find("skipped")
            broken = case.find("failure") is not None or case.find("error") is not None
            told = "" if skipped is None else skipped.get("message") or skipped.text or "no reason given"
            why = told.splitlines()[0].split("Assumption failed: ")[-1] if told else ""
            verdict = "FAIL" if broken else "pass" if skipped is None else why
            row = kind, re.sub(r"[({].*", "", case.get("name"))
            if all_results.get(row) != "FAIL":  # one of several values is enough
                all_results[row] = verdict
    return all_results


def words(name):
    return re.sub(r"(?<!^)([A-Z])", lambda m: " " + m.group(1).lower(), name)


counted = {"rows": 0, "operations": 0}


def rows():
    seen = results()
    reasons = {}
    for contract in TARGETS:
        kind = contract.removesuffix("Contract")
        print(f"\n{contract}")
        print(f"{'row':66} {'in-memory':>9} {'sandbox':>9} {'moto':>9}  page")
        for name, page in pages(contract):
            cells = []
            for world, prefix in WORLDS.items():
                found = next(
                    (v for (c, n), v in seen.items() if n == name and c.startswith(prefix + kind)), None
                )
                if found is None:
                    skipped_class = world == "moto"
                    cells.append("absent" if skipped_class else "MISSING")
                    if not skipped_class:
                        problems.append(f"{contract}.{name} did not run on {world}")
                elif found in ("pass", "FAIL"):
                    cells.append(found)
                    if found == "FAIL":
                        problems.append(f"{contract}.{name} failed on {world}")
                else:
                    cells.append(f"– {reasons.setdefault(found, len(reasons) + 1)}")
            counted["rows"] += 1
            print(f"{words(name):66} " + " ".join(f"{c:>9}" for c in cells) + f"  {page}")
    for reason, number in reasons.items():
        print(f"– {number}: {reason}")
    for kind, title in (("SandboxFaultsIT", "faults"), ("SandboxRolesIT", "roles of other accounts")):
        alone = {n: v for (c, n), v in seen.items() if c == kind}
        print(f"\n{title}, on the sandbox")
        for name, verdict in sorted(alone.items()):
            print(f"{words(name):86} {verdict}")
        if not alone or "FAIL" in alone.values():
            problems.append(f"{kind} did not pass")


def leaf(text, shape):
    kind = shape.type_name
    if kind in ("integer", "long"):
        return int(text)
    if kind in ("double", "float"):
        return float(text)
    if kind == "boolean":
        return {"true": True, "false": False}[text]
    if kind == "timestamp":
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return text


def enums(value, shape, where, told):
    """Values outside an enumeration, which botocore's validator lets pass."""
    if shape.type_name == "structure":
        for name, inner in value.items():
            if name in shape.members:
                enums(inner, shape.members[name], f"{where}.{name}", told)
    elif shape.type_name == "list":
        for inner in value:
            enums(inner, shape.member, f"{where}[]", told)
    elif shape.type_name == "string" and shape.enum and value not in shape.enum:
        told.append(f"{where}: {value!r} is none of {shape.enum}")


def from_query(parameters, shape, prefix, used):
    if shape.type_name == "structure":
        value = {}
        for name, member in shape.members.items():
            key = prefix + member.serialization.get("name", name)
            if any(k == key or k.startswith(key + ".") for k in parameters):
                value[name] = from_query(parameters, member, key + ".", used)
        return value
    if shape.type_name == "list":
        item = "" if shape.serialization.get("flattened") else shape.member.serialization.get("name", "member") + "."
        value = []
        while any(re.match(re.escape(f"{prefix}{item}{len(value) + 1}") + r"(\.|$)", k) for k in parameters):
            value.append(from_query(parameters, shape.member, f"{prefix}{item}{len(value) + 1}.", used))
        if prefix[:-1] in parameters and not value:
            used.add(prefix[:-1])  # an empty list
        return value
    key = prefix[:-1]
    used.add(key)
    return leaf(parameters[key], shape)


def from_xml(element, shape, where, told):
    kind = shape.type_name
    if kind == "structure":
        names = {m.serialization.get("name", n): (n, m) for n, m in shape.members.items()}
        value = {}
        for child in element:
            tag = child.tag.split("}")[-1]
            if tag not in names:
                told.append(f"{where}: {tag} is not in the model")
                continue
            name, member = names[tag]
            if member.type_name == "list" and member.serialization.get("flattened"):
                value.setdefault(name, []).append(from_xml(child, member.member, f"{where}.{name}", told))
            else:
                value[name] = from_xml(child, member, f"{where}.{name}", told)
        for name in shape.required_members:
            if name not in value and "location" not in shape.members[name].serialization:
                told.append(f"{where}: {name} is required")
        return value
    if kind == "list":
        return [from_xml(child, shape.member, f"{where}[]", told) for child in element]
    if kind == "map":
        return {}
    try:
        return leaf(element.text or "", shape)
    except (ValueError, KeyError):
        told.append(f"{where}: {element.text!r} is no {kind}")
        return None


def rest_operation(model, line):
    path, _, query = line["uri"].partition("?")
    for name in model.operation_names:
        operation = model.operation_model(name)
        http = operation.http
        pattern = re.sub(r"\\\{(\w+)\\?\+?\\\}", r"(?P<\1>[^/]+)", re.escape(http["requestUri"].split("?")[0]))
        match = re.fullmatch(pattern + "/?", path)
        if match and http["method"] == line["method"]:
            return operation, match.groupdict(), dict(urllib.parse.parse_qsl(query))
    raise LookupError(line["uri"])


def read(line):
    """Operation, what was asked, and what could not be read of the request."""
    service = SERVICES[line["service"]]
    model = models[service]
    told = []
    if service == "route53":
        operation, path, query = rest_operation(model, line)
        shape = operation.input_shape
        asked = from_xml(tree.fromstring(line["request"]), shape, operation.name, told) if line["request"] else {}
        told = [t for t in told if "is required" not in t]
        for name, member in shape.members.items():
            place = member.serialization.get("location")
            key = member.serialization.get("name", name)
            if place == "uri":
                asked[name] = urllib.parse.unquote(path[key])
            elif place == "querystring" and key in query:
                asked[name] = leaf(query.pop(key), member)
        told += [f"{operation.name}: {key} is no parameter" for key in query]
        return operation, asked, told
    parameters = dict(urllib.parse.parse_qsl(line["request"], keep_blank_values=True))
    operation = model.operation_model(parameters.pop("Action"))
    parameters.pop("Version")
    used = set()
    asked = from_query(parameters, operation.input_shape, "", used)
    told += [f"{operation.name}: {key} is not in the model" for key in parameters.keys() - used]
    return operation, asked, told


def judge_answer(operation, line):
    shape = operation.output_shape
    if line["status"] >= 300 or shape is None or not line["answer"]:
        return []
    told = []
    root = tree.fromstring(line["answer"])
    if "resultWrapper" in shape.serialization:
        root = root.find("{*}" + shape.serialization["resultWrapper"])
    value = from_xml(root, shape, operation.name, told)
    enums(value, shape, operation.name, told)
    return told


def operations():
    calls = collections.defaultdict(lambda: collections.Counter())
    odd = collections.Counter()
    for world in ("sandbox", "moto"):
        log = module / "target" / "contracts" / f"{world}.jsonl"
        for text in log.read_text().splitlines() if log.exists() else []:
            line = json.loads(text)
            operation, asked, told = read(line)
            report = botocore.validate.ParamValidator().validate(asked, operation.input_shape)
            if report.has_errors():
                told.append(f"{operation.name}: {report.generate_report()}")
            enums(asked, operation.input_shape, operation.name, told)
            # A bad request is on purpose in the rows about refusals, which are refused on this side.
            problems.extend(f"request on {world}: {t}" for t in told)
            answered = judge_answer(operation, line)
            if world == "sandbox":
                problems.extend(f"answer of the sandbox: {t}" for t in answered)
            else:
                odd.update(answered)
            calls[f"{operation.service_model.service_name} {operation.name}"][world] += 1
    print(f"\n{'operation':44} {'sandbox':>9} {'moto':>9}  calls, each validated by botocore {botocore.__version__}")
    for operation, count in sorted(calls.items()):
        counted["operations"] += 1
        print(f"{operation:44} {count['sandbox']:>9} {count['moto']:>9}")
    if not calls:
        problems.append("no call was recorded")
    for told, times in sorted(odd.items()):
        print(f"odd in moto's answers ({times}): {told}")


rows()
operations()
for problem in sorted(set(problems)):
    print("PROBLEM", problem)
print(
    f"\ncontracts: {len(set(problems))} problems in {counted['rows']} rows and {counted['operations']} operations"
    if problems
    else f"\ncontracts: {counted['rows']} rows hold, {counted['operations']} operations fit botocore's models"
)
sys.exit(1 if problems else 0)

"""A move's traffic calls through boto3: Route 53, ELBv2, CloudWatch. Every raw answer is checked against
botocore's own model: unknown elements, missing required ones and values outside an enumeration are errors."""

import datetime
import json
import sys
import time
import uuid
import xml.etree.ElementTree as tree

import boto3
import botocore.exceptions

VPC = "vpc-0a1b2c3d4e5f60001"
SUBNETS = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
TIME = "%Y-%m-%dT%H:%M:%S"

problems = []
seen = {}


def leaf(text, shape, where):
    kind = shape.type_name
    if kind == "string" and shape.enum and text not in shape.enum:
        problems.append(f"{where}: {text!r} is none of {shape.enum}")
    elif kind in ("integer", "long") and not text.lstrip("-").isdigit():
        problems.append(f"{where}: not an integer: {text!r}")
    elif kind in ("double", "float"):
        float(text)
    elif kind == "boolean" and text not in ("true", "false"):
        problems.append(f"{where}: not a boolean: {text!r}")
    elif kind == "timestamp":
        datetime.datetime.strptime(text[:19], TIME)


def from_xml(element, shape, where):
    kind = shape.type_name
    if kind == "structure":
        names = {m.serialization.get("name", n): (n, m) for n, m in shape.members.items()}
        found = set()
        for child in element:
            name = child.tag.split("}")[-1]
            if name not in names:
                problems.append(f"{where}: {name} is not in the model")
                continue
            found.add(names[name][0])
            from_xml(child, names[name][1], f"{where}.{name}")
        for name in shape.required_members:
            if name not in found and "location" not in shape.members[name].serialization:
                problems.append(f"{where}: {name} is required")
    elif kind == "list":
        each = shape.member.serialization.get("name", "member")
        for child in element:
            if child.tag.split("}")[-1] != each:
                problems.append(f"{where}: {child.tag} is no {each}")
            from_xml(child, shape.member, f"{where}[]")
    elif kind != "map":
        leaf(element.text or "", shape, where)


def from_json(value, shape, where):
    if shape.type_name == "structure":
        for name, inner in value.items():
            if name not in shape.members:
                problems.append(f"{where}: {name} is not in the model")
            else:
                from_json(inner, shape.members[name], f"{where}.{name}")
        for name in shape.required_members:
            if name not in value:
                problems.append(f"{where}: {name} is required")
    elif shape.type_name == "list":
        for inner in value:
            from_json(inner, shape.member, f"{where}[]")
    elif shape.type_name == "timestamp" and not isinstance(value, (int, float)):
        problems.append(f"{where}: not epoch seconds: {value!r}")
    elif shape.type_name == "string" and shape.enum and value not in shape.enum:
        problems.append(f"{where}: {value!r} is none of {shape.enum}")


def on_answer(operation_model, response_dict, **_):
    service = operation_model.service_model.service_name
    name = operation_model.name
    seen.setdefault(f"{service} {name}", 0)
    seen[f"{service} {name}"] += 1
    shape = operation_model.output_shape
    if response_dict["status_code"] >= 300 or shape is None or not response_dict["body"]:
        return
    if service == "cloudwatch":
        from_json(json.loads(response_dict["body"]), shape, name)
        return
    root = tree.fromstring(response_dict["body"])
    if "resultWrapper" in shape.serialization:
        root = root.find("{*}" + shape.serialization["resultWrapper"])
    from_xml(root, shape, name)


def client(name):
    made = boto3.client(name)
    made.meta.events.register("before-parse", on_answer)
    return made


def refused(code, call, *values, **arguments):
    try:
        call(*values, **arguments)
        problems.append(f"{code}: was not refused")
    except botocore.exceptions.ClientError as error:
        if error.response["Error"]["Code"] != code:
            problems.append(f"{code}: {error}")


def forward(groups, *weights):
    return [
        {
            "Type": "forward",
            "ForwardConfig": {
                "TargetGroups": [
                    {"TargetGroupArn": g, "Weight": w} for g, w in zip(groups, weights)
                ],
                "TargetGroupStickinessConfig": {"Enabled": True, "DurationSeconds": 60},
            },
        }
    ]


def balancers(elb):
    balancer = elb.create_load_balancer(
        Name="python", Subnets=SUBNETS, Tags=[{"Key": "made-by", "Value": "boto3"}]
    )["LoadBalancers"][0]
    arn = balancer["LoadBalancerArn"]
    elb.get_waiter("load_balancer_available").wait(
        LoadBalancerArns=[arn], WaiterConfig={"Delay": 1}
    )
    elb.describe_load_balancer_attributes(LoadBalancerArn=arn)
    elb.modify_load_balancer_attributes(
        LoadBalancerArn=arn, Attributes=[{"Key": "idle_timeout.timeout_seconds", "Value": "30"}]
    )
    groups = [
        elb.create_target_group(
            Name=f"python-{n}", Protocol="HTTP", Port=8080, VpcId=VPC, TargetType="ip"
        )["TargetGroups"][0]["TargetGroupArn"]
        for n in range(2)
    ]
    elb.modify_target_group(TargetGroupArn=groups[0], HealthCheckPath="/healthz")
    elb.describe_target_group_attributes(TargetGroupArn=groups[0])
    elb.modify_target_group_attributes(
        TargetGroupArn=groups[0],
        Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": "5"}],
    )
    elb.register_targets(TargetGroupArn=groups[0], Targets=[{"Id": "10.198.9.9"}])
    listener = elb.create_listener(
        LoadBalancerArn=arn,
        Protocol="HTTP",
        Port=80,
        DefaultActions=[
            {
                "Type": "fixed-response",
                "FixedResponseConfig": {"StatusCode": "404", "ContentType": "text/plain"},
            }
        ],
    )["Listeners"][0]["ListenerArn"]
    elb.describe_target_health(TargetGroupArn=groups[0])
    rule = elb.create_rule(
        ListenerArn=listener,
        Priority=10,
        Conditions=[
            {"Field": "host-header", "HostHeaderConfig": {"Values": ["api.example.com"]}},
            {"Field": "http-header", "HttpHeaderConfig": {"HttpHeaderName": "X-A", "Values": ["b"]}},
        ],
        Actions=forward(groups, 100, 0),
    )["Rules"][0]["RuleArn"]
    elb.modify_rule(RuleArn=rule, Actions=forward(groups, 95, 5))
    refused("ValidationError", elb.modify_rule, RuleArn=rule, Actions=forward(groups, 1000, 5))
    refused("ResourceInUse", elb.delete_target_group, TargetGroupArn=groups[0])
    elb.set_rule_priorities(RulePriorities=[{"RuleArn": rule, "Priority": 20}])
    elb.modify_listener(
        ListenerArn=listener,
        DefaultActions=[
            {
                "Type": "redirect",
                "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"},
            }
        ],
    )
    elb.describe_rules(ListenerArn=listener, PageSize=1)
    elb.describe_listeners(LoadBalancerArn=arn)
    elb.describe_listener_certificates(ListenerArn=listener)
    elb.describe_target_groups(LoadBalancerArn=arn)
    elb.describe_target_health(TargetGroupArn=groups[0])
    elb.add_tags(ResourceArns=[rule], Tags=[{"Key": "a", "Value": "b"}])
    elb.describe_tags(ResourceArns=[arn, rule])
    elb.remove_tags(ResourceArns=[rule], TagKeys=["a"])
    elb.set_security_groups(LoadBalancerArn=arn, SecurityGroups=balancer["SecurityGroups"])
    elb.set_subnets(LoadBalancerArn=arn, Subnets=SUBNETS)
    elb.deregister_targets(TargetGroupArn=groups[0], Targets=[{"Id": "10.198.9.9"}])
    return balancer, listener, rule, groups


def zones(route53, balancer):
    zone = route53.create_hosted_zone(
        Name="python.example", CallerReference=str(uuid.uuid4()), HostedZoneConfig={"Comment": "c"}
    )["HostedZone"]["Id"]
    route53.get_hosted_zone(Id=zone)
    route53.list_hosted_zones(MaxItems="1")
    route53.list_hosted_zones_by_name(DNSName="python.example", MaxItems="1")
    alias = {
        "Name": "www.python.example",
        "Type": "A",
        "SetIdentifier": "blue",
        "Weight": 100,
        "AliasTarget": {
            "HostedZoneId": balancer["CanonicalHostedZoneId"],
            "DNSName": balancer["DNSName"],
            "EvaluateTargetHealth": True,
        },
    }
    text = {
        "Name": "txt.python.example",
        "Type": "TXT",
        "TTL": 60,
        "ResourceRecords": [{"Value": '"v=1"'}],
    }

    def change(action, *sets):
        return route53.change_resource_record_sets(
            HostedZoneId=zone,
            ChangeBatch={
                "Comment": "why",
                "Changes": [{"Action": action, "ResourceRecordSet": s} for s in sets],
            },
        )["ChangeInfo"]["Id"]

    made = change("CREATE", alias, text)
    route53.get_waiter("resource_record_sets_changed").wait(
        Id=made, WaiterConfig={"Delay": 1}
    )
    refused("InvalidChangeBatch", change, "CREATE", text)
    listed = route53.list_resource_record_sets(HostedZoneId=zone, MaxItems="2")
    route53.list_resource_record_sets(
        HostedZoneId=zone,
        StartRecordName=listed["NextRecordName"],
        StartRecordType=listed["NextRecordType"],
    )
    pages = route53.get_paginator("list_resource_record_sets").paginate(
        HostedZoneId=zone, PaginationConfig={"PageSize": 1}
    )
    if sum(len(page["ResourceRecordSets"]) for page in pages) != 4:
        problems.append("ListResourceRecordSets: not all sets in pages")
    bare = zone.split("/")[-1]
    route53.change_tags_for_resource(
        ResourceType="hostedzone", ResourceId=bare, AddTags=[{"Key": "a", "Value": "b"}]
    )
    route53.list_tags_for_resource(ResourceType="hostedzone", ResourceId=bare)
    change("DELETE", alias, text)
    route53.delete_hosted_zone(Id=zone)
    refused("NoSuchHostedZone", route53.get_hosted_zone, Id=zone)
    refused("NoSuchChange", route53.get_change, Id="C0NOTHING")


def metrics(cloudwatch, balancer):
    dimensions = [
        {"Name": "LoadBalancer", "Value": balancer["LoadBalancerArn"].split("loadbalancer/")[1]}
    ]
    metric = {
        "Namespace": "AWS/ApplicationELB",
        "MetricName": "ActiveConnectionCount",
        "Dimensions": dimensions,
    }
    time.sleep(2)
    now = datetime.datetime.now(datetime.timezone.utc)
    span = {"StartTime": now - datetime.timedelta(minutes=5), "EndTime": now}
    data = cloudwatch.get_metric_data(
        MetricDataQueries=[
            {"Id": "m", "MetricStat": {"Metric": metric, "Period": 60, "Stat": "SampleCount"}}
        ],
        **span,
    )["MetricDataResults"][0]
    if not data["Values"]:
        problems.append("GetMetricData: no values")
    cloudwatch.get_metric_statistics(
        Period=60, Statistics=["Sum", "Average"], **metric, **span
    )
    cloudwatch.get_metric_statistics(Period=60, ExtendedStatistics=["p99"], **metric, **span)
    cloudwatch.list_metrics(Namespace="AWS/ApplicationELB")


elb, route53, cloudwatch = client("elbv2"), client("route53"), client("cloudwatch")
balancer, listener, rule, groups = balancers(elb)
zones(route53, balancer)
metrics(cloudwatch, balancer)
elb.delete_rule(RuleArn=rule)
elb.delete_listener(ListenerArn=listener)
elb.delete_load_balancer(LoadBalancerArn=balancer["LoadBalancerArn"])
for group in groups:
    elb.delete_target_group(TargetGroupArn=group)
refused("LoadBalancerNotFound", elb.describe_load_balancers, Names=["python"])

for operation, count in sorted(seen.items()):
    print(operation, count)
for problem in problems:
    print("PROBLEM", problem)
sys.exit(1 if problems else 0)

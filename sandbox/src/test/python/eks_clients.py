"""One cluster's life through boto3. Every raw EKS answer is checked against botocore's own model:
unknown members, missing types and wrong types are errors. Prints one line per operation at the end."""

import base64
import json
import sys
import time

import boto3
import botocore.exceptions

NAME = "py-1-36-1"
SUBNETS = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
CLUSTER_ROLE = "arn:aws:iam::111122223333:role/eks-cluster"
NODE_ROLE = "arn:aws:iam::111122223333:role/eks-node"
TRAFFIC = "arn:aws:iam::111122223333:role/traffic"
VIEW = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"

problems = []
seen = {}


def check(value, shape, where):
    kind = shape.type_name
    if kind == "structure":
        if not isinstance(value, dict):
            problems.append(f"{where}: not an object")
            return
        names = {m.serialization.get("name", n): m for n, m in shape.members.items()}
        for name, inner in value.items():
            if name not in names:
                problems.append(f"{where}: {name} is not in the model")
            else:
                check(inner, names[name], f"{where}.{name}")
        for name in shape.required_members:
            if name not in value:
                problems.append(f"{where}: {name} is required")
    elif kind == "list":
        for i, item in enumerate(value):
            check(item, shape.member, f"{where}[{i}]")
    elif kind == "map":
        for key, item in value.items():
            check(item, shape.value, f"{where}.{key}")
    elif kind == "string":
        if not isinstance(value, str):
            problems.append(f"{where}: not a string: {value!r}")
        elif shape.enum and value not in shape.enum:
            problems.append(f"{where}: {value} is none of {shape.enum}")
    elif kind in ("integer", "long"):
        if not isinstance(value, int) or isinstance(value, bool):
            problems.append(f"{where}: not an integer: {value!r}")
    elif kind == "boolean":
        if not isinstance(value, bool):
            problems.append(f"{where}: not a boolean: {value!r}")
    elif kind == "timestamp":
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            problems.append(f"{where}: not epoch seconds: {value!r}")


def on_answer(operation_model, response_dict, **_):
    name = operation_model.name
    seen[name] = seen.get(name, 0) + 1
    body = json.loads(response_dict["body"] or b"{}")
    if response_dict["status_code"] < 300:
        check(body, operation_model.output_shape, name)
    elif "message" not in body or "x-amzn-errortype" not in {h.lower() for h in response_dict["headers"]}:
        problems.append(f"{name}: an error without type or message: {body}")


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except botocore.exceptions.ClientError as error:
        got = error.response["Error"]["Code"]
        if got != code:
            problems.append(f"{call.__name__}: {got} and not {code}: {error}")
        return
    problems.append(f"{call.__name__}: not refused with {code}")


def until(what, probe, seconds=90):
    end = time.time() + seconds
    while time.time() < end:
        if probe():
            return
        time.sleep(0.1)
    problems.append(f"{what}: not within {seconds} s")


def main():
    session = boto3.Session()
    eks = session.client("eks", config=boto3.session.Config(retries={"max_attempts": 0}))
    eks.meta.events.register("before-parse.eks", on_answer)

    identity = session.client("sts").get_caller_identity()
    assert identity["Arn"] == "arn:aws:iam::111122223333:user/operator", identity
    assumed = session.client("sts").assume_role(RoleArn=TRAFFIC, RoleSessionName="it")
    assert assumed["AssumedRoleUser"]["Arn"].endswith("assumed-role/traffic/it"), assumed
    iam = session.client("iam")
    assert iam.get_role(RoleName="eks-node")["Role"]["Arn"] == NODE_ROLE
    provider = iam.create_open_id_connect_provider(
        Url="https://oidc.eks.ap-northeast-1.amazonaws.com/id/ABC", ClientIDList=["sts.amazonaws.com"]
    )["OpenIDConnectProviderArn"]
    assert provider in [p["Arn"] for p in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]]
    iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=provider)
    refused("NoSuchEntity", iam.get_role, RoleName="none")
    ec2 = session.client("ec2")
    assert len(ec2.describe_subnets(SubnetIds=SUBNETS)["Subnets"]) == 2
    assert len(ec2.describe_vpcs()["Vpcs"]) == 1
    assert len(ec2.describe_security_groups()["SecurityGroups"]) == 1
    assert len(ec2.describe_availability_zones()["AvailabilityZones"]) == 2
    assert ec2.describe_regions()["Regions"][0]["RegionName"] == "ap-northeast-1"
    refused("InvalidSubnetID.NotFound", ec2.describe_subnets, SubnetIds=["subnet-0"])

    wanted = dict(
        name=NAME,
        version="1.36",
        roleArn=CLUSTER_ROLE,
        resourcesVpcConfig={"subnetIds": SUBNETS},
        accessConfig={"authenticationMode": "API"},
        upgradePolicy={"supportType": "STANDARD"},
        logging={"clusterLogging": [{"types": ["api"], "enabled": True}]},
        deletionProtection=True,
        clientRequestToken="py-1",
        tags={"environment": "py"},
    )
    eks.create_cluster(**wanted)
    eks.create_cluster(**wanted)
    refused("ResourceInUseException", eks.create_cluster, **{**wanted, "clientRequestToken": "py-2"})
    refused("InvalidParameterException", eks.create_cluster, **{**wanted, "name": "other", "version": "1.99"})
    until("cluster", lambda: eks.describe_cluster(name=NAME)["cluster"]["status"] == "ACTIVE")
    cluster = eks.describe_cluster(name=NAME)["cluster"]
    assert base64.b64decode(cluster["certificateAuthority"]["data"]).startswith(b"-----BEGIN CERT")
    assert NAME in [n for page in eks.get_paginator("list_clusters").paginate(PaginationConfig={"PageSize": 1}) for n in page["clusters"]]

    eks.describe_cluster_versions(versionStatus="STANDARD_SUPPORT")
    eks.describe_addon_versions(kubernetesVersion="1.36", addonName="coredns")
    eks.list_insights(clusterName=NAME)
    eks.create_addon(clusterName=NAME, addonName="coredns", resolveConflicts="OVERWRITE")
    eks.create_nodegroup(
        clusterName=NAME,
        nodegroupName="main",
        nodeRole=NODE_ROLE,
        subnets=SUBNETS,
        instanceTypes=["m6i.large"],
        scalingConfig={"minSize": 0, "maxSize": 3, "desiredSize": 1},
        labels={"tier": "web"},
        taints=[{"key": "a", "value": "b", "effect": "PREFER_NO_SCHEDULE"}],
    )
    eks.get_waiter("nodegroup_active").wait(clusterName=NAME, nodegroupName="main", WaiterConfig={"Delay": 1})
    eks.get_waiter("addon_active").wait(clusterName=NAME, addonName="coredns", WaiterConfig={"Delay": 1})
    update = eks.update_nodegroup_config(
        clusterName=NAME, nodegroupName="main", scalingConfig={"desiredSize": 2}
    )["update"]["id"]
    until(
        "node group update",
        lambda: eks.describe_update(name=NAME, updateId=update, nodegroupName="main")["update"]["status"]
        == "Successful",
    )
    assert update in eks.list_updates(name=NAME, nodegroupName="main")["updateIds"]
    eks.list_nodegroups(clusterName=NAME)
    eks.list_addons(clusterName=NAME)

    eks.create_access_entry(clusterName=NAME, principalArn=TRAFFIC, kubernetesGroups=["readers"])
    eks.associate_access_policy(
        clusterName=NAME, principalArn=TRAFFIC, policyArn=VIEW, accessScope={"type": "cluster"}
    )
    eks.describe_access_entry(clusterName=NAME, principalArn=TRAFFIC)
    eks.list_access_entries(clusterName=NAME)
    eks.list_associated_access_policies(clusterName=NAME, principalArn=TRAFFIC)
    eks.disassociate_access_policy(clusterName=NAME, principalArn=TRAFFIC, policyArn=VIEW)
    eks.delete_access_entry(clusterName=NAME, principalArn=TRAFFIC)

    made = eks.create_pod_identity_association(
        clusterName=NAME, namespace="web", serviceAccount="web", roleArn=TRAFFIC, tags={"app": "web"}
    )["association"]
    of_it = {"clusterName": NAME, "associationId": made["associationId"]}
    until("listed", lambda: eks.list_pod_identity_associations(clusterName=NAME, namespace="web")["associations"])
    eks.update_pod_identity_association(**of_it, roleArn=TRAFFIC)
    assert eks.describe_pod_identity_association(**of_it)["association"]["roleArn"] == TRAFFIC
    eks.delete_pod_identity_association(**of_it)

    eks.tag_resource(resourceArn=cluster["arn"], tags={"step": "5"})
    eks.untag_resource(resourceArn=cluster["arn"], tagKeys=["environment"])
    assert eks.list_tags_for_resource(resourceArn=cluster["arn"])["tags"] == {"step": "5"}

    refused("InvalidRequestException", eks.delete_cluster, name=NAME)
    eks.update_cluster_config(name=NAME, deletionProtection=False)
    eks.get_waiter("cluster_active").wait(name=NAME, WaiterConfig={"Delay": 1})
    refused("ResourceInUseException", eks.delete_cluster, name=NAME)
    eks.delete_addon(clusterName=NAME, addonName="coredns")
    eks.delete_nodegroup(clusterName=NAME, nodegroupName="main")
    eks.get_waiter("nodegroup_deleted").wait(clusterName=NAME, nodegroupName="main", WaiterConfig={"Delay": 1})
    eks.delete_cluster(name=NAME)
    eks.get_waiter("cluster_deleted").wait(name=NAME, WaiterConfig={"Delay": 1})

    wrong = boto3.Session(aws_access_key_id="AKIANOBODY0000000000", aws_secret_access_key="x").client("eks")
    refused("UnrecognizedClientException", wrong.list_clusters)
    key = session.get_credentials().access_key
    forged = boto3.Session(aws_access_key_id=key, aws_secret_access_key="x")
    refused("InvalidSignatureException", forged.client("eks").list_clusters)
    refused("SignatureDoesNotMatch", forged.client("sts").get_caller_identity)
    refused("AuthFailure", forged.client("ec2").describe_vpcs)

    for name in sorted(seen):
        print(f"{seen[name]:4d} {name}")
    for problem in problems:
        print("PROBLEM", problem)
    sys.exit(1 if problems else 0)


main()

"""Sends calls to an endpoint, in order, with one of Python's clients, in one process.

stdin: {"client": "boto3" or "aws-cli", "endpoint": URL, "calls": [{"operation": "RunTask", "input": {...}}]}
stdout: a JSON list of {"answer": {...}} or {"error": CODE, "message": TEXT}, one a call
"""

import contextlib
import io
import json
import re
import sys


def with_boto3(endpoint):
    import boto3
    from botocore.config import Config
    from botocore.exceptions import ClientError

    ecs = boto3.client("ecs", endpoint_url=endpoint, config=Config(retries={"total_max_attempts": 1}))

    def send(operation, parameters):
        try:
            answer = getattr(ecs, kebab(operation).replace("-", "_"))(**parameters)
        except ClientError as refusal:
            error = refusal.response["Error"]
            return {"error": error["Code"], "message": error["Message"]}
        answer.pop("ResponseMetadata")
        return {"answer": answer}

    return send


def with_aws_cli(endpoint):
    from awscli.clidriver import create_clidriver

    driver = create_clidriver()

    def send(operation, parameters):
        words = ["ecs", kebab(operation), "--cli-input-json", json.dumps(parameters)]
        words += ["--endpoint-url", endpoint, "--output", "json", "--no-cli-pager"]
        stdout, stderr = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
            driver.main(words)
        refusal = re.search(r"An error occurred \((\w+)\) when calling the \w+ operation: (.*)", stderr.getvalue())
        if refusal:
            return {"error": refusal[1], "message": refusal[2]}
        if stderr.getvalue():
            return {"error": "the client itself", "message": stderr.getvalue()}
        return {"answer": json.loads(stdout.getvalue() or "{}")}

    return send


def kebab(operation):
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", operation).lower()


request = json.load(sys.stdin)
send = {"boto3": with_boto3, "aws-cli": with_aws_cli}[request["client"]](request["endpoint"])
results = [send(call["operation"], call["input"]) for call in request["calls"]]
json.dump(results, sys.stdout, default=lambda value: value.isoformat())

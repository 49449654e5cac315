"""Expands a SAM template, which arrives with its parameters as JSON, as CloudFormation does."""

import json
import os
import sys

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoManagedPolicies:
    def load(self):
        return {}


os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")
given = json.load(sys.stdin)
template = yaml_parse(given["template"])
if "Transform" in template:
    template = transform(template, given["parameters"], NoManagedPolicies())
json.dump(template, sys.stdout)
